"""What the tests' own killing tells of a process: all of its words, however it ended."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.killing import killed


def test_a_word_that_was_cut_off_from_its_line_is_told_and_waited_for_no_longer(tmp_path: Path) -> None:
    """A process that wrote a word and was killed before the line's end once let a campaign stand still for good."""
    said = "import sys, time; print('1', flush=True); sys.stdout.write('2'); sys.stdout.flush(); time.sleep(60)"
    assert killed(said, tmp_path, 0.3) == ["1", "2"]
    assert killed("print('3', flush=True); import time; time.sleep(60)", tmp_path, 0.0) == ["3"]


def test_what_fails_by_itself_fails_the_test(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(AssertionError, match="see stderr"):
        killed("raise ValueError('broken')", tmp_path, 0.0)
