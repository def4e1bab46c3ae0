"""A light, English application for every test of the window."""

from __future__ import annotations

import gc
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication

from desktop_crm import i18n
from desktop_crm.ui import theme, words


@pytest.fixture(autouse=True)
def dressed(qapp: QApplication) -> Iterator[None]:
    # No event loop ends between two tests, so nobody else takes away what the one before let go of: thousands of
    # widgets would follow each change of the theme, and stay in memory. Cycles among them are collected here, as the
    # program does it: a timer that dies in a thread of the jobs takes the window's thread along.
    gc.disable()
    qapp.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    words.set_language(i18n.language("en"))
    if theme.theme().scheme != "light" or theme.theme().percent != 100 or not qapp.styleSheet():
        theme.apply(qapp, "light")
    yield
    words.set_language(i18n.language("en"))
    counts = zip(gc.get_count(), gc.get_threshold(), strict=True)
    due = [generation for generation, (count, most) in enumerate(counts) if most and count > most]
    if due:
        gc.collect(due[-1])
    gc.enable()
