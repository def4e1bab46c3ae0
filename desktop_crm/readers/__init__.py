"""A user's file → raw table, parsed in a child process with limits; knows no storage and no Qt."""
