"""The whole program on real parts: tokens, kills, bad input, the specimen office."""
