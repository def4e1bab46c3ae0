"""One function = one thing that the user can do."""
