"""Pipelines and stages, edited beside the board; every change can be undone."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QMimeData, QPoint
from pytestqt.qtbot import QtBot

from desktop_crm import i18n
from desktop_crm.domain.deals import Stage
from desktop_crm.services import deals
from desktop_crm.ui import words
from desktop_crm.ui.deals.editor import PipelineEditor
from desktop_crm.ui.widgets.labels import Dim
from tests.ui.deals.conftest import NEW, PROPOSAL, QUALIFIED, Key, Mod, Shown, Story, drop, show


def opened(shown: Shown) -> PipelineEditor:
    shown.page.edit_stages()
    shown.settle()
    return shown.page.editor


def stage(story: Story, wanted: int) -> Stage:
    return next(item for item in deals.all_pipelines(story.book)[0].stages if item.id == wanted)


def names(story: Story, pipeline: int = 0) -> list[str]:
    return [item.name for item in deals.all_pipelines(story.book)[pipeline].stages]


def retype(shown: Shown, field: object, text: str) -> None:
    field.setFocus()  # type: ignore[attr-defined]  # a line to type into
    field.selectAll()  # type: ignore[attr-defined]
    shown.type(text)
    shown.key(Key.Key_Tab)


def test_the_heads_over_the_numbers_are_whole_in_tamil(story: Story, qtbot: QtBot, tmp_path: Path) -> None:
    words.set_language(i18n.language("ta"))
    shown = show(story, qtbot, tmp_path)
    editor, titles = opened(shown), {words.tr("Prob. %"), words.tr("Days")}
    heads = [label for label in editor.findChildren(Dim) if label.text() in titles]
    assert len(heads) == 2 and all(head.width() >= head.sizeHint().width() for head in heads)
    shown.jobs.close()


def test_name_probability_and_limit(shown: Shown, story: Story) -> None:
    editor = opened(shown)
    retype(shown, editor.line(QUALIFIED).name, "Measured")
    retype(shown, editor.line(QUALIFIED).chance, "30")
    retype(shown, editor.line(QUALIFIED).limit, "10")
    found = stage(story, QUALIFIED)
    assert (found.name, found.probability, found.day_limit) == ("Measured", 30, 10)
    assert shown.column(QUALIFIED).accessibleName().startswith("Measured, 2 deals, RM 35,500, weighted 10,650")
    for _ in range(3):
        story.book.undo()
    shown.settle()
    assert editor.line(QUALIFIED).name.text() == "Qualified"
    assert stage(story, QUALIFIED).probability == 25


def test_wrong_numbers_are_marked_and_not_saved(shown: Shown, story: Story) -> None:
    editor = opened(shown)
    retype(shown, editor.line(NEW).chance, "many")
    assert editor.line(NEW).chance.accessibleDescription() == "“many” is not a whole number."
    retype(shown, editor.line(NEW).chance, "140")
    assert "140" in editor.line(NEW).chance.accessibleDescription()
    assert stage(story, NEW).probability == 10


def test_stages_are_put_in_order_by_keys_and_by_dragging(shown: Shown, story: Story) -> None:
    editor = opened(shown)
    editor.line(QUALIFIED).name.setFocus()
    shown.key(Key.Key_Up, Mod.AltModifier)
    assert names(story)[:3] == ["Qualified", "New", "Proposal"]
    assert editor.line(QUALIFIED).name.hasFocus()
    data = QMimeData()
    data.setData("application/x-desktop-crm-stage", b"2")
    drop(editor, data, QPoint(20, editor.line(PROPOSAL).geometry().bottom() + 1))
    shown.settle()
    assert names(story)[:4] == ["New", "Proposal", "Qualified", "Negotiation"]
    heads = [view.accessibleName().split(",")[0] for view in shown.page.views.board.lists()]
    assert heads == ["New", "Proposal", "Qualified", "Negotiation", "Ready to close"]


def test_a_used_stage_stays_with_a_sentence_and_a_new_one_goes(shown: Shown, story: Story) -> None:
    editor = opened(shown)
    editor.line(NEW).remove.click()
    assert editor.why() == ("Stage “New” is used by deals or closes them, so it stays. Rename it instead.")
    editor.add_stage.setFocus()
    shown.type("Contract")
    shown.key(Key.Key_Return)
    assert names(story) == ["New", "Qualified", "Proposal", "Negotiation", "Ready to close", "Contract", "Won", "Lost"]
    assert len(shown.page.views.board.lists()) == 6
    fresh = deals.all_pipelines(story.book)[0].open_stages[-1]
    editor.line(fresh.id).remove.click()
    shown.settle()
    assert "Contract" not in names(story)
    assert len(shown.page.views.board.lists()) == 5


def test_a_pipeline_is_added_and_named(shown: Shown, story: Story) -> None:
    editor = opened(shown)
    editor.add_pipeline.click()
    shown.settle()
    shown.type("Repairs")
    shown.key(Key.Key_Tab)
    found = deals.all_pipelines(story.book)
    assert [item.name for item in found] == ["Sales", "Quick sale", "Repairs"]
    assert [item.name for item in found[2].stages] == names(story)
    assert shown.page.views.filters.pipeline == found[2].id
    assert [view.paged.count() for view in shown.page.views.board.lists()] == [0] * 5
    story.book.undo()
    story.book.undo()
    shown.settle()
    assert shown.page.views.pipeline.name == "Sales"
    assert shown.cards(NEW) == ["Tasting menu", "Shelving"]


def test_pipelines_are_put_in_order_and_an_unused_one_goes(shown: Shown, story: Story) -> None:
    editor = opened(shown)
    assert not editor.earlier.isEnabled() and editor.later.isEnabled()
    editor.remove.click()
    assert editor.why() == "Pipeline “Sales” is used by deals, so it stays. Rename it instead."
    editor.add_pipeline.click()
    editor.add_pipeline.click()
    shown.settle()
    assert [item.name for item in deals.all_pipelines(story.book)][2:] == ["New pipeline", "New pipeline 2"]
    editor.earlier.setFocus()
    shown.key(Key.Key_Space)
    shown.settle()
    assert [item.name for item in deals.all_pipelines(story.book)][2:] == ["New pipeline 2", "New pipeline"]
    editor.remove.setFocus()
    shown.key(Key.Key_Space)
    shown.settle()
    assert [item.name for item in deals.all_pipelines(story.book)] == ["Sales", "Quick sale", "New pipeline"]
    assert shown.page.views.pipeline.name == "Quick sale" and editor.why() == ""
    story.book.undo()
    assert len(deals.all_pipelines(story.book)[2].stages) == len(names(story))


def test_a_name_that_another_has_is_refused_at_its_field(shown: Shown, story: Story) -> None:
    editor = opened(shown)
    retype(shown, editor.line(QUALIFIED).name, "proposal")
    assert editor.line(QUALIFIED).name.accessibleDescription().startswith("“Proposal” is in the list already.")
    assert stage(story, QUALIFIED).name == "Qualified"
