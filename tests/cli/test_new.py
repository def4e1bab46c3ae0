"""`new`: its flags and defaults; it never overwrites, and is no undo step."""

from __future__ import annotations

import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from desktop_crm.domain.business import Business
from desktop_crm.i18n import language
from desktop_crm.services import business, deals, reminders
from desktop_crm.services.book import open_book
from tests.cli.conftest import Run, table


def made(name: str) -> Business:
    with closing(open_book(Path(name), reading=True)) as book:
        return book.business


def test_without_flags(run: Run) -> None:
    said = run("new", "shop.crm", "--json")
    assert (said.code, said.json) == (0, {"file": "shop.crm"})
    assert made("shop.crm") == Business("shop", "MYR", "Asia/Kuala_Lumpur", "MY", "en")
    assert run("list", "shop.crm", "customers", "--json").json == []


def test_with_all_flags(run: Run) -> None:
    assert run("new", "a.crm", "--currency", "npr", "--timezone", "Asia/Kathmandu", "--country", "np", "--language",
               "ms", "--name", "पसल").code == 0
    assert made("a.crm") == Business("पसल", "NPR", "Asia/Kathmandu", "NP", "ms")


@pytest.mark.parametrize(("country", "typed", "e164"), [
    ("MY", "012-345 6789", "+60123456789"), ("SG", "9123 4567", "+6591234567"), ("NP", "984-1234567", "+9779841234567"),
    ("TW", "0912-345-678", "+886912345678"),
])
def test_the_country_is_the_phone_region(run: Run, country: str, typed: str, e164: str) -> None:
    run("new", "a.crm", "--country", country)
    run("import", "a.crm", table("a.csv", f"name,phone\nAli,{typed}\n"), "--as", "customers")
    assert run("list", "a.crm", "customers", "--json").json[0]["phones"] == [typed]
    with closing(open_book(Path("a.crm"), reading=True)) as book, book.read() as connection:
        assert connection.exec_driver_sql("SELECT normal FROM channels").scalar_one() == e164


def test_the_language_is_that_of_the_seed_names(run: Run) -> None:
    say = language("ms").say
    run("new", "a.crm", "--language", "ms")
    with closing(open_book(Path("a.crm"), reading=True)) as book:
        names = [stage.name for stage in deals.all_pipelines(book)[0].stages]
        reasons = [item.name for item in business.choices(book, "lost_reasons")]
    assert names == [say(name) for name in ("New", "Qualified", "Proposal", "Negotiation", "Ready to close", "Won",
                                            "Lost")]
    assert (names[-2:], reasons[0]) == (["Menang", "Kalah"], say("Price"))


def test_making_a_file_is_no_undo_step(run: Run, shop: str) -> None:
    assert "nothing to undo" in run("undo", shop).refused
    assert "nothing to redo" in run("redo", shop).refused
    assert [act["label"] for act in run("history", shop, "--json").json] == ["Create the file"]


def test_a_sample_is_there_from_the_start(run: Run) -> None:
    assert run("new", "s.crm", "--sample").code == 0
    assert len(run("list", "s.crm", "customers", "--json").json) > 10
    assert run("check", "s.crm", "--json").json == {"ok": True, "problems": []}
    assert len(run("history", "s.crm", "--json").json) == 2
    assert "nothing to undo" in run("undo", "s.crm").refused


def test_every_room_of_the_sample_has_something_in_it(run: Run) -> None:
    assert run("new", "s.crm", "--sample").code == 0
    assert len(run("owed", "s.crm", "--json").json) > 3, "some owe money"
    assert run("due", "s.crm", "--json").json["requests"], "some wait for an answer"
    with closing(open_book(Path("s.crm"), reading=True)) as book:
        assert reminders.next_ring(book, book.now()), "something is going to ring"


def test_it_never_overwrites(run: Run, shop: str) -> None:
    before = Path(shop).read_bytes()
    assert "exists already" in run("new", shop).refused
    assert Path(shop).read_bytes() == before
    Path("mine.crm").write_text("mine")
    assert "exists already" in run("new", "mine.crm", "--sample").refused
    assert Path("mine.crm").read_text() == "mine"
    assert "exists already" in run("new", ".").refused


@pytest.mark.parametrize("flags", [("--currency", "XXZ"), ("--timezone", "Mars/Base"), ("--timezone", "../etc"),
                                   ("--country", "Malaysia"), ("--country", "1")])
def test_what_is_no_currency_zone_or_country_makes_no_file(run: Run, flags: tuple[str, str]) -> None:
    assert run("new", "a.crm", *flags).refused
    assert list(Path().iterdir()) == []


def test_an_unknown_language_is_wrong_usage(run: Run) -> None:
    assert run("new", "a.crm", "--language", "xx").code == 2
    assert list(Path().iterdir()) == []


def test_a_place_that_cannot_be(run: Run) -> None:
    Path("file").write_text("")
    assert "cannot be created" in run("new", "file/a.crm").refused
    assert "too long" in run("new", "x" * 300 + ".crm").refused
    assert [item.name for item in Path().iterdir()] == ["file"]


@pytest.mark.skipif(sys.platform == "win32", reason="only Unix limits the size of files")
@pytest.mark.parametrize("room", [0, 4_096, 40_000, 100_000, 300_000])
def test_no_room_on_the_disk_is_one_sentence_and_leaves_nothing(tmp_path: Path, room: int) -> None:
    import resource

    folder = tmp_path / "full"
    folder.mkdir()
    made = subprocess.run(
        [sys.executable, "-m", "desktop_crm", "new", "shop.crm"], cwd=folder, capture_output=True, text=True,
        check=False, preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (room, room)))
    assert (made.returncode, made.stdout, len(made.stderr.splitlines())) == (1, "", 1), made.stderr
    assert "shop.crm" in made.stderr and not [path.name for path in folder.iterdir() if "lock" not in path.name]
