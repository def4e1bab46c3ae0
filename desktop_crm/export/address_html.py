"""An address book as one web page that needs nothing else: readable on any phone, searchable, never editable.

Names are text whatever they hold; nothing is loaded from anywhere, and the page's own rules forbid it.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Callable, Iterable
from html import escape
from pathlib import Path

from desktop_crm import paths
from desktop_crm.domain.cards import LABELS, AddressBook, Card, Entry, Way
from desktop_crm.domain.errors import N_
from desktop_crm.export.address_words import birthday, line_of, said, who
from desktop_crm.export.cells import sound
from desktop_crm.i18n import Language, language

_PHOTO_BYTES = 200_000  # of a picture that the page carries
_SHOWN = ("image/jpeg", "image/png", "image/gif", "image/webp")
_POLICY = "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; img-src data:"
_STYLE = """
:root{--ink:#1b2126;--dim:#56606a;--line:#e1e4e8;--paper:#fff;--ground:#f6f7f8;--accent:#0b7a75}
@media(prefers-color-scheme:dark){:root{--ink:#e6eaed;--dim:#a3adb6;--line:#30373d;--paper:#1c2125;--ground:#15191c;
--accent:#4cc2bb}}
*{box-sizing:border-box}body{margin:0;background:var(--ground);color:var(--ink);line-height:1.5;
font:15px/1.5 system-ui,"Noto Sans","Noto Sans CJK SC","Noto Sans Tamil","Noto Sans Devanagari",sans-serif}
header{position:sticky;top:0;background:var(--paper);border-bottom:1px solid var(--line);padding:12px 16px}
h1{font-size:19px;margin:0 0 2px}header p{margin:0 0 8px;color:var(--dim);font-size:13px}
input{width:100%;max-width:560px;padding:9px 12px;font:inherit;color:inherit;background:var(--ground);
border:1px solid #7c868e;border-radius:6px}input:focus{outline:2px solid var(--accent)}
main{max-width:860px;margin:0 auto;padding:12px 16px 40px}article{background:var(--paper);overflow-wrap:anywhere;
border:1px solid var(--line);border-radius:8px;padding:12px 16px;margin:0 0 10px}
h2{font-size:16px;margin:0}h3{font-size:14px;margin:10px 0 0}section{border-inline-start:3px solid var(--line);
padding-inline-start:12px}img{float:inline-end;max-width:72px;max-height:72px;border-radius:6px;margin-inline-start:12px}
p{margin:2px 0}.dim{color:var(--dim);font-size:13px}.note{white-space:pre-wrap}a{color:var(--accent);
text-decoration:none}bdi{unicode-bidi:isolate}[hidden]{display:none}
@media print{header{position:static}input{display:none}article{break-inside:avoid}}
"""
_SCRIPT = """
"use strict";
const field=document.querySelector("input"),told=document.querySelector("#told"),all=told.textContent;
const fold=text=>text.normalize("NFKD").replace(/[\\u0300-\\u036f]/g,"").toLowerCase();
const cards=[...document.querySelectorAll("article")].map(card=>{const text=fold(card.textContent);
return{card,text,digits:text.replace(/\\D/g,"")}});
field.addEventListener("input",()=>{const words=fold(field.value).split(/\\s+/).filter(Boolean);
const digits=field.value.replace(/\\D/g,"");let shown=0;
const number=digits.length>3&&!/[^\\d\\s+().-]/.test(field.value);
for(const one of cards){const hit=words.every(word=>one.text.includes(word))||(number&&one.digits.includes(digits));
one.card.hidden=!hit;shown+=hit}
told.textContent=words.length?shown+" / "+cards.length:all});
"""


def write_html(book: AddressBook, entries: Iterable[Entry], path: Path, step: Callable[[], None] | None = None) -> None:
    """Write an address book as one read-only page, whole or not at all; `step` hears of each entry and may raise."""
    words = language(book.language)

    def fill(part: Path) -> None:
        with part.open("w", encoding="utf-8", newline="\n") as file:
            file.write(_head(book, words))
            for entry in entries:
                file.write(_article(entry, words))
                if step is not None:
                    step()
            file.write(f"</main>\n<script>{_SCRIPT}</script>\n</body>\n</html>\n")

    paths.whole(path, fill)


def _head(book: AddressBook, words: Language) -> str:
    way = "rtl" if words.right_to_left else "ltr"
    told = words.count(N_("{n} entry"), N_("{n} entries"), book.count)
    return (f'<!DOCTYPE html>\n<html lang="{book.language.replace("_", "-")}" dir="{way}">\n<head>\n'
            f'<meta charset="utf-8">\n<meta http-equiv="Content-Security-Policy" content="{_POLICY}">\n'
            '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
            '<meta name="referrer" content="no-referrer">\n<meta name="robots" content="noindex">\n'
            f"<title>{_text(book.title)}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n<header>\n"
            f"<h1>{_text(book.title)}</h1>\n<p>{_text(' · '.join(filter(None, (book.business, book.made))))} · "
            f'<span id="told">{_text(told)}</span></p>\n'
            f'<input type="search" autofocus aria-label="{_text(words.say(N_("Search")))}" '
            f'placeholder="{_text(words.say(N_("Name, number, place …")))}">\n</header>\n<main>\n')


def _article(entry: Entry, words: Language) -> str:
    people = "".join(f"<section>\n<h3>{_name(person.name)}</h3>\n{_body(person, words, below=True)}</section>\n"
                     for person in entry.people)
    return (f"<article>\n{_photo(entry.card)}<h2>{_name(entry.card.name)}</h2>\n"
            f"{_body(entry.card, words)}{people}</article>\n")


def _body(card: Card, words: Language, below: bool = False) -> str:
    head = " · ".join(who(card, below))
    lines = [f'<p class="dim">{_name(head)}</p>'] if head else []
    if card.ways:
        lines.append("<p>" + "<br>".join(_way(way, words) for way in card.ways) + "</p>")
    lines += [f"<p>{_labelled(place.label, _name(line_of(place)), words)}</p>" for place in card.places]
    if card.birthday:
        lines.append(f"<p>{_labelled(words.say(N_('Birthday')), _text(birthday(card.birthday, words)), words)}</p>")
    if card.note:
        lines.append(f'<p class="note" dir="auto">{_text(card.note)}</p>')
    if card.tags:
        lines.append(f'<p class="dim">{_name(" · ".join(card.tags))}</p>')
    return "".join(f"{line}\n" for line in lines)


def _way(way: Way, words: Language) -> str:
    """A way to reach someone; numbers and e-mails can be tapped."""
    shown = _name(way.value)
    if way.kind == "phone" and re.search(r"\d{3}", way.value):
        shown = f'<a href="tel:{re.sub(r"(?!^[+])[^0-9]", "", way.value.split(" ext")[0].strip())}">{shown}</a>'
    elif way.kind == "email" and re.fullmatch(r"[\w.+%-]+@[\w.-]+", way.value):
        shown = f'<a href="mailto:{escape(way.value)}">{shown}</a>'
    name = said(way, words)
    return _labelled(name, shown, words)


def _labelled(label: str, value: str, words: Language) -> str:
    shown = words.say(LABELS.get(label, label)) if label else ""
    return f'<span class="dim">{_name(shown)}</span> {value}' if shown else value


def _photo(card: Card) -> str:
    photo = card.photo
    if photo is None or len(photo.data) > _PHOTO_BYTES or photo.media_type not in _SHOWN:
        return ""
    return f'<img alt="" src="data:{photo.media_type};base64,{base64.b64encode(photo.data).decode()}">\n'


def _name(text: str) -> str:
    """A text of unknown direction, which turns nothing around it."""
    return f'<bdi dir="auto">{_text(text)}</bdi>'


def _text(text: str) -> str:
    return escape(sound(text))
