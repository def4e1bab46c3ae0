"""Every test runs without a screen and away from the user's own folders; each process of tests has its own home."""

from __future__ import annotations

import atexit
import os
import tempfile
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
if "DESKTOP_CRM_HOME" not in os.environ:
    _home = tempfile.TemporaryDirectory(prefix="desktop-crm-tests-")
    atexit.register(_home.cleanup)
    os.environ["DESKTOP_CRM_HOME"] = _home.name
elif _worker := os.environ.get("PYTEST_XDIST_WORKER"):
    # Workers inherit one home. An erasure in one sweeps half-made backups of files of the same name, and the import in
    # another whose backup that was is refused.
    os.environ["DESKTOP_CRM_HOME"] = str(Path(os.environ["DESKTOP_CRM_HOME"]) / _worker)
