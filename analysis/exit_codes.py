"""The exit codes of the command line."""

CLEAN, PROBLEMS, COULD_NOT_RUN = 0, 1, 2
INTERRUPTED, CLOSED = 130, 141  # as a shell reports SIGINT and SIGPIPE
