"""Selling at the counter: the quick sale, returns, money that comes in, and the papers for customers."""
