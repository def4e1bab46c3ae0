"""Every test runs without a screen and away from the user's own folders."""

from __future__ import annotations

import atexit
import os
import tempfile

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
if "DESKTOP_CRM_HOME" not in os.environ:
    _home = tempfile.TemporaryDirectory(prefix="desktop-crm-tests-")
    atexit.register(_home.cleanup)
    os.environ["DESKTOP_CRM_HOME"] = _home.name
