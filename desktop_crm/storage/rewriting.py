"""Closed files without a person: backups made before, in either place, and what a restore has kept beside the file.

Each is copied, struck, written anew, looked over and compared, and only then put in the place of the old one; a program
that is killed meanwhile leaves the one or the other, and a copy that the next start takes away.
"""

from __future__ import annotations

import glob
import shutil
from contextlib import closing, suppress
from dataclasses import replace
from pathlib import Path

import sqlcipher3.dbapi2 as driver

from desktop_crm import paths
from desktop_crm.domain.backups import Backup
from desktop_crm.domain.erasures import Erasure
from desktop_crm.domain.errors import N_, CrmError, FileRefused, reason
from desktop_crm.storage import backup, database, encryption, erasing, erasures
from desktop_crm.storage.holdings import record

_NEWEST = 2**31
_PART = ".erasing.part"
_FAILED = N_("{path} could not be rewritten without the person: {reason}. It is as it was; delete it, or mend what is "
             "wrong and open the file again.")


def copies(file: Path, second: Path | None = None) -> list[Path]:
    """The closed copies of a business file that this program has made, in both places and beside the file."""
    source = (str(file), str(file.resolve()))
    found = []
    for folder in (paths.backups(), second):
        for place in sorted(folder.glob("*.crm")) if folder is not None and folder.is_dir() else ():
            noted = backup.read_manifest(backup.manifest(place))
            if noted is None or noted.source in source or not Path(noted.source).exists():
                found.append(place)
    return [*found, *sorted(file.parent.glob(f"{glob.escape(file.stem)}-before-restore-*{file.suffix}"))]


def sweep(file: Path, second: Path | None = None) -> None:
    """Take away copies that a backup, a restore or a rewriting of this file has left half-made when it was killed."""
    stem = glob.escape(file.stem)
    for folder, pattern in ((paths.backups(), f"{stem}-*.part*"), (second, f"{stem}-*.part*"),
                            (file.parent, f"{stem}-before-restore-*{_PART}*"),
                            (file.parent, f"{glob.escape(file.name)}.*.part")):
        for part in folder.glob(pattern) if folder is not None and folder.is_dir() else ():
            part.unlink(missing_ok=True)


def rewrite(place: Path, erasure: Erasure) -> bool:
    """Take the person out of one closed copy; whether there was anything of them. FileRefused if it cannot be."""
    part = place.with_name(place.name + _PART)
    noted = backup.read_manifest(backup.manifest(place))
    try:
        backup.put_described(part, place)
        fold_log_in(place)
        if not _concerned(place, erasure):
            return False
        backup.refuse_changed(place, noted)
        _replaced(place, part, noted, erasure)
    except (OSError, driver.DatabaseError, CrmError) as error:
        raise FileRefused(_FAILED, path=str(place), reason=reason(error)) from error
    finally:
        with suppress(OSError):
            part.unlink(missing_ok=True)
    return True


def _replaced(place: Path, part: Path, noted: Backup | None, erasure: Erasure) -> None:
    """Strike a copy, look it over, and put it with its manifest in the place of the old one."""
    shutil.copyfile(place, part)
    before = _sums(part)
    _struck(part, [erasure])
    _compared(part, before, erasure)
    backup.sync(part)
    backup.put(part, place, noted, None if noted is None else described(part, noted))


def without_erased(part: Path) -> None:
    """Take out of a copy that is about to be restored everybody whom the ledger names; FileRefused if it cannot be."""
    found = erasures.known()
    try:
        with closing(encryption.at_rest(part)) as raw:
            wanted = [item for item in found if erasing.holds(raw, item)]
        if wanted:
            _struck(part, wanted)
            backup.sync(part)
    except (OSError, driver.DatabaseError) as error:
        raise FileRefused(_FAILED, path=str(part), reason=reason(error)) from error


def has(place: Path, erasure: Erasure) -> bool:
    """Whether a closed copy has the person, or cannot be asked."""
    try:
        return _concerned(place, erasure)
    except (OSError, driver.DatabaseError, CrmError):
        return True


def waits(place: Path, erasure: Erasure) -> bool:
    """Whether a closed copy that can be read has the person still; no for one under a password that nobody gave."""
    try:
        return place.with_name(place.name + _PART).exists() or _concerned(place, erasure)
    except (OSError, driver.DatabaseError, CrmError):
        return False


def _concerned(place: Path, erasure: Erasure) -> bool:
    database.look(place, _NEWEST)
    with closing(encryption.at_rest(place)) as raw:
        return erasing.holds(raw, erasure)


def fold_log_in(place: Path) -> None:
    """A file that a restore has kept may have its log beside it: it is folded in, so that the file alone is whole."""
    if place.with_name(place.name + "-wal").exists():
        key = encryption.known(encryption.salt_of(place) or b"")
        with closing(database.connect(place, key=key.pragma if key is not None else None)) as raw:
            raw.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _struck(part: Path, wanted: list[Erasure]) -> None:
    """Strike a copy that nobody else sees; what is half done is thrown away by the caller."""
    with closing(encryption.at_rest(part, writing=True)) as raw:
        for pragma in ("journal_mode=MEMORY", "synchronous=OFF", "secure_delete=ON", "foreign_keys=ON",
                       "temp_store=MEMORY", "trusted_schema=OFF"):
            raw.execute(f"PRAGMA {pragma}")
        for item in wanted:
            erasing.strike(raw, item)
        raw.execute("VACUUM")
        raw.execute("PRAGMA journal_mode=DELETE")


def _sums(path: Path) -> dict[str, int]:
    with closing(encryption.at_rest(path)) as raw:
        return backup.measured(raw)[1]


def _compared(part: Path, before: dict[str, int], erasure: Erasure) -> None:
    """OSError unless the copy is whole, says that the person was erased, and its money is what it was."""
    with closing(encryption.at_rest(part)) as raw:
        found = database.check(raw)
        kept = {key: value for key, value in before.items() if not key.startswith("customers.")}
        after = backup.measured(raw)[1]
        if not erasing.erased(raw, erasure.uid) or record(raw, "contacts", erasure.uid) is not None:
            found.append("the person is still in it")
        found += [f"{key} differs" for key, value in kept.items() if after.get(key) != value]
    if found:
        raise OSError(found[0])


def described(part: Path, noted: Backup) -> Backup:
    """What the manifest says of the rewritten copy; it goes on from the same piece of work."""
    with closing(encryption.at_rest(part)) as raw:
        counts, sums, _, _ = backup.measured(raw)
        sums = {} if encryption.key_of(raw) is not None else sums
    return replace(noted, sha256=backup.sha256(part), counts=counts, sums=sums, bytes=part.stat().st_size,
                   verified=True, problem="")
