"""The form of the papers: numbers, logo and taxes are saved, undone and refused; a logo is made small."""

from __future__ import annotations

import base64
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from desktop_crm.domain.business import MOST_LOGO
from desktop_crm.domain.errors import FileRefused, InvalidInput
from desktop_crm.services import business
from desktop_crm.ui.settings import logo
from desktop_crm.ui.settings.papers import PapersSection
from tests.ui.settings.conftest import Desk


def section(desk: Desk) -> PapersSection:
    return desk.shown("papers", PapersSection)


def picture(path: Path, size: tuple[int, int], kind: str = "PNG", mode: str = "RGB", **more: object) -> Path:
    """A file with a picture of noise, which packs badly."""
    image = Image.effect_noise(size, 90).convert(mode)
    image.save(path, kind, **more)
    return path


def opened(data: bytes) -> Image.Image:
    return Image.open(BytesIO(data))


def test_every_field_is_saved_and_undone_at_once(desk: Desk) -> None:
    form, before = section(desk).form, desk.book.business
    wanted = {"registration": "202401000123", "tax_number": "C 2584", "receipt_series": "A", "receipt_note": "Thanks",
              "quotation_days": "14", "quotation_terms": "50 % deposit\nNo returns"}
    form.set_values({**wanted, "tax_lines": '[["SST", 8000], ["Levy", 250]]', "tax_included": False})
    form.submit()
    desk.settle()
    now = desk.book.business
    assert {key: getattr(now, key) for key in wanted} == wanted and desk.bar.text() == "Saved"
    assert ([(tax.name, tax.rate) for tax in now.taxes], now.taxes_included) == ([("SST", 8000), ("Levy", 250)], False)
    desk.undo()
    assert desk.book.business == before and form.editor("receipt_series").text() == ""


@pytest.mark.parametrize(("typed", "rate"), [("8", 8000), ("8 %", 8000), (" 8.5% ", 8500), ("2.5", 2500), ("0", 0),
                                             ("8.875 %", 8875), ("८", 8000)])
def test_a_rate_is_read_as_people_write_it(desk: Desk, typed: str, rate: int) -> None:
    form = section(desk).form
    line = form.editor("tax_lines").rows._lines[0]
    assert line.label.currentText() == "SST"  # what the country calls it
    line.value.setText(typed)
    form.submit()
    desk.settle()
    assert [(tax.name, tax.rate) for tax in desk.book.business.taxes] == [("SST", rate)]
    assert form.editor("tax_lines").rows.value()[0][1] == f"{rate / 1000:g} %"


@pytest.mark.parametrize(("key", "text", "says"), [
    ("quotation_days", "soon", "not a number of days"), ("quotation_days", "0", "not a number of days")])
def test_what_is_refused_stands_at_its_field(desk: Desk, key: str, text: str, says: str) -> None:
    form = section(desk).form
    form.editor(key).setText(text)
    form.submit()
    assert says in form.editor(key).accessibleDescription() and desk.book.business.quotation_days == "30"


@pytest.mark.parametrize(("name", "rate", "says"), [("SST", "eight", "is not a rate"), ("SST", "101", "0 to 100"),
                                                    ("", "8", "needs a name")])
def test_what_is_no_tax_stands_at_the_taxes(desk: Desk, name: str, rate: str, says: str) -> None:
    form = section(desk).form
    line = form.editor("tax_lines").rows._lines[0]
    line.label.setEditText(name)
    line.value.setText(rate)
    form.submit()
    assert says in line.value.accessibleDescription() and desk.book.business.tax_lines == ""


def test_a_chosen_logo_is_kept_in_the_file_and_removed_again(desk: Desk, tmp_path: Path) -> None:
    form = section(desk).form
    field = form.editor("logo")
    assert not field.remove_button.isEnabled()
    field.choose_button.click()
    dialog = field.findChild(QFileDialog)
    assert dialog is not None
    dialog.fileSelected.emit(str(picture(tmp_path / "logo.jpg", (900, 900), "JPEG")))
    desk.settle()
    dialog.close()
    form.submit()
    desk.settle()
    assert opened(desk.book.business.picture).size == (300, 300) and field.picture.accessibleName() != "No logo"
    field.remove_button.click()
    form.submit()
    desk.settle()
    assert desk.book.business.logo == "" and field.picture.accessibleName() == "No logo"
    desk.undo()
    assert opened(desk.book.business.picture).size == (300, 300) and field.value() == desk.book.business.logo


def test_a_file_that_is_no_picture_is_said_and_changes_nothing(desk: Desk, tmp_path: Path) -> None:
    form = section(desk).form
    field, kept = form.editor("logo"), base64.b64encode(logo.read(picture(tmp_path / "a.png", (60, 30)))).decode()
    business.set_business(desk.book, {"logo": kept})
    desk.settle()
    (tmp_path / "letter.png").write_text("Dear Sir", encoding="utf-8")
    field.take(tmp_path / "letter.png")
    desk.settle()
    assert field.why.text() == "“letter.png” is no whole PNG or JPEG picture. Nothing was changed."
    assert field.why.isVisible() and field.value() == kept and not form.dirty()


def test_tab_goes_through_the_form(desk: Desk, qtbot: QtBot) -> None:
    form = section(desk).form
    form.editor("registration").setFocus()
    qtbot.keyClick(form.editor("registration"), Qt.Key.Key_Tab)
    assert form.editor("tax_number").hasFocus()


@pytest.mark.parametrize(("size", "fitted"), [((1200, 400), (600, 200)), ((400, 1200), (100, 300)),
                                              ((600, 300), (600, 300)), ((60, 30), (60, 30)), ((6000, 2), (600, 1))])
def test_a_logo_is_made_to_fit_and_never_blown_up(tmp_path: Path, size: tuple[int, int],
                                                  fitted: tuple[int, int]) -> None:
    assert opened(logo.read(picture(tmp_path / "logo.png", size))).size == fitted


def test_what_is_clear_stays_clear_and_what_packs_badly_is_a_jpeg_on_white(tmp_path: Path) -> None:
    Image.new("RGBA", (400, 200), (0, 0, 0, 0)).save(tmp_path / "clear.png")
    clear = opened(logo.read(tmp_path / "clear.png"))
    assert (clear.format, clear.convert("RGBA").getpixel((5, 5))) == ("PNG", (0, 0, 0, 0))
    image = Image.merge("RGB", [Image.effect_noise((1200, 600), 120) for _ in range(3)])
    image.putalpha(Image.new("L", image.size, 0))
    image.save(tmp_path / "noise.png")
    data = logo.read(tmp_path / "noise.png")
    assert len(data) <= MOST_LOGO


def test_noise_without_anything_clear_is_a_jpeg_small_enough(tmp_path: Path) -> None:
    Image.merge("RGB", [Image.effect_noise((600, 300), 120) for _ in range(3)]).save(tmp_path / "noise.png")
    assert (tmp_path / "noise.png").stat().st_size > MOST_LOGO
    data = logo.read(tmp_path / "noise.png")
    assert (opened(data).format, opened(data).size) == ("JPEG", (600, 300)) and len(data) <= MOST_LOGO


def test_a_photograph_that_lies_on_its_side_is_turned(tmp_path: Path) -> None:
    turned = Image.Exif()
    turned[0x0112] = 6  # EXIF's orientation: a quarter turn
    picture(tmp_path / "photo.jpg", (200, 100), "JPEG", exif=turned)
    assert opened(logo.read(tmp_path / "photo.jpg")).size == (100, 200)


def test_other_files_are_no_logos(tmp_path: Path) -> None:
    whole = picture(tmp_path / "whole.png", (300, 200)).read_bytes()
    (tmp_path / "half.png").write_bytes(whole[:len(whole) // 2])
    (tmp_path / "empty.png").write_bytes(b"")
    picture(tmp_path / "image.gif", (30, 20), "GIF", "P")
    for name in ("half.png", "empty.png", "image.gif"):
        with pytest.raises(InvalidInput, match="no whole PNG or JPEG"):
            logo.read(tmp_path / name)
    with pytest.raises(FileRefused, match="cannot be read"):
        logo.read(tmp_path / "gone.png")


def test_an_enormous_picture_is_refused_before_it_is_unpacked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    Image.new("1", (5000, 5000)).save(tmp_path / "wide.png")
    with pytest.raises(InvalidInput, match="too large for a logo"):
        logo.read(tmp_path / "wide.png")
    with (tmp_path / "long.png").open("wb") as file:
        file.truncate(logo.MOST_BYTES + 1)
    with pytest.raises(InvalidInput, match="too large for a logo"):
        logo.read(tmp_path / "long.png")
