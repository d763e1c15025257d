"""The commands of `tramso`, a module for each group; loaded when asked for."""
