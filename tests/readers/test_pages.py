"""The words of pages in e-mails: what stands beside what, and whose words they are."""

from __future__ import annotations

import pytest

from desktop_crm.readers.pages import words_of


@pytest.mark.parametrize(("page", "words"), [
    ("<table><tr><td>Name</td><td>Ali</td></tr><tr><th>Phone:</th><td><p>012-345</p></td></tr></table>",
     "Name: Ali\nPhone: 012-345"),
    ("<table><tr><td><p>Message</p></td><td><p>one</p><p>two</p></td></tr></table>", "Message: one\n\ntwo"),
    ("<dl><dt>Name</dt><dd>Ali</dd><dt>Phone<dd>012</dl>after", "Name: Ali\nPhone: 012\nafter"),
    ("<tr><td>Chair</td><td>2</td><td>RM 10</td></tr>", "Chair | 2 | RM 10"),
    ("<tr><td>This is all.</td><td>Really</td></tr>", "This is all.\nReally"),
    ("<ul><li>one</li><li>two</ul>three<hr>four", "one\n\ntwo\nthree\nfour"),
    ("<p>5 < 6 and 7 > 3</p>", "5 < 6 and 7 > 3"),
    ("Yes<blockquote>On Friday, Shop wrote:<div>buy <b>now</b></div></blockquote>Ali",
     "Yes\n> On Friday, Shop wrote:\n> buy now\n> \nAli"),
    ("<!--[if mso]><p>no</p><![endif]-->a&nbsp;b<script>1 < 2</script>", "a b"),
    ("open<td", "open"),
])
def test_words(page: str, words: str) -> None:
    assert words_of(page) == words
