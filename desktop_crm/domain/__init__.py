"""Plain values and rules of the trade; frozen dataclasses, no input or output."""
