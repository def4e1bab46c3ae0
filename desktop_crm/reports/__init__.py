"""Pure functions that turn figures read from the file into one Report; one catalogue of them all."""
