"""The exit codes of the commands, fixed for the programs that rely on them."""

ANSWERED, UNANSWERED = 0, 1
WRONG_USAGE = 2
"""What was typed or set is wrong, and stays so until somebody changes it."""
UNREADABLE = 3
"""The index or a document cannot be read, or Discord not be reached."""
INTERRUPTED, NO_READER, TERMINATED = 128 + 2, 128 + 13, 128 + 15
"""What a shell reports of a command that SIGINT, SIGPIPE or SIGTERM ended."""
