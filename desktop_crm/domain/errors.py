"""What can go wrong for the user: a message id with values, translated only where it is shown."""

from __future__ import annotations


def N_(message: str) -> str:  # the name that gettext's extractor knows
    """Mark a message for translation and return it unchanged."""
    return message


def N_count(one: str, many: str) -> tuple[str, str]:
    """Mark a message and its plural for translation and return them unchanged, for `Language.count`."""
    return one, many


class Term(str):
    """A value of a message that is itself a message id, and is translated with it."""


class CrmError(Exception):
    """The world's failure, told to the user in one sentence: what, where, what was kept, what to do.

    `message` is an English message id with named `{places}`; `values` fills them after translation, another error
    among them by its own sentence.
    """

    def __init__(self, message: str, **values: object) -> None:
        super().__init__(message)
        self.message = message
        self.values = values

    def __str__(self) -> str:
        said = {key: inner(str(value)) if isinstance(value, CrmError) else value for key, value in self.values.items()}
        return self.message.format(**said) if said else self.message


class InvalidInput(CrmError):
    """A value that the rules refuse; nothing was changed. `at` is the key of the field to look at."""

    def __init__(self, message: str, at: str = "", **values: object) -> None:
        super().__init__(message, **values)
        self.at = at


class NotFound(CrmError):
    """A record that is not, or no longer, in the file."""


class Conflict(CrmError):
    """The record was changed by someone else since it was read; nothing was saved."""


class FileRefused(CrmError):
    """A file that this program will not open or write; it was left untouched."""


class FileLost(FileRefused):
    """A business file that is missing, damaged or not one any more: a backup may take its place."""


class PasswordNeeded(FileRefused):
    """An encrypted file whose password was not given, or is another one."""


class FileBusy(CrmError):
    """Another window or command is writing to the file."""


class NothingToUndo(CrmError):
    """There is no piece of work to undo or redo."""


class Cancelled(CrmError):
    """The user stopped a piece of slow work; nothing of it was kept."""


def reason(error: Exception) -> CrmError | str:
    """What another failure says of itself, as the value of a message: ours whole, the system's words, SQLite's."""
    return error if isinstance(error, CrmError) else getattr(error, "strerror", None) or str(error)


def inner(sentence: str) -> str:
    """A sentence as it stands inside another, without its full stop."""
    return sentence.rstrip(".。।")
