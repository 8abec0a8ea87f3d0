"""The doors to the engine: a command line and a Discord client."""
