"""The form of the business: saved by Enter, told quietly, refused at the field."""

from __future__ import annotations

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from desktop_crm.services import business
from desktop_crm.ui.settings.business import BusinessSection
from tests.ui.settings.conftest import Desk


def section(desk: Desk) -> BusinessSection:
    found = desk.panel.section()
    assert isinstance(found, BusinessSection)
    return found


def test_enter_saves_and_undo_takes_it_back(desk: Desk, qtbot: QtBot) -> None:
    name = section(desk).form.editor("name")
    name.setText("Bukit Tiles Sdn Bhd")
    qtbot.keyClick(name, Qt.Key.Key_Return)
    desk.settle()
    assert (desk.book.business.name, desk.bar.text()) == ("Bukit Tiles Sdn Bhd", "Saved")
    desk.undo()
    assert (desk.book.business.name, name.text()) == ("Kedai Bukit Tiles",) * 2


def test_a_currency_is_found_by_typing_its_name(desk: Desk, qtbot: QtBot) -> None:
    currency = section(desk).form.editor("currency")
    assert currency.currentText() == "Malaysian Ringgit (MYR)"
    currency.lineEdit().selectAll()
    qtbot.keyClicks(currency, "nepalese")
    qtbot.keyClick(currency, Qt.Key.Key_Return)
    desk.settle()
    assert desk.book.currency == "NPR"
    assert desk.bar.text() == "Saved. New amounts are in NPR; amounts entered before stay in MYR."
    assert currency.currentText() == "Nepalese Rupee (NPR)"


def test_what_is_no_currency_is_refused_at_the_field(desk: Desk) -> None:
    form = section(desk).form
    form.editor("currency").setEditText("shells")
    form.submit()
    assert form.editor("currency").property("invalid") is True
    assert form.editor("currency").accessibleDescription().startswith("“shells” is no currency")
    assert desk.book.currency == "MYR"


def test_a_refusal_of_the_service_stands_at_its_field(desk: Desk) -> None:
    form = section(desk).form
    form.editor("cutoff").set_options((("13:00", "13:00"),))
    form.editor("cutoff").set_value("13:00")
    form.submit()
    assert form.editor("cutoff").property("invalid") is True
    assert desk.book.business.cutoff == "00:00"


def test_every_field_is_saved(desk: Desk) -> None:
    form, wanted = section(desk).form, {
        "name": "小明", "address": "1 Road\nTaipei", "phone": "+886 2", "language": "ms", "country": "TW",
        "timezone": "Asia/Taipei", "currency": "TWD", "cutoff": "06:00"}
    form.set_values(wanted)
    form.submit()
    desk.settle()
    now = desk.book.business
    assert {key: getattr(now, key) for key in wanted} == wanted


def test_escape_first_takes_back_what_was_typed_then_leads_back(desk: Desk, qtbot: QtBot) -> None:
    name = section(desk).form.editor("name")
    name.setFocus()
    name.setText("x")
    qtbot.keyClick(name, Qt.Key.Key_Escape)
    assert name.text() == "Kedai Bukit Tiles"
    with qtbot.waitSignal(desk.panel.closed):
        qtbot.keyClick(name, Qt.Key.Key_Escape)


def test_leaving_the_section_saves_what_was_typed(desk: Desk) -> None:
    form = section(desk).form
    form.editor("phone").setText("+60 3")
    desk.panel.show_section("sellers")
    assert desk.book.business.phone == "+60 3"


def test_a_section_with_a_refused_field_is_not_left(desk: Desk) -> None:
    section(desk).form.editor("name").setText("")
    desk.panel.show_section("sellers")
    assert desk.panel.section() is desk.panel.section("business")
    assert desk.panel.sidebar.current_key() == "business"


def test_a_change_from_elsewhere_is_shown_unless_something_is_being_typed(desk: Desk) -> None:
    form = section(desk).form
    business.set_business(desk.book, {"phone": "1"})
    desk.settle()
    assert form.editor("phone").text() == "1"
    form.editor("name").setText("typing")
    business.set_business(desk.book, {"phone": "2"})
    desk.settle()
    assert (form.editor("name").text(), form.editor("phone").text()) == ("typing", "1")


def test_the_toast_undoes_only_its_own_act(desk: Desk) -> None:
    form = section(desk).form
    form.editor("phone").setText("1")
    form.submit()
    desk.settle()
    business.set_business(desk.book, {"address": "elsewhere"})
    desk.undo()
    assert (desk.book.business.phone, desk.book.business.address) == ("1", "elsewhere")
    assert desk.bar.text().startswith("Something else was done since")


def test_a_file_for_reading_is_not_changed(reading: Desk) -> None:
    assert not section(reading).form.isEnabled()
