"""Who works, and the lock of the window."""
