"""Migrations: each step in one transaction, checked, with a backup before; the present version's own old file."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import Connection

from desktop_crm import paths
from desktop_crm.domain.errors import FileRefused
from desktop_crm.services import customers, safety
from desktop_crm.services.book import Book, open_book
from desktop_crm.storage import database, migrations
from desktop_crm.storage.unit_of_work import Store
from tests.books import new_book

OLD = Path(__file__).parent.parent / "old_files"
NEXT = migrations.VERSION + 1


def _add_column(connection: Connection) -> frozenset[str]:
    connection.exec_driver_sql("ALTER TABLE sellers ADD COLUMN phone VARCHAR")
    return frozenset({"sellers"})


def _rebuild(connection: Connection) -> frozenset[str]:
    """Copy a parent table, the way that once deleted every child row under foreign keys."""
    columns = [row[1] for row in connection.exec_driver_sql("PRAGMA table_info(customers)")]
    made = connection.exec_driver_sql("SELECT sql FROM sqlite_master WHERE name = 'customers'").scalar_one()
    connection.exec_driver_sql(made.replace("CREATE TABLE customers", "CREATE TABLE fresh", 1))
    names = ", ".join(columns)
    connection.exec_driver_sql(f"INSERT INTO fresh({names}) SELECT {names} FROM customers")
    connection.exec_driver_sql("DELETE FROM work_now")
    connection.exec_driver_sql("DROP TABLE customers")
    connection.exec_driver_sql("ALTER TABLE fresh RENAME TO customers")
    connection.exec_driver_sql("INSERT INTO work_now(one, bulk) VALUES(1, 0)")
    return frozenset({"customers"})


def _loses(connection: Connection) -> frozenset[str]:
    connection.exec_driver_sql("DROP TRIGGER customers_journal_delete")
    connection.exec_driver_sql("DELETE FROM customers")
    return frozenset({"customers"})


@pytest.fixture
def filled(tmp_path: Path) -> Path:
    book = new_book(tmp_path / "shop.crm")
    customers.add(book, {"name": "Aminah"}, phones=["012-345 6789"], tags=["VIP"])
    book.close()
    return tmp_path / "shop.crm"


def _triggers(path: Path) -> set[str]:
    connection = database.connect(path, reading=True)
    found = {row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")}
    connection.close()
    return found


def test_steps_run_in_order_and_end_undo(filled: Path) -> None:
    engine = database.engine(filled, reading=False)
    assert migrations.migrate(
        engine, {NEXT: _add_column, NEXT + 1: lambda connection: frozenset()}, NEXT + 1) == [NEXT, NEXT + 1]
    with engine.connect() as connection:
        assert migrations.version(connection) == NEXT + 1
        assert connection.exec_driver_sql("SELECT count(*) FROM works WHERE undoable").scalar_one() == 0
        assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar_one() == 1
    engine.dispose()


def test_a_rebuilt_table_keeps_its_children_and_gets_its_triggers_back(filled: Path) -> None:
    before = _triggers(filled)
    engine = database.engine(filled, reading=False)
    migrations.migrate(engine, {NEXT: _rebuild}, NEXT)
    with engine.connect() as connection:
        counts = {name: connection.exec_driver_sql(f"SELECT count(*) FROM {name}").scalar_one()
                  for name in ("customers", "channels", "customer_tags", "customers_search")}
    engine.dispose()
    assert counts == {"customers": 1, "channels": 1, "customer_tags": 1, "customers_search": 1}
    assert _triggers(filled) == before


def test_a_step_that_loses_rows_leaves_the_file_at_the_version_before(filled: Path) -> None:
    engine = database.engine(filled, reading=False)
    with pytest.raises(FileRefused, match="rows of customers would be lost"):
        migrations.migrate(engine, {NEXT: _add_column, NEXT + 1: _loses}, NEXT + 1)
    with engine.connect() as connection:
        assert migrations.version(connection) == NEXT
        assert connection.exec_driver_sql("SELECT count(*) FROM customers").scalar_one() == 1
    engine.dispose()


def test_opening_an_older_file_backs_it_up_first(filled: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(migrations, "VERSION", NEXT)
    monkeypatch.setattr(migrations, "MIGRATIONS", {NEXT: lambda connection: frozenset()})
    with pytest.raises(FileRefused, match="older Desktop CRM"):
        open_book(filled, reading=True)
    before = set(paths.backups().glob("*.crm"))
    book = open_book(filled)
    made = set(paths.backups().glob("*.crm")) - before
    assert len(made) == 1
    assert safety.check(book) == []
    book.close()


@pytest.mark.parametrize("path", sorted(OLD.glob("*.crm")), ids=lambda path: path.name)
def test_every_old_file_opens_and_is_sound(path: Path, tmp_path: Path) -> None:
    copy = tmp_path / path.name
    copy.write_bytes(path.read_bytes())
    book = open_book(copy)
    assert safety.check(book) == []
    assert customers.count(book, customers.CustomerFilter()) == 24
    fresh = new_book(tmp_path / "fresh.crm")
    assert _schema(book) == _schema(fresh), "a migrated file and a new one must not differ"
    book.close()
    fresh.close()


def _schema(book: Book) -> dict[str, object]:
    """What the file is made of, however its statements are written: columns, links, indexes and triggers."""
    found: dict[str, object] = {}
    with book.read() as connection:
        def told(pragma: str) -> list[tuple[object, ...]]:
            return [tuple(row) for row in connection.exec_driver_sql(f"PRAGMA {pragma}")]

        for kind, name, sql in connection.exec_driver_sql("SELECT type, name, sql FROM sqlite_master").all():
            if kind == "table" and "_search" not in name:
                # table_info: name, type, not null, default, key; foreign_key_list without its numbers.
                found[name] = ({(row[1], row[2], row[3], row[4], row[5]) for row in told(f"table_info({name})")},
                               [row[1] for row in told(f"table_info({name})")],
                               {row[2:] for row in told(f"foreign_key_list({name})")})
                for index in told(f"index_list({name})"):
                    columns = tuple(row[2] for row in told(f"index_info({index[1]})"))
                    found[f"{name}{columns}{index[2:]}"] = True
            elif kind == "trigger" or name.endswith("_search"):
                found[name] = " ".join((sql or "").split())
    return found


def test_there_is_an_old_file_of_every_version() -> None:
    assert {int(path.stem.removeprefix("v")) for path in OLD.glob("v*.crm")} == set(range(1, migrations.VERSION + 1))


def test_a_store_says_its_version(filled: Path) -> None:
    store = Store(filled, reading=True)
    assert store.version == migrations.VERSION
    store.close()
