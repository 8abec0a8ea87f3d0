"""An index on disk: made, kept, read."""
