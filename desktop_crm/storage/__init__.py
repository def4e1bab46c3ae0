"""The file: SQLModel and SQLite live here only."""
