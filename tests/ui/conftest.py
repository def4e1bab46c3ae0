"""A light, English application for every test of the window."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication

from desktop_crm import i18n
from desktop_crm.ui import theme, words


@pytest.fixture(autouse=True)
def dressed(qapp: QApplication) -> Iterator[None]:
    words.set_language(i18n.language("en"))
    if theme.theme().scheme != "light" or theme.theme().percent != 100 or not qapp.styleSheet():
        theme.apply(qapp, "light")
    yield
    words.set_language(i18n.language("en"))
