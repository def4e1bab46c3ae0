"""Programs that are killed in the middle of their work, as by a power cut: kill -9 at a moment that a test chooses."""

from __future__ import annotations

import atexit
import json
import os
import signal
import subprocess
import sys
import time
from functools import cache
from pathlib import Path

STALLED = 60
"""Seconds after which a process that was not killed is taken for one that stands still."""
_NURSERY = """
import faulthandler, json, os, sys, traceback
import phonenumbers
from desktop_crm.services import conversion, erasing, handover, importing, merging, sales
from desktop_crm.services.book import warm_up
warm_up()
stalled = int(sys.argv[1])
for line in sys.stdin:
    asked = json.loads(line)
    child = os.fork()
    if not child:
        os.environ.update(asked["home"])
        sys.argv = ["-c", asked["path"]]
        faulthandler.dump_traceback_later(stalled, exit=True)  # one that stands still says where, and the test fails
        print(os.getpid(), flush=True)
        try:
            exec(asked["code"], {"__name__": "__main__"})
        except BaseException:
            traceback.print_exc()
            print("failed", flush=True)
        os.read(0, 1)  # it ends by being killed, or with the test
        os._exit(1)
    os.waitpid(child, 0)
    print("\\ngone", flush=True)  # on its own line: the child may have been killed between a word and its end
"""


@cache
def _nursery() -> subprocess.Popen[str]:
    """A process that has loaded the program and opened no file: its children are there at once."""
    process = subprocess.Popen([sys.executable, "-c", _NURSERY, str(STALLED)], text=True,
                               stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    atexit.register(process.communicate)
    return process


def killed(code: str, path: Path, after: float) -> list[str]:
    """Run `code` on the file in a process of its own, kill it `after` seconds from its first line; what it had said.

    It fails the test if the code failed by itself.
    """
    nursery = _nursery()
    assert nursery.stdin is not None and nursery.stdout is not None
    home = {name: value for name, value in os.environ.items() if name == "DESKTOP_CRM_HOME"}
    nursery.stdin.write(json.dumps({"code": code, "path": str(path), "home": home}) + "\n")
    nursery.stdin.flush()
    child = int(_words(nursery)[0])
    said = _words(nursery)
    assert said != ["gone"], f"nothing came of it within {STALLED} s, see stderr"
    time.sleep(after)  # a random moment is what is tested
    os.kill(child, signal.SIGKILL)
    while (words := _words(nursery)) != ["gone"]:
        said += words
    assert "failed" not in said, "it failed by itself, see stderr"
    return said


def _words(nursery: subprocess.Popen[str]) -> list[str]:
    """The next line that says something."""
    assert nursery.stdout is not None
    while not (words := (line := nursery.stdout.readline()).split()):
        assert line, "the processes to be killed are gone"
    return words
