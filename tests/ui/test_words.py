from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from desktop_crm import i18n
from desktop_crm.ui import words


def test_words_are_filled_and_counted() -> None:
    assert words.tr("Moved to {stage}.", stage="Won") == "Moved to Won."
    assert words.tr_count("{n} customer", "{n} customers", 1) == "1 customer"
    assert words.tr_count("{n} customer", "{n} customers", 1200) == "1,200 customers"


def test_the_window_mirrors_for_right_to_left(qapp: QApplication) -> None:
    words.set_language(i18n.language("ar"))
    assert qapp.layoutDirection() == Qt.LayoutDirection.RightToLeft
    words.set_language(i18n.language("en"))
    assert qapp.layoutDirection() == Qt.LayoutDirection.LeftToRight
    assert words.current().code == "en"
