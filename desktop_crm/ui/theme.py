"""The design tokens, light and dark, and the one style sheet and palette made from them."""

from __future__ import annotations

import re
from dataclasses import asdict, dataclass, fields
from functools import lru_cache
from typing import Literal

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication

from desktop_crm import paths
from desktop_crm.ui import fonts

Scheme = Literal["light", "dark", "system"]
PLAIN_STYLE = "crm_fusion"
"""The application's property that says that it draws in Qt's plain style already."""


@dataclass(frozen=True, slots=True)
class Tokens:
    """The colours of one scheme as `#rrggbb`; a soft colour is the ground under its strong one."""

    window: str
    panel: str
    sunk: str
    line: str
    input_border: str
    text: str
    dim: str
    faint: str
    accent: str
    accent_hover: str
    accent_soft: str
    accent_muted: str
    on_accent: str
    good: str
    good_soft: str
    warn: str
    warn_soft: str
    bad: str
    bad_soft: str


LIGHT = Tokens(
    window="#F6F7F8", panel="#FFFFFF", sunk="#EEF0F2", line="#E1E4E8", input_border="#7C868E",
    text="#1B2126", dim="#56606A", faint="#5F6972",
    accent="#0B7A75", accent_hover="#09655F", accent_soft="#E8F4F3", accent_muted="#A3CBC9", on_accent="#FFFFFF",
    good="#256B29", good_soft="#E6F3E7", warn="#855800", warn_soft="#FFF3D6", bad="#B3261E", bad_soft="#FBE9E7",
)
DARK = Tokens(
    window="#14181B", panel="#1C2125", sunk="#252B30", line="#30373D", input_border="#76818A",
    text="#E6EAED", dim="#A3ADB5", faint="#8A949C",
    accent="#4DB6AC", accent_hover="#6CC7BE", accent_soft="#1E3635", accent_muted="#2F5A57", on_accent="#0B1413",
    good="#81C784", good_soft="#1F3322", warn="#E6B450", warn_soft="#3A3018", bad="#F28B82", bad_soft="#3C2321",
)
TONES = ("neutral", "accent", "good", "warn", "bad")
"""The tones of badges, notes and bars; a word always says the same."""


class Theme(QObject):
    """The scheme in force; `changed` fires after colours or text size have changed."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.scheme: Scheme = "light"
        self.percent = 100
        self.tokens = LIGHT
        self.colors = _colors(LIGHT)
        self._follows = False

    @property
    def dark(self) -> bool:
        """Whether the dark tokens are in force."""
        return self.tokens is DARK

    def apply(self, app: QApplication, scheme: Scheme, percent: int) -> None:
        """Paint the whole application in `scheme`, with text at `percent` of the system's size."""
        self.scheme, self.percent = scheme, percent
        self.tokens = _tokens_of(app, scheme)
        self.colors = _colors(self.tokens)
        if not app.property(PLAIN_STYLE):  # Qt hands the style back, and Python makes its 800 names
            app.setStyle("Fusion")
            app.setProperty(PLAIN_STYLE, True)
        app.setFont(fonts.base(percent))
        app.setPalette(_palette(self.tokens))
        app.setStyleSheet(style_sheet(self.tokens, fonts.scale()))
        fonts.redress(app.allWidgets())
        self._follow(app)
        self.changed.emit()

    def _follow(self, app: QApplication) -> None:
        if not self._follows:
            app.styleHints().colorSchemeChanged.connect(self._system_changed)
            self._follows = True

    def _system_changed(self) -> None:
        app = QApplication.instance()
        if self.scheme == "system" and isinstance(app, QApplication):
            self.apply(app, "system", self.percent)


@lru_cache(maxsize=1)
def theme() -> Theme:
    """The one Theme of the process; connect to its `changed`."""
    return Theme()


def apply(app: QApplication, scheme: Scheme = "system", percent: int = 100) -> None:
    """Set style, font, palette and style sheet of the application; `percent` scales text and rows."""
    theme().apply(app, scheme, percent)


def tokens() -> Tokens:
    """The tokens in force."""
    return theme().tokens


def color(name: str) -> QColor:
    """The colour of the token `name` in force, as `accent_soft` or `accent-soft`; KeyError if there is none.

    It is the caller's own: the sheet of customers made a grey translucent for the whole window.
    """
    return QColor(theme().colors[name.replace("-", "_")])


def soft(tone: str) -> QColor:
    """The ground under text of `tone`: its soft colour, for "neutral" and "dim" the sunk one."""
    return color(f"{tone}_soft") if tone in TONES[1:] else color("sunk")


def strong(tone: str) -> QColor:
    """The text colour of `tone`; "" is the common text, "neutral" the dim one."""
    return color({"": "text", "neutral": "dim"}.get(tone, tone))


def px(size: int) -> int:
    """A length of the design in pixels at the text size in force (36 at 100 % is 36)."""
    return round(size * fonts.scale())


def _colors(of: Tokens) -> dict[str, QColor]:
    return {name: QColor(value) for name, value in asdict(of).items()}


def _tokens_of(app: QApplication, scheme: Scheme) -> Tokens:
    if scheme == "system":
        return DARK if app.styleHints().colorScheme() == Qt.ColorScheme.Dark else LIGHT
    return DARK if scheme == "dark" else LIGHT


def style_sheet(of: Tokens, scale: float) -> str:
    """The style sheet of base.qss with `@token` replaced by its colour and `8sp` by scaled pixels."""
    text = (paths.resources() / "styles" / "base.qss").read_text(encoding="utf-8")
    values = {field.name: getattr(of, field.name) for field in fields(of)}
    values["icons"] = (paths.resources() / "styles").as_posix()
    values["shade"] = "dark" if of is DARK else "light"
    text = re.sub(r"@(\w+)", lambda place: values[place[1]], text)
    return re.sub(r"\b(\d+)sp\b", lambda size: f"{round(int(size[1]) * scale)}px", text)


def _palette(of: Tokens) -> QPalette:
    role, palette = QPalette.ColorRole, QPalette()
    colors = {
        role.Window: of.window, role.WindowText: of.text, role.Base: of.panel, role.AlternateBase: of.window,
        role.Text: of.text, role.Button: of.panel, role.ButtonText: of.text, role.BrightText: of.on_accent,
        role.Highlight: of.accent, role.HighlightedText: of.on_accent, role.ToolTipBase: of.panel,
        role.ToolTipText: of.text, role.PlaceholderText: of.faint, role.Link: of.accent,
        role.LinkVisited: of.accent, role.Light: of.panel, role.Midlight: of.line, role.Mid: of.line,
        role.Dark: of.input_border, role.Shadow: of.line, role.Accent: of.accent,
    }
    for which, value in colors.items():
        palette.setColor(which, QColor(value))
    for which in (role.WindowText, role.Text, role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, which, QColor(of.input_border))
    return palette
