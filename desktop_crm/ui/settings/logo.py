"""A picture as the logo of papers: read from a file, turned upright, and made small enough to be kept in the file."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QSize, Qt
from PySide6.QtGui import QColorSpace, QImage, QImageReader, QPainter

from desktop_crm.domain.business import MOST_LOGO
from desktop_crm.domain.errors import N_, FileRefused, InvalidInput

WIDTH, HEIGHT = 600, 300
"""Pixels that a logo has at most: 300 dots per inch over five centimetres."""
MOST_BYTES, MOST_PIXELS = 20_000_000, 24_000_000
_MEGA = 1_000_000
_QUALITIES = (92, 85, 75, 60, 40)


def read(path: Path) -> bytes:
    """The picture of a PNG or JPEG file within 600 × 300 pixels and 200 kB, as PNG, or JPEG where PNG is too large.

    Raises InvalidInput for what is no such picture or an enormous one, FileRefused if the disk does not give it.
    """
    try:
        data = path.read_bytes() if path.stat().st_size <= MOST_BYTES else None
    except OSError as error:
        raise FileRefused(N_("{path} cannot be read: {reason}. Nothing was changed."), path=str(path),
                          reason=error.strerror or "") from error
    if data is None:
        raise _large(path)
    return _packed(_fitted(_image(data, path)))


def _image(data: bytes, path: Path) -> QImage:
    """The whole picture in its own size, upright and in the screen's colours."""
    buffer = QBuffer()
    buffer.setData(QByteArray(data))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    reader = QImageReader(buffer)
    reader.setDecideFormatFromContent(True)
    reader.setAutoTransform(True)  # photographs lie on their side and say so
    size = reader.size()
    if bytes(reader.format().data()) not in (b"png", b"jpeg"):
        raise _no_picture(path)
    if size.width() * size.height() > MOST_PIXELS:
        raise _large(path)
    image = reader.read()
    if image.isNull():  # half a file
        raise _no_picture(path)
    if image.colorSpace().isValid():
        image.convertToColorSpace(QColorSpace(QColorSpace.NamedColorSpace.SRgb))
    return image


def _fitted(image: QImage) -> QImage:
    """The picture within the frame, its proportions kept; a smaller one as it is."""
    frame = QSize(WIDTH, HEIGHT)
    if image.width() > WIDTH or image.height() > HEIGHT:
        frame = image.size().scaled(frame, Qt.AspectRatioMode.KeepAspectRatio).expandedTo(QSize(1, 1))
        image = image.scaled(frame, Qt.AspectRatioMode.IgnoreAspectRatio, Qt.TransformationMode.SmoothTransformation)
    kind = QImage.Format.Format_ARGB32 if image.hasAlphaChannel() else QImage.Format.Format_RGB32
    return image.convertToFormat(kind)


def _packed(image: QImage) -> bytes:
    """The picture as PNG, which keeps what is clear in it; as JPEG on white where that would be too large."""
    data = _written(image, "PNG", -1)
    if len(data) <= MOST_LOGO:
        return data
    white = QImage(image.size(), QImage.Format.Format_RGB32)
    white.fill(Qt.GlobalColor.white)
    painter = QPainter(white)
    painter.drawImage(0, 0, image)
    painter.end()
    return next((made for made in (_written(white, "JPEG", quality) for quality in _QUALITIES)
                 if len(made) <= MOST_LOGO), b"")


def _written(image: QImage, kind: str, quality: int) -> bytes:
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, kind, quality)  # type: ignore[call-overload]  # the stubs know no name of a format here
    return bytes(buffer.data().data())


def _no_picture(path: Path) -> InvalidInput:
    return InvalidInput(N_("“{file}” is no whole PNG or JPEG picture. Nothing was changed."), "logo", file=path.name)


def _large(path: Path) -> InvalidInput:
    return InvalidInput(N_("“{file}” is too large for a logo. Choose a picture of up to {bytes} MB and {pixels} "
                           "million pixels. Nothing was changed."), "logo", file=path.name, bytes=MOST_BYTES // _MEGA,
                        pixels=MOST_PIXELS // _MEGA)
