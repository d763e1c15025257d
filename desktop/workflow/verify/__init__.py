"""Steps that check signed files, renew their proof and keep the store of trust."""
