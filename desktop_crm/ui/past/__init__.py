"""The customers and deals as they stood on a past day."""
