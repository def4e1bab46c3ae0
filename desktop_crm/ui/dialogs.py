"""The system's own file dialogs, opened beside the program's run, never in a loop of their own."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QWidget

from desktop_crm import paths
from desktop_crm.ui.words import N_, tr

Chosen = Callable[[str], object]


def open_file(parent: QWidget, chosen: Chosen) -> QFileDialog:
    """Ask for a business file to open."""
    return _show(parent, tr(N_("Open a file")), QFileDialog.FileMode.ExistingFile, chosen)


def new_file(parent: QWidget, chosen: Chosen) -> QFileDialog:
    """Ask where a new business file goes; one that exists is refused later, in our own words."""
    dialog = _show(parent, tr(N_("New file")), QFileDialog.FileMode.AnyFile, chosen)
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setDefaultSuffix("crm")
    dialog.setOption(QFileDialog.Option.DontConfirmOverwrite)
    return dialog


def open_table(parent: QWidget, chosen: Chosen) -> QFileDialog:
    """Ask for a table or contact cards to import; the folder is the one that was used last."""
    tables = tr(N_("Tables and contact cards")) + " (*.csv *.tsv *.txt *.xlsx *.xlsm *.xls *.xlsb *.ods *.vcf)"
    return _show(parent, tr(N_("Import a file")), QFileDialog.FileMode.ExistingFile, chosen, "",
                 f"{tables};;{tr(N_('All files'))} (*)")


def choose_folder(parent: QWidget, chosen: Chosen) -> QFileDialog:
    """Ask for a folder: a stick, another disk, a synced one."""
    return _show(parent, tr(N_("Choose a folder")), QFileDialog.FileMode.Directory, chosen, "")


def _show(parent: QWidget, title: str, mode: QFileDialog.FileMode, chosen: Chosen, folder: str | None = None,
          names: str = "") -> QFileDialog:
    names = names or tr(N_("Desktop CRM files")) + " (*.crm)"
    dialog = QFileDialog(parent, title, str(paths.data()) if folder is None else folder, names)
    dialog.setFileMode(mode)
    dialog.fileSelected.connect(chosen)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.open()
    return dialog
