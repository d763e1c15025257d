"""The window: the only place that knows Qt. Everything it does, it asks of `desktop.workflow`."""
