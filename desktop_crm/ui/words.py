"""The language that the window speaks: set once by `app`, read wherever a word is shown."""

from __future__ import annotations

from PySide6.QtCore import QLocale, Qt
from PySide6.QtWidgets import QApplication

from desktop_crm import i18n
from desktop_crm.domain.errors import N_, N_count
from desktop_crm.domain.values import minor_digits

__all__ = ["N_", "N_count", "amount", "current", "set_language", "tr", "tr_count"]

_current: i18n.Language | None = None


def set_language(language: i18n.Language) -> None:
    """Let the window speak `language`; a running application mirrors for right-to-left scripts."""
    global _current
    _current = language
    QLocale.setDefault(QLocale(str(language.locale)))
    app = QApplication.instance()
    if isinstance(app, QApplication):
        right = Qt.LayoutDirection.RightToLeft
        app.setLayoutDirection(right if language.right_to_left else Qt.LayoutDirection.LeftToRight)


def current() -> i18n.Language:
    """The window's language; English until `set_language` was called."""
    return _current or i18n.language("en")


def tr(msgid: str, **values: object) -> str:
    """Translate a message marked by `N_` and fill its `{places}`."""
    return current().say(msgid, **values)


def tr_count(one: str, many: str, n: int, **values: object) -> str:
    """Translate a message in the plural form that `n` asks for; `{n}` is the number written out."""
    return current().count(one, many, n, **values)


def amount(minor: int | None, currency: str) -> str:
    """Money without decimals where there are none to tell; an unknown amount is an em dash."""
    whole = minor is not None and minor % 10 ** minor_digits(currency) == 0
    return current().money(minor, currency, short=whole)
