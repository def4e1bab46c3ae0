"""The field of a logo: the picture as it stands on white paper, a button to choose another, one to take it away."""

from __future__ import annotations

import base64
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QRectF, QSize, QStandardPaths, Qt
from PySide6.QtGui import QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QFileDialog, QWidget

from desktop_crm.domain.errors import CrmError
from desktop_crm.ui import fonts, theme
from desktop_crm.ui.jobs import Jobs, Latest
from desktop_crm.ui.qt import override
from desktop_crm.ui.settings import logo
from desktop_crm.ui.widgets.buttons import Button
from desktop_crm.ui.widgets.labels import Label
from desktop_crm.ui.widgets.layout import column, row
from desktop_crm.ui.words import N_, current, tr

_FRAME = (220, 110)
_INSET = 10


class LogoField(QWidget):
    """Its value is the picture in base64, "" for none. A file that is no logo is said below, and changes nothing."""

    def __init__(self, jobs: Jobs, tell: Callable[[Exception], None], parent: QWidget | None = None) -> None:
        """`tell` says what is a mistake of the program and not of the file."""
        super().__init__(parent)
        self._latest, self._tell, self._value = Latest(jobs), tell, ""
        self.picture = _Picture()
        self.choose_button = Button(tr(N_("Choose a picture…")), "folder")
        self.remove_button = Button(tr(N_("Remove")), "trash", "quiet")
        self.why = Label("", 12, tone="bad", wrap=True)
        self.choose_button.clicked.connect(self.choose)
        self.remove_button.clicked.connect(lambda: self.set_value(""))
        self.setFocusProxy(self.choose_button)
        buttons = column(row(self.choose_button, None), row(self.remove_button, None), None, gap=8)
        self.setLayout(column(row(self.picture, buttons, None, gap=12), self.why, gap=4))
        self.set_value("")

    def value(self) -> str:
        """The picture in base64; "" for none."""
        return self._value

    def set_value(self, value: str | None) -> None:
        """Show a picture; None and "" are none."""
        self._latest.drop()  # a file that is still being read is not wanted any more
        self._value = value or ""
        self.picture.show_picture(base64.b64decode(self._value))
        self.remove_button.setEnabled(bool(self._value))
        self._say("")

    def set_invalid(self, why: str) -> None:
        """Tell a screen reader why the picture was refused."""
        self.setAccessibleDescription(why)

    def choose(self) -> QFileDialog:
        """Ask for a picture, beginning in the user's own."""
        folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.PicturesLocation)
        dialog = QFileDialog(self, tr(N_("Choose the logo")), folder,
                             f"{tr(N_('PNG and JPEG pictures'))} (*.png *.jpg *.jpeg *.PNG *.JPG *.JPEG)")
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(lambda chosen: self.take(Path(chosen)))
        dialog.open()
        return dialog

    def take(self, path: Path) -> None:
        """Read a file beside the window and show its picture; what is none is said."""
        def done(data: bytes) -> None:
            self.set_value(base64.b64encode(data).decode())

        def failed(error: Exception) -> None:
            if isinstance(error, CrmError):
                self._say(current().error(error))
            else:
                self._tell(error)

        self._latest.run(lambda _: logo.read(path), done, failed, label="")

    def _say(self, sentence: str) -> None:
        self.why.setText(sentence)
        self.why.setVisible(bool(sentence))
        self.set_invalid(sentence)


class _Picture(QWidget):
    """A piece of paper with the logo on it: white, whatever the window is."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._image = QImage()
        fonts.dress(self, 12)
        self.setFixedSize(theme.px(_FRAME[0]), theme.px(_FRAME[1]))

    def show_picture(self, data: bytes) -> None:
        """Show the picture that `data` is; none for what is no picture."""
        self._image = QImage.fromData(data)
        self.setAccessibleName(tr(N_("No logo")) if self._image.isNull() else tr(N_("The logo as it is printed")))
        self.update()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(theme.color("line"))
        empty = self._image.isNull()
        painter.setBrush(theme.color("sunk") if empty else Qt.GlobalColor.white)
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), theme.px(6), theme.px(6))
        if empty:
            painter.setPen(theme.color("dim"))
            painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, tr(N_("No logo")))
            return
        inset = theme.px(_INSET)
        room = self.rect().adjusted(inset, inset, -inset, -inset)
        size = self._image.size().scaled(room.size(), Qt.AspectRatioMode.KeepAspectRatio)
        if size.width() > self._image.width():  # a small picture is not blown up
            size = QSize(self._image.size())
        place = QRectF(0, 0, size.width(), size.height())
        place.moveCenter(QRectF(room).center())
        painter.drawImage(place, self._image)
