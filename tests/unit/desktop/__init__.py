"""The steps of `desktop.workflow`."""
