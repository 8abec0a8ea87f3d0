"""The Discord client: what it hears, what it answers, what it remembers."""
