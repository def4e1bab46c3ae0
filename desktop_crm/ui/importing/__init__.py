"""The import wizard: a file, what it is, its columns, a check, done; each step in its own module."""
