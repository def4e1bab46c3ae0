"""The section Privacy: years and own words are saved as one act, undone, and lead to the notice."""

from __future__ import annotations

from typing import Any

from tests.ui.settings.conftest import Desk


def test_years_and_words_are_saved_and_undone(desk: Desk) -> None:
    desk.panel.show_section("privacy")
    section: Any = desk.panel.section()
    years, words = section.form.editor("keep_years"), section.form.editor("privacy_note")
    assert years.value() == "" and years.currentText() == "no limit"
    years.set_value("7")
    words.set_value("Ask for Mei Ling.")
    section.form.submit()
    own = desk.book.business
    assert (own.years_kept, own.privacy_note) == (7, "Ask for Mei Ling.") and not section.form.dirty()
    desk.undo()
    assert (desk.book.business.keep_years, years.value(), words.value()) == ("", "", "")


def test_what_is_typed_is_saved_before_the_notice_is_shown(desk: Desk) -> None:
    desk.panel.show_section("privacy")
    section: Any = desk.panel.section()
    wished: list[str] = []
    desk.panel.act_wanted.connect(wished.append)
    section.form.editor("keep_years").set_value("5")
    section.notice.click()
    assert wished == ["notice"] and desk.book.business.years_kept == 5
