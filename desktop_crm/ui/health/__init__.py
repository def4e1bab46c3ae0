"""The panel of the data's health: what is wrong, odd, stale or missing, its repairs, and the score."""
