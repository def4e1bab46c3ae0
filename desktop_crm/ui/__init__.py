"""The window: pages wish and announce, the main window wires."""
