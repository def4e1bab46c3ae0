"""What the history says of data that was let out in bulk, of a file that has an owner's PIN.

Each is a message id; its values are plain, but for `kind`, which is a message id too (a kind of records, a report).
"""

from __future__ import annotations

from desktop_crm.domain.errors import N_

EXPORTED = N_("Exported: {kind} ({count}), {form}")
REPORTED = N_("Exported: {kind}, {form}")
PRINTED = N_("Printed: {kind}")
COPIED = N_("Rows copied to the clipboard: {count}")
ADDRESSES = N_("E-mail addresses copied to the clipboard: {count}")
PERSON = N_("Exported: everything held about one person (number {id})")
HANDED = N_("Exported: the paper of a hand-over ({count})")
HANDED_ON_PAPER = N_("Printed: the paper of a hand-over ({count})")
FILE = N_("Copied: the whole file")
SECOND = N_("Another second place of the backups was chosen")
COMMAND = N_("On the command line: {command}")
