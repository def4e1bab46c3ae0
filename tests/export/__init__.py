"""What a report looks like once written: the files are read back by other people's libraries."""
