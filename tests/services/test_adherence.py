"""How steadily open deals move on: by hand, and on files made by chance and counted by pandas."""

from __future__ import annotations

import random
from datetime import date, timedelta
from typing import Any

import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from desktop_crm.domain import adherence as rules
from desktop_crm.i18n import language
from desktop_crm.services import data_health, deals, history
from desktop_crm.services.book import Book
from desktop_crm.storage import adherence, records
from tests.books import TODAY

NEW, QUALIFIED, PROPOSAL, WON, LOST = 1, 2, 3, 6, 7


def plant(book: Book, path: list[tuple[int, date | None]], **values: Any) -> int:
    """A deal that came to each stage of its path on a day."""
    stage, day = path[-1]
    with book.work("plant") as work:
        deal = records.add(work.connection, "deals", {
            "name": "Tiles", "pipeline_id": 1, "stage_id": stage, "stage_on": day, "currency": "MYR", "amount": 100,
            "status": {WON: "won", LOST: "lost"}.get(stage, "open"), **values})
        for before, (to, on) in zip([None, *(step for step, _ in path)], path, strict=False):
            records.add(work.connection, "stage_moves", {
                "deal_id": deal, "from_stage_id": before, "to_stage_id": to, "on_date": on})
    return deal


def ago(days: int) -> date:
    return TODAY - timedelta(days=days)


def test_by_hand(book: Book) -> None:
    plant(book, [(NEW, ago(100)), (QUALIFIED, ago(96)), (WON, ago(86))])                     # 4 days, 10 days
    plant(book, [(NEW, ago(100)), (WON, ago(98))])                                           # 2 days
    plant(book, [(NEW, ago(100)), (QUALIFIED, ago(91)), (WON, ago(71))])                     # 9 days, 20 days
    plant(book, [(NEW, ago(400)), (LOST, ago(100))])                                         # lost ones do not count
    plant(book, [(NEW, ago(400)), (WON, ago(1))], amount=-100)                               # nor do returns
    plant(book, [(NEW, None), (WON, ago(1))])                                                # nor what has no day
    even, slow = plant(book, [(NEW, ago(4))]), plant(book, [(NEW, ago(5))])                  # median 4
    fits, late = plant(book, [(QUALIFIED, ago(15))]), plant(book, [(QUALIFIED, ago(16))])    # median (10 + 20) / 2
    plant(book, [(NEW, ago(300)), (QUALIFIED, ago(1))])                                      # where it stands counts
    plant(book, [(PROPOSAL, ago(1))])                                                        # no won deal passed there
    plant(book, [(NEW, None)])
    found = data_health.examine(book)
    assert even and fits and found.adherence == rules.Adherence(5, (slow, late), 2, (
        rules.Usual("New", 4.0, 3), rules.Usual("Qualified", 15.0, 2)))
    assert (found.adherence.thousandths, found.adherence.share) == (429, 0.429)  # 3 of 7 open ones
    assert found.of("deal_slow") == (slow, late)
    told = data_health.rows(book, "deal_slow", [slow, late, 99], language("en"))
    assert [row and (row.now, row.opens) for row in told] == [
        ("5 days in New", ("deals", slow)), ("16 days in Qualified", ("deals", late)), None]


def test_a_stay_lasts_to_the_move_that_was_noted_next(book: Book) -> None:
    """Also where its day is before: what went on the day before it came says nothing."""
    plant(book, [(NEW, ago(10)), (QUALIFIED, ago(12)), (WON, ago(5))])
    assert data_health.examine(book).adherence.usual == (rules.Usual("Qualified", 7.0, 1),)


def test_nothing_to_judge_is_no_figure(book: Book) -> None:
    assert data_health.examine(book).adherence == rules.Adherence()
    plant(book, [(NEW, ago(50))])
    found = data_health.examine(book).adherence
    assert (found.thousandths, found.share, found.apart) == (None, None, 1)


def test_the_program_s_own_moves_count_and_an_undo_takes_them_back(book: Book) -> None:
    won = deals.add(book, {"name": "Roof", "created_on": ago(9)})
    deals.move(book, [won], QUALIFIED, on=TODAY + timedelta(days=3))
    deals.move(book, [won], WON, on=TODAY + timedelta(days=3))
    deals.add(book, {"name": "Floor"})
    found = data_health.examine(book).adherence
    assert found.usual == (rules.Usual("New", 3.0, 1), rules.Usual("Qualified", 0.0, 1))
    assert found.thousandths == 1000
    assert history.next_acts(book, language("en"))[0] == "Add deal Floor"
    for _ in range(3):
        book.undo()
    assert data_health.examine(book).adherence == rules.Adherence(apart=1)


def test_a_file_of_chance_equals_pandas(book: Book) -> None:
    chance = random.Random(135)
    log: list[tuple[int, int, date]] = []
    for _ in range(70):
        day, path = ago(200), [(NEW, ago(200))]
        for stage in chance.choice(([QUALIFIED, PROPOSAL], [QUALIFIED], [PROPOSAL, QUALIFIED], [])):
            day += timedelta(days=chance.randrange(20))
            path.append((stage, day))
        end = chance.choice((WON, WON, LOST, 0))
        if end:
            path.append((end, day + timedelta(days=chance.randrange(20))))
        else:
            path[-1] = (path[-1][0], ago(chance.randrange(20)))
        deal = plant(book, path)
        log += [(deal, stage, on) for stage, on in path]
    moves = pd.DataFrame(log, columns=["deal", "stage", "on"])
    moves["length"] = (pd.to_datetime(moves.groupby("deal")["on"].shift(-1)) - pd.to_datetime(moves["on"])).dt.days
    won = moves[moves["deal"].isin(moves[moves["stage"] == WON]["deal"])].dropna(subset="length")
    medians = won.groupby("stage")["length"].median()
    last = moves.groupby("deal").last()
    standing = last[~last["stage"].isin([WON, LOST])]
    age = (pd.Timestamp(TODAY) - pd.to_datetime(standing["on"])).dt.days
    on_time = age <= standing["stage"].map(medians)
    found = data_health.examine(book).adherence
    assert found.judged == len(standing) > 10 and found.apart == 0
    assert list(found.late) == sorted(standing.index[~on_time])
    assert found.thousandths == int(on_time.mean() * 1000 + 0.5)


@given(st.lists(st.integers(0, 400), min_size=1))
def test_the_median_is_pandas_own(days: list[int]) -> None:
    counted = {length: days.count(length) for length in days}
    assert rules.median(counted) == pd.Series(days).median()


def test_the_queries_read_indexes(book: Book) -> None:
    with book.read() as connection:
        plans = [[row[3] for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {query}")]
                 for query in (adherence._OPEN, adherence._STAYS)]
    assert any("d USING COVERING INDEX deals_stage" in line for line in plans[0])
    assert any("deals USING COVERING INDEX deals_sums" in line for line in plans[1])
    assert any("m USING INDEX ix_stage_moves_deal_id" in line for line in plans[1])
