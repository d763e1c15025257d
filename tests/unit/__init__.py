"""One module at a time, a folder for each library."""
