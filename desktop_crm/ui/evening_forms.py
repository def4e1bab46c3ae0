"""The evening's three forms in a folder: a page as PDF, a picture for the phone, a text for a messenger."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from PySide6.QtGui import QImage

from desktop_crm import i18n, paths
from desktop_crm.domain.errors import N_, FileRefused
from desktop_crm.export import files
from desktop_crm.export.summary import summary
from desktop_crm.reports.report import Report
from desktop_crm.services import evening
from desktop_crm.services.book import Book
from desktop_crm.ui.evening_picture import picture

_UNSAFE = re.compile(r'[\\/:*?"<>|\x00-\x1f]+')
_LONGEST = 120


@dataclass(frozen=True, slots=True)
class Forms:
    """The forms as they were written, the picture and the text also at hand."""

    day: date
    pdf: Path
    png: Path
    txt: Path
    image: QImage
    text: str

    @property
    def paths(self) -> tuple[Path, Path, Path]:
        """The three files."""
        return self.pdf, self.png, self.txt


def prepare(book: Book, day: date | None = None) -> Report:
    """The evening's report of a business day in the owner's language, with when it left the file."""
    report = evening.report(book, day)
    words, now = i18n.language(report.language), book.business.local(book.now())
    when = f"{words.day(now.date(), 'long')}, {words.clock(now)}"
    return replace(report, printed=words.say(N_("Printed {when}"), when=when))


def write(report: Report, folder: Path, image: QImage | None = None) -> Forms:
    """Write the three forms of a prepared report; each file appears whole or not at all, an older one is replaced.

    `image` is its picture if that was drawn already. Raises FileRefused where the folder cannot be made or written.
    """
    assert report.start is not None  # the report of one day
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise FileRefused(N_("{path} cannot be written: {reason}. Nothing was changed."), path=str(folder),
                          reason=error.strerror or str(error)) from error
    name = _UNSAFE.sub(" ", f"{report.business} {report.title}")[:_LONGEST].strip(" .")
    pdf, png, txt = (folder / f"{name} {report.start.isoformat()}{suffix}" for suffix in (".pdf", ".png", ".txt"))
    image, text = image or picture(report), summary(report)
    files.write(report, pdf)
    paths.whole(png, lambda part: _save(image, part))
    paths.whole(txt, lambda part: part.write_text(text, encoding="utf-8", newline="\n"))
    return Forms(report.start, pdf, png, txt, image, text)


def _save(image: QImage, path: Path) -> None:
    if not image.save(str(path), "PNG"):  # type: ignore[call-overload]
        raise OSError(None, None, str(path))
