"""Conditions in the user's words: what can be asked for in a file, how a value is typed, how a condition is told."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from desktop_crm.domain import condition_phrases as phrases
from desktop_crm.domain.condition_fields import ASKED, FIRST, TESTS, Asked, Given, Type
from desktop_crm.domain.conditions import MOST_DAYS, Condition, Group, conditions, span
from desktop_crm.domain.custom_fields import CustomField
from desktop_crm.domain.custom_fields import key as own_key
from desktop_crm.domain.errors import N_, InvalidInput, N_count
from desktop_crm.domain.values import fold, plain_digits
from desktop_crm.i18n import Language
from desktop_crm.services import business, custom_fields
from desktop_crm.services.book import Book

Option = tuple[str | int, str]
_DAYS = {"last_days": N_count("in the last day", "in the last {n} days"),
         "next_days": N_count("in the next day", "in the next {n} days"),
         "days_ago": N_count("a day ago or longer", "{n} days ago or longer")}
_SAID = {
    "has": N_("contains {value}"), "has_not": N_("without {value}"), "is_not": N_("not {value}"),
    "starts": N_("begins with {value}"), "none_of": N_("none of {value}"), "at_least": N_("at least {value}"),
    "at_most": N_("at most {value}"), "before": N_("before {value}"), "from": N_("from {value}"),
}
_LINKS = ("sellers", "sources", "tags", "campaigns")


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """What customers of a file can be asked for, by key, and the options of the fields that are chosen from."""

    book: Book
    words: Language
    fields: dict[str, Asked]
    links: dict[str, tuple[Option, ...]]

    def options(self, asked: Asked) -> tuple[Option, ...]:
        """What a field can be: (code or id, its words)."""
        if asked.link:
            return self.links[asked.link]
        say = str if _is_own(asked) else self.words.say
        return tuple((code, say(title)) for code, title in asked.choices.items())

    def option(self, asked: Asked, value: object) -> str:
        """The words of what a field can be; of an own field's choice also when it is offered no longer."""
        names: dict[object, str] = dict(self.options(asked))
        return names.get(value, str(value) if _is_own(asked) else "…")

    def title(self, asked: Asked) -> str:
        """A field's title in the window's language; an own field is called what its owner called it."""
        return asked.title if _is_own(asked) else self.words.say(asked.title)

    def asks(self, part: Condition) -> bool:
        """Whether a condition asks for a field, by a test, that there is, with a value that the test is given."""
        asked = self.fields.get(part.field)
        test = TESTS[asked.type].get(part.test) if asked is not None else None
        if asked is None or test is None:
            return False
        if test.given is Given.NOTHING:
            return True
        if test.given is Given.SOME:
            return isinstance(part.value, tuple)
        if asked.type in (Type.DATE, Type.BIRTHDAY):
            return span(part.test, part.value, self.book.today()) is not None
        values = part.value if isinstance(part.value, tuple) else (part.value,)
        kind = str if asked.type is Type.TEXT else (int, float)
        return len(values) == (2 if test.given is Given.TWO else 1) and all(
            isinstance(value, kind) for value in values)

    # --- told -----------------------------------------------------------------------------------------------------

    def said(self, part: Condition | Group) -> str:
        """A condition, or a group, in a few words: "Region: Johor", "(Heat: Hot or Starred: yes)"."""
        if isinstance(part, Group):
            return f"({self.listed(part)})"
        asked = self.fields.get(part.field)
        if asked is None:
            return self.words.say(N_("A field that is no longer there"))
        return f"{self.title(asked)}: {self._rest(asked, part) if self.asks(part) else '…'}"

    def listed(self, group: Group) -> str:
        """The conditions of a group with "and" or "or" between."""
        between = self.words.say(N_("and")) if group.all else self.words.say(N_("or"))
        return f" {between} ".join(map(self.said, group.parts))

    def _rest(self, asked: Asked, part: Condition) -> str:
        if part.test in _DAYS and isinstance(part.value, int):
            return self.words.count(*_DAYS[part.test], part.value)
        test = TESTS[asked.type].get(part.test)
        if test is not None and test.given is Given.NOTHING:
            return self.words.say(test.title)
        value = self._values(asked, part)
        return self.words.say(_SAID[part.test], value=value) if part.test in _SAID else value

    def _values(self, asked: Asked, part: Condition) -> str:
        values = part.value if isinstance(part.value, tuple) else (part.value,)
        if part.test in ("one_of", "none_of"):
            return self.words.joined(self.option(asked, value) for value in values)
        return " – ".join(self.written(asked, value) for value in values)

    def written(self, asked: Asked, value: object) -> str:
        """One value as people write it: an amount, a number, a day or a text."""
        if value is None:
            return ""
        if asked.type is Type.MONEY and isinstance(value, int):
            return self.words.money(value, self.book.currency, symbol=False)
        if asked.type is Type.DATE and isinstance(value, str):
            return self.words.day(date.fromisoformat(value))
        return self.words.number(value) if isinstance(value, (int, float)) else str(value)

    # --- read -----------------------------------------------------------------------------------------------------

    def condition(self, asked: Asked, test: str, typed: Sequence[str]) -> Condition:
        """A condition with its values as typed: texts, amounts, days in words, names of choices.

        InvalidInput, in words for the row that it is typed in, for a value that does not fit or is missing.
        """
        given = TESTS[asked.type][test].given
        if given is Given.NOTHING:
            return Condition(asked.key, test)
        if given is Given.SOME:
            return Condition(asked.key, test, tuple(dict.fromkeys(self._option(asked, name) for name in typed)))
        values = tuple(self._value(asked, given, text) for text in typed)
        if given is Given.TWO:
            return Condition(asked.key, test, tuple(sorted(values, key=lambda value: (isinstance(value, str), value))))
        return Condition(asked.key, test, values[0])

    def _option(self, asked: Asked, name: str) -> str | int:
        english = {fold(title): code for code, title in asked.choices.items()}
        known: dict[str, str | int] = {fold(said): value for value, said in reversed(self.options(asked))}
        known = {**english, **{fold(code): code for code in asked.choices}, **known}
        if fold(name) not in known:
            raise InvalidInput(N_("“{value}” is not a choice for {field}. There are: {names}."), asked.key, value=name,
                               field=self.title(asked), names=", ".join(said for _, said in self.options(asked)))
        return known[fold(name)]

    def _value(self, asked: Asked, given: Given, typed: str) -> str | int | float:
        if not typed.strip():
            raise InvalidInput(N_("Say what to look for."), asked.key)
        if given is Given.DAYS:
            return self._days(asked, typed)
        return _READERS.get(asked.type, Vocabulary._text)(self, asked, typed)

    def _days(self, asked: Asked, typed: str) -> int:
        number = plain_digits(typed).strip()
        if not number.isdecimal() or not 0 < int(number) <= MOST_DAYS:
            raise InvalidInput(N_("“{value}” is not a number of days. Write one like 30."), asked.key, value=typed)
        return int(number)

    def _text(self, asked: Asked, typed: str) -> str:
        return typed.strip()[:1000]

    def _money(self, asked: Asked, typed: str) -> int:
        amount = self.words.read_money(typed, self.book.currency)
        if amount is None:
            raise InvalidInput(N_("Say what to look for."), asked.key)
        return amount

    def _number(self, asked: Asked, typed: str) -> int | float:
        number = self.words.read_number(typed)
        if number is None or abs(number) >= 10**15:
            raise InvalidInput(N_("“{value}” does not fit {field}."), asked.key, value=typed, field=self.title(asked))
        return int(number) if number == int(number) else float(number)

    def _day(self, asked: Asked, typed: str) -> str:
        from desktop_crm.services import quick_add  # the grammar of dates in words: not before one is typed

        day = quick_add.read_day(self.book, self.words, typed)
        if day is None or not 1800 <= day.year <= 2300:
            raise InvalidInput(N_("“{value}” is not a day of the calendar."), asked.key, value=typed)
        return day.isoformat()

    def parsed(self, line: str) -> Group:
        """The conditions of a line (domain/condition_phrases); InvalidInput for what cannot be read or understood."""
        found = phrases.parse(line)
        return Group(found.all, tuple(map(self._meant, found.parts)))

    def _meant(self, part: phrases.Said | phrases.Both) -> Condition | Group:
        if isinstance(part, phrases.Both):
            return Group(part.all, tuple(map(self._meant, part.parts)))
        asked = self._field(part.field)
        found = _meaning(asked, part)
        if found.test not in TESTS[asked.type]:
            raise InvalidInput(N_("{field} has no test “{test}”. There are: {tests}."), "where", field=asked.key,
                               test=part.test.replace("_", " "),
                               tests=", ".join(test.replace("_", " ") for test in TESTS[asked.type]))
        made = [self._made(asked, found.test, part, values) for values in found.values]
        if found.strict:  # more than, less than: that and not equal to it
            made.append(Condition(asked.key, "is_not", made[0].value))
        return made[0] if len(made) == 1 else Group(found.all, tuple(made))

    def _made(self, asked: Asked, test: str, part: phrases.Said, values: tuple[str, ...]) -> Condition:
        made = self.condition(asked, test, values)
        after = asked.type is Type.DATE and part.test in ("more", "at_most")
        if after and isinstance(made.value, str):  # after a day, or up to it: from, or before, the next one
            return Condition(made.field, test, (date.fromisoformat(made.value) + timedelta(days=1)).isoformat())
        return made

    def _field(self, name: str) -> Asked:
        wanted = fold(name)
        for asked in self.fields.values():
            if wanted in (asked.key, fold(asked.title), fold(self.title(asked))):
                return asked
        raise InvalidInput(N_("There is no field “{name}”. There are: {names}."), "where", name=name,
                           names=", ".join(self.fields))


_READERS: dict[Type, Callable[[Vocabulary, Asked, str], str | int | float]] = {
    Type.MONEY: Vocabulary._money, Type.NUMBER: Vocabulary._number, Type.DATE: Vocabulary._day,
}


@dataclass(frozen=True, slots=True)
class _Meaning:
    """What the words of a test mean for a type: one condition with these values, or one for each of several."""

    test: str
    values: tuple[tuple[str, ...], ...]
    all: bool = True
    strict: bool = False


_CHOSEN = {"is": "one_of", "has": "one_of", "is_not": "none_of", "has_not": "none_of"}
_DATED = {"is": "on", "at_least": "from", "more": "from", "less": "before", "at_most": "before"}
_YES = {"yes": "yes", "true": "yes", "1": "yes", "no": "no", "false": "no", "0": "no"}


def _meaning(asked: Asked, part: phrases.Said) -> _Meaning:
    one = (part.values,)
    if asked.type in (Type.CHOICE, Type.LINK):
        return _Meaning(_CHOSEN.get(part.test, part.test), one)
    if asked.type is Type.DATE:
        return _Meaning(_DATED.get(part.test, part.test), one)
    if asked.type is Type.YES_NO and part.test in ("is", "is_not") and part.values[0].lower() in _YES:
        said = _YES[part.values[0].lower()]
        return _Meaning(said if part.test == "is" else {"yes": "no", "no": "yes"}[said], ((),))
    if part.test in ("more", "less") and asked.type in (Type.MONEY, Type.NUMBER):
        return _Meaning("at_least" if part.test == "more" else "at_most", one, strict=True)
    if part.test in ("one_of", "none_of") and asked.type in (Type.TEXT, Type.NUMBER, Type.MONEY):
        each = tuple((value,) for value in part.values)
        return _Meaning("is" if part.test == "one_of" else "is_not", each, all=part.test == "none_of")
    return _Meaning(part.test, one)


def vocabulary(book: Book, words: Language) -> Vocabulary:
    """What customers of this file can be asked for, own fields included, in a language."""
    links: dict[str, tuple[Option, ...]] = {
        kind: tuple((choice.id, choice.name) for choice in business.choices(book, kind)) for kind in _LINKS}
    own = (_asked(field) for field in custom_fields.listed(book, "customers"))
    return Vocabulary(book, words, {**ASKED, **{asked.key: asked for asked in own}}, links)


_OWN_TYPES = {"number": Type.NUMBER, "money": Type.MONEY, "date": Type.DATE, "choice": Type.CHOICE,
              "yes_no": Type.YES_NO}


def _asked(field: CustomField) -> Asked:
    """A field of the business's own as one that can be asked for."""
    return Asked(own_key(field), field.name, _OWN_TYPES.get(field.type, Type.TEXT),
                 {choice: choice for choice in field.choices})


def _is_own(asked: Asked) -> bool:
    return asked.key.startswith("own:")


def offered(known: Vocabulary) -> list[tuple[str, str]]:
    """The fields as (key, title): those that are asked for most, then the others by title."""
    rest = sorted((key for key in known.fields if key not in FIRST),
                  key=lambda key: fold(known.title(known.fields[key])))
    return [(key, known.title(known.fields[key])) for key in (*FIRST, *rest)]


def tables(group: Group | None) -> set[str]:
    """The tables whose changes may change who passes."""
    asked = (ASKED.get(part.field) for part in conditions(group)) if group is not None else ()
    return {table for found in asked for table in (found.tables if found else ("customers",))}
