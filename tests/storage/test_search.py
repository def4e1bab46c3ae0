"""How the search indexes are kept."""

from __future__ import annotations

from pathlib import Path

from desktop_crm.services.book import open_book
from desktop_crm.storage import search
from tests.books import new_book


def test_the_indexes_merge_their_segments_by_sizes_alone_in_a_new_file_and_in_a_migrated_one(tmp_path: Path) -> None:
    old = Path(__file__).parent.parent / "old_files" / "v4.crm"
    migrated = tmp_path / "old.crm"
    migrated.write_bytes(old.read_bytes())
    for book in (new_book(tmp_path / "new.crm"), open_book(migrated)):
        with book.read() as connection:
            for table in search.INDEXED:
                told = dict(connection.exec_driver_sql(f"SELECT k, v FROM {table}_search_config").all())
                assert (told["automerge"], told["crisismerge"]) == (0, 8)
        book.close()
