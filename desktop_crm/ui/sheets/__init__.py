"""Sheets of paper in the window: looked at, zoomed, printed."""
