"""The Deals tab."""
