from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from desktop_crm.domain.trees import Member, Sums, grown


def test_each_branch_has_its_own_sums_and_those_below_it() -> None:
    members = [Member(1, "Group", "company", None, Sums(0, 0, 500, 100)),
               Member(2, "B", "company", 1, Sums(1, 20, 0, 0)),
               Member(3, "A", "company", 1, Sums(2, 7, 3, 1)), Member(4, "Below B", "person", 2, Sums(0, 0, 0, 9))]
    found = grown(members, 1)
    assert [(branch.name, branch.depth, branch.children) for branch in found] == [
        ("Group", 0, 2), ("B", 1, 1), ("Below B", 2, 0), ("A", 1, 0)]
    assert [branch.whole for branch in found] == [Sums(3, 27, 503, 110), Sums(1, 20, 0, 9), Sums(0, 0, 0, 9),
                                                  Sums(2, 7, 3, 1)]


@given(st.lists(st.integers(0, 30), max_size=30))
def test_the_root_has_the_sum_of_all(parents: list[int]) -> None:
    members = [Member(0, "0", "company", None, Sums(paid=1))]
    members += [Member(key, str(key), "company", parent % key, Sums(paid=key)) for key, parent in
                enumerate(parents, start=1)]
    found = grown(members, 0)
    assert len(found) == len(members)
    assert found[0].whole.paid == 1 + sum(range(len(members)))
