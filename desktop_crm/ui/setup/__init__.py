"""The setup interview: a few questions about how a business sells, and what they propose."""
