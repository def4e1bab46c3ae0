"""The documents of a customer, a deal or a task: what is done with them, and how they are shown."""
