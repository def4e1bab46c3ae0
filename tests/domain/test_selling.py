"""What answers propose: day limits by hand, and stages of any pipeline that become those of a way of selling."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_crm.domain import selling
from desktop_crm.domain.deals import PIPELINES, Stage
from desktop_crm.domain.errors import InvalidInput
from desktop_crm.domain.ready_fields import SETS
from desktop_crm.domain.selling import WAYS, Answers, StageStep, WantedStage, limits, stage_steps
from desktop_crm.domain.values import fold

NAMES = st.sampled_from(["New", "new", "Offered", "Agreed", "Visit", "Asked"])


def stage(number: int, name: str, probability: int = 50, limit: int | None = 7) -> Stage:
    return Stage(number, 1, name, "open", probability, limit, number)


def test_each_way_is_sound() -> None:
    for way in WAYS.values():
        probabilities = [probability for _, probability, _ in way.stages]
        assert probabilities == sorted(probabilities) and probabilities[0] > 0 and probabilities[-1] < 100
        assert len({fold(name) for name, _, _ in way.stages}) == len(way.stages)
        assert way.ready in SETS and way.title and way.tasks and way.days > 0


def test_to_companies_is_how_a_new_file_begins() -> None:
    """DEFINITIONS.md: day limits 7/14/14/14/7."""
    way = WAYS["b2b"]
    assert limits(way, way.days) == (7, 14, 14, 14, 7)
    new = [(name, probability, limit) for name, kind, probability, limit in PIPELINES[0][1] if kind == "open"]
    assert new == [(name, probability, limit) for (name, probability, _), limit in
                   zip(way.stages, limits(way, way.days), strict=True)]


def test_day_limits_by_hand() -> None:
    assert limits(WAYS["retail"], 10) == (2, 4, 4)      # a fifth and twice two fifths
    assert limits(WAYS["retail"], 0) == (1, 1, 1)       # on the same day: a day each at least
    assert limits(WAYS["workshop"], 12) == (2, 2, 3, 5, 2)  # 1.5, 1.5, 3, 4.5, 1.5 of 12, half up


def test_unused_stages_are_renamed_and_taken_away_and_used_ones_stay() -> None:
    present = [stage(1, "New", 10), stage(2, "Qualified", 25), stage(3, "Proposal", 50), stage(4, "Late", 60),
               stage(5, "Ready", 90)]
    wanted = [WantedStage("NEW", 20, 3), WantedStage("Agreed", 80, 4)]
    assert stage_steps(present, {2}, wanted) == [
        StageStep("change", present[0], "New", 20, 3), StageStep("keep", present[1], "Qualified", 25, 7),
        StageStep("rename", present[2], "Agreed", 80, 4),
        StageStep("remove", present[3], "Late", 60, 7), StageStep("remove", present[4], "Ready", 90, 7)]


def test_what_is_missing_is_added() -> None:
    assert [(item.step, item.name) for item in stage_steps([stage(1, "Used")], {1}, [
        WantedStage("Asked", 20, 1), WantedStage("Set aside", 80, 2)])] == [
        ("add", "Asked"), ("keep", "Used"), ("add", "Set aside")]


@given(st.lists(st.tuples(NAMES, st.integers(0, 100)), max_size=6), st.sets(st.integers(1, 6)),
       st.lists(NAMES, min_size=1, max_size=4, unique_by=fold))
def test_nothing_that_a_deal_has_passed_is_lost(present: list[tuple[str, int]], used: set[int],
                                                wanted: list[str]) -> None:
    stages = [stage(number, name, chance) for number, (name, chance) in enumerate(present, 1)]
    found = stage_steps(stages, used, [WantedStage(name, 10 * place, 1) for place, name in enumerate(wanted)])
    assert sorted(item.before.id for item in found if item.before) == [one.id for one in stages]  # each once
    for item in found:
        if item.before is not None and item.before.id in used:
            assert item.step in ("keep", "change") and item.name == item.before.name
    kept = [item for item in found if item.step != "remove"]
    assert {fold(name) for name in wanted} <= {fold(item.name) for item in kept}
    assert [item.probability for item in kept] == sorted(item.probability for item in kept)


@pytest.mark.parametrize("wrong", [Answers("bakery"), Answers("retail", days=-1), Answers("retail", days=9999),
                                   Answers("retail", contact=-3), Answers("retail", target=0)])
def test_what_cannot_be_is_refused(wrong: Answers) -> None:
    with pytest.raises(InvalidInput):
        selling.checked(wrong)
