"""One person's data: everything held about them written to a folder, and their erasure."""
