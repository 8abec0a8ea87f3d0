"""The doors to the engine: so far, a command line."""
