"""The four tabs as they stood on a past day."""
