"""The words of a page (HTML) in an e-mail, line by line: cells of a row beside each other, quoted letters marked."""

from __future__ import annotations

import re
from html import unescape

_TAG = re.compile(r"<(/?[a-zA-Z][a-zA-Z0-9]{0,20})")
_MARKUP = re.compile(r"<[a-zA-Z/!?]")
_SILENT = frozenset({"script", "style", "head", "title"})
_BREAKS = frozenset({"br", "p", "div", "li", "ul", "ol", "hr", "h1", "h2", "h3", "h4", "h5", "h6", "dl", "pre"})
_CELL, _ROW, _OPEN, _CLOSE = "\t", "\v", "\x0e", "\x0f"
_SIGNS = {"td": _CELL, "th": _CELL, "dd": _CELL, "tr": _ROW, "/tr": _ROW, "dt": _ROW, "/dl": _ROW, "table": _ROW,
          "/table": _ROW, "blockquote": f"\n{_OPEN}", "/blockquote": f"{_CLOSE}\n"}
_LABEL = 40


def words_of(page: str) -> str:
    """The words of a page; one pass, whatever is left open in it.

    A row of two cells becomes "first: second", as forms on web pages send what was filled in; what is quoted has a
    ">" before each line, as in an e-mail of plain text.
    """
    words: list[str] = []
    place, silent = 0, ""
    while place < len(page):
        begin = page.find("<", place)
        text = page[place:begin if begin >= 0 else None]
        if not silent:
            words.append(re.sub(r"[\s\x0e\x0f]+", " ", unescape(text)))
        if begin < 0:
            break
        if not _MARKUP.match(page, begin):  # "fewer < more"
            words.append("" if silent else "<")
            place = begin + 1
            continue
        tag = _TAG.match(page, begin)
        mark = "-->" if page.startswith("<!--", begin) else ">"
        end = page.find(mark, begin + len(mark))
        if end < 0:
            break
        name = tag[1].lower() if tag else ""
        if silent:
            silent = "" if name == f"/{silent}" else silent
        elif name in _SILENT:
            silent = name
        elif name in _SIGNS:
            words.append(_SIGNS[name])
        elif name.strip("/") in _BREAKS:
            words.append("\n")
        place = end + len(mark)
    return _lines("".join(words))


def _lines(words: str) -> str:
    text = _CELL.join(part.strip(" \n") for part in words.split(_CELL))
    text = "\n".join(filter(None, (part.strip(" \n") for part in text.split(_ROW))))
    found: list[str] = []
    depth = 0
    for line in text.split("\n"):
        depth += line.count(_OPEN)
        bare = _row(line.replace(_OPEN, "").replace(_CLOSE, ""))
        found += [f"> {part}" if depth else part for part in bare.split("\n")]
        depth = max(0, depth - line.count(_CLOSE))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(found)).strip()


def _row(line: str) -> str:
    """A row of cells in one line; of two of them, where the first one does not name the second, each in its own."""
    cells = [text for cell in line.split(_CELL) if (text := cell.strip())]
    if len(cells) == 2 and len(cells[0]) <= _LABEL and cells[0][-1] not in ".!?。！？,":
        return f"{cells[0].rstrip(' :：')}: {cells[1]}"
    return " | ".join(cells) if len(cells) > 2 else "\n".join(cells)
