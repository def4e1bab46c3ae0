"""The panel of leads: the inbox of requests, the pool, the hand-over."""
