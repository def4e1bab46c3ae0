"""The panel of the backups: what there is, what a restore would do, and the second place."""
