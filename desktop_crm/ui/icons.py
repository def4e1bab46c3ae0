"""The one home of the icons: own line drawings on a 16-px grid, painted in a token's colour."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from PySide6.QtCore import QByteArray, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QIcon, QIconEngine, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from desktop_crm import paths
from desktop_crm.ui import theme

SIZE = 16
"""The design's icon size in pixels at 100 % text."""


def names() -> tuple[str, ...]:
    """The names of all icons, sorted."""
    return tuple(sorted(file.stem for file in _folder().glob("*.svg")))


def icon(name: str, token: str = "text") -> QIcon:
    """The icon `name` in the colour of `token`; it follows the theme by itself. KeyError if there is none."""
    _source(name)
    return QIcon(_Engine(name, token))


def pixmap(name: str, size: int = SIZE, token: str = "text", dpr: float = 1.0) -> QPixmap:
    """The icon `name` as a picture of `size` logical pixels for a screen of `dpr` pixels each."""
    return _pixmap(name, round(size * dpr), theme.color(token).name(), dpr)


def paint(painter: QPainter, rect: QRect | QRectF, name: str, token: str = "text") -> None:
    """Paint the icon `name` into `rect`, sharp on any screen."""
    _renderer(name, theme.color(token).name()).render(painter, QRectF(rect))


class _Engine(QIconEngine):
    """Asks for the colour at each painting, so that a change of theme needs no new icons."""

    def __init__(self, name: str, token: str) -> None:
        super().__init__()
        self._name, self._token = name, token

    def clone(self) -> QIconEngine:
        return _Engine(self._name, self._token)

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        paint(painter, rect, self._name, self._token_in(mode))

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        return self.scaledPixmap(size, mode, state, 1.0)

    def scaledPixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State, scale: float) -> QPixmap:
        side = min(size.width(), size.height())
        return _pixmap(self._name, side, theme.color(self._token_in(mode)).name(), scale)

    def _token_in(self, mode: QIcon.Mode) -> str:
        return "input_border" if mode == QIcon.Mode.Disabled else self._token


def _folder() -> Path:
    return paths.resources() / "icons"


@lru_cache(maxsize=256)
def _source(name: str) -> str:
    file = _folder() / f"{name}.svg"
    if not file.is_file():
        raise KeyError(name)
    return file.read_text(encoding="utf-8")


@lru_cache(maxsize=512)
def _renderer(name: str, color: str) -> QSvgRenderer:
    return QSvgRenderer(QByteArray(_source(name).replace("currentColor", color).encode()))


@lru_cache(maxsize=1024)
def _pixmap(name: str, side: int, color: str, dpr: float) -> QPixmap:
    """A picture of `side` device pixels a side."""
    picture = QPixmap(side, side)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    _renderer(name, color).render(painter, QRectF(0, 0, side, side))
    painter.end()
    picture.setDevicePixelRatio(dpr)
    return picture
