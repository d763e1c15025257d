"""The program: a window and a command line over the steps of `desktop.workflow`."""
