"""Reminders that ring: the watch over the clock, the panel in the window's corner, the tray."""
