"""Customers that may be the same: found, compared field by field, made one, or told apart."""
