"""The command line: its grammar, what it works with, what people and programs see."""
