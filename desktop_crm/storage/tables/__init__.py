"""The schema, one module a noun."""
