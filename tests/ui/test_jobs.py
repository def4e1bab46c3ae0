from __future__ import annotations

import logging
import threading
from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop_crm.domain.errors import Cancelled
from desktop_crm.ui.jobs import Jobs, Latest, Progress


@pytest.fixture
def jobs(qapp: QApplication) -> Iterator[Jobs]:
    jobs = Jobs()
    yield jobs
    jobs.close()


def test_the_result_comes_back_on_the_windows_thread(jobs: Jobs) -> None:
    told: list[tuple[str, int, bool]] = []
    here = threading.get_ident()

    def work(progress: Progress) -> int:
        return threading.get_ident()

    job = jobs.run(work, lambda there: told.append(("done", there, threading.get_ident() == here)),
                   lambda error: told.append(("failed", 0, False)), label="Import")
    assert job.running and jobs.running() == [job]
    jobs.wait_all()
    [(kind, there, back)] = told
    assert (kind, back) == ("done", True)
    assert there != here
    assert jobs.running() == []


def test_what_goes_wrong_is_told_never_lost(jobs: Jobs) -> None:
    told: list[Exception] = []

    def work(progress: Progress) -> None:
        raise ZeroDivisionError

    jobs.run(work, lambda _: pytest.fail("done"), told.append, label="Import")
    jobs.wait_all()
    assert [type(error) for error in told] == [ZeroDivisionError]


def test_work_stops_where_it_looks(jobs: Jobs) -> None:
    told: list[Exception] = []
    started, go_on = threading.Event(), threading.Event()

    def work(progress: Progress) -> None:
        started.set()
        go_on.wait(10)
        progress.check()

    job = jobs.run(work, lambda _: pytest.fail("done"), told.append, label="Import")
    assert started.wait(10)
    job.cancel()
    go_on.set()
    jobs.wait_all()
    assert isinstance(told[0], Cancelled)


def test_progress_is_throttled_but_the_end_is_told(jobs: Jobs) -> None:
    seen: list[tuple[int, int, str]] = []
    go = threading.Event()

    def work(progress: Progress) -> None:
        go.wait(10)
        for number in range(1, 10_001):
            progress.report(number, 10_000, "rows")

    job = jobs.run(work, lambda _: None, lambda _: None, label="Import")
    job.progressed.connect(lambda done, total, text: seen.append((done, total, text)))
    go.set()
    jobs.wait_all()
    QApplication.processEvents()
    assert seen[-1] == (10_000, 10_000, "rows")
    assert len(seen) < 1000


def test_of_several_requests_only_the_newest_is_answered(jobs: Jobs) -> None:
    latest, answers = Latest(jobs), []
    first_may_end = threading.Event()

    def first(progress: Progress) -> str:
        first_may_end.wait(10)
        return "old"

    latest.run(first, answers.append, lambda error: pytest.fail(str(error)), label="Search")
    latest.run(lambda progress: "new", answers.append, lambda error: pytest.fail(str(error)), label="Search")
    first_may_end.set()
    jobs.wait_all()
    assert answers == ["new"]


def test_a_late_failure_of_a_dropped_request_is_logged(jobs: Jobs, caplog: pytest.LogCaptureFixture) -> None:
    latest = Latest(jobs)

    def work(progress: Progress) -> None:
        raise ZeroDivisionError

    latest.run(work, lambda _: None, lambda error: pytest.fail("told"), label="Search")
    latest.drop()
    with caplog.at_level(logging.WARNING, "desktop_crm"):
        jobs.wait_all()
    assert "ZeroDivisionError" in caplog.text


def test_work_that_is_done_at_once_answers_after_run_has_returned(jobs: Jobs) -> None:
    order: list[str] = []
    jobs.run(lambda progress: None, lambda _: order.append("answer"), lambda _: None, label="Quick")
    order.append("returned")
    jobs.wait_all()
    assert order == ["returned", "answer"]


def test_what_follows_the_running_work_waits_for_all_of_it_and_for_nothing_that_began_later(
        jobs: Jobs, qtbot: QtBot) -> None:
    told: list[str] = []
    gates = [threading.Event(), threading.Event(), threading.Event()]
    for number in (0, 1):
        jobs.run(lambda _, number=number: gates[number].wait(10), lambda _, number=number: told.append(f"{number}"),
                 lambda _: pytest.fail("failed"), label="")
    jobs.afterwards(lambda: told.append("then"))
    jobs.run(lambda _: gates[2].wait(10), lambda _: told.append("2"), lambda _: pytest.fail("failed"), label="")
    gates[0].set()
    qtbot.waitUntil(lambda: told == ["0"])
    gates[1].set()
    qtbot.waitUntil(lambda: told == ["0", "1", "then"])
    gates[2].set()
    jobs.wait_all()
    assert told == ["0", "1", "then", "2"]


def test_what_follows_comes_soon_where_nothing_runs(jobs: Jobs, qtbot: QtBot) -> None:
    told: list[str] = []
    jobs.afterwards(lambda: told.append("then"))
    assert told == []
    qtbot.waitUntil(lambda: told == ["then"])
