"""How buyers are counted: shown as it is kept, saved as one act, refused with a word at the field."""

from __future__ import annotations

from desktop_crm.services import rfm
from desktop_crm.ui.settings.buyers import BuyersSection
from tests.ui.settings.conftest import Desk


def test_the_form_saves_what_was_changed_and_undo_takes_it_back(desk: Desk) -> None:
    section = desk.shown("buyers", BuyersSection)
    before = rfm.chosen(desk.book)
    form = section.form
    assert form.editor("rfm_recency").value() == "30/60/90/180" and form.editor("lapse_days").value() == "180"
    form.editor("lapse_days").set_value("90")
    form.editor("rfm_monetary").set_value("3 / 2 / 1 / 0,5")
    form.editor("rfm_base").set_value("payments")
    form.submit()
    desk.settle()
    assert rfm.chosen(desk.book) == {**before, "lapse_days": "90", "rfm_monetary": "3/2/1/0.5", "rfm_base": "payments"}
    assert form.editor("rfm_monetary").value() == "3/2/1/0.5"
    desk.undo()
    assert rfm.chosen(desk.book) == before and form.editor("lapse_days").value() == "180"


def test_what_cannot_be_is_refused_and_nothing_is_saved(desk: Desk) -> None:
    section = desk.shown("buyers", BuyersSection)
    before = rfm.chosen(desk.book)
    section.form.editor("rfm_frequency").set_value("2/3/5/8")
    section.form.submit()
    desk.settle()
    assert rfm.chosen(desk.book) == before and section.form.dirty()
