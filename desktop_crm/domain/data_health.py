"""How good a file's data is: the fields that are wanted and their weights, the kinds of findings, the score."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Literal

from desktop_crm.domain.adherence import Adherence
from desktop_crm.domain.errors import N_

DEAD_MONTHS = 12
"""After so many months without an activity, a deal or a payment, an account is dead."""
STALE_DAYS = 180
"""After so many days without any of them, and without having been verified, a record is stale."""
HANDFUL = 5
"""So many stale records are offered to be verified each day."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """A field that a customer should have; `weight` is its importance, `only` the one kind that it is wanted of."""

    key: str
    title: str
    weight: int
    only: str = ""


WANTED = (
    Wanted("reach", N_("A way to reach them"), 30),
    Wanted("seller", N_("Seller"), 15),
    Wanted("place", N_("City or address"), 15),
    Wanted("contact", N_("A contact person"), 10, "company"),
    Wanted("source", N_("Source"), 10),
    Wanted("industry", N_("Industry"), 10, "company"),
    Wanted("country", N_("Country"), 5),
    Wanted("region", N_("Region"), 5),
)
"""The wanted fields by importance: 100 points of a company, 80 of a person.

A way to reach them is an e-mail, a phone or a messenger that can be used, of the customer or of a contact; which one
does not matter, so that who has no e-mail loses nothing.
"""


def back(day: date, months: int) -> date:
    """The same day of the month so many months before, or that month's last."""
    month = day.year * 12 + day.month - 1 - months
    first = date(month // 12, month % 12 + 1, 1)
    return first + timedelta(min(day.day, monthrange(first.year, first.month)[1]) - 1)


def since(kind: str, today: date) -> date:
    """The day from which on a record of a kind of finding counts as alive (dead) or fresh (stale)."""
    return back(today, DEAD_MONTHS) if kind == "dead" else today - timedelta(days=STALE_DAYS)


def completeness(filled: int, wanted: int) -> int | None:
    """Indicator 42 in thousandths: filled ÷ wanted, both in points, half up; None where nothing is wanted."""
    return None if wanted <= 0 else (2000 * filled + wanted) // (2 * wanted)


def of_one(kind: str, lacking: Collection[str]) -> int:
    """The completeness of one customer of a kind (company, person) that lacks some wanted fields, in thousandths."""
    wanted = [item for item in WANTED if item.only in ("", kind)]
    filled = sum(item.weight for item in wanted if item.key not in lacking)
    return completeness(filled, sum(item.weight for item in wanted)) or 0


Group = Literal["fault", "odd", "quiet", "keep", "missing"]
Of = Literal["customers", "contacts", "deals", "payments", "products", "activities", "attachments"]


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of finding: of which records, what it means, and what its repair does ("" where only a person can)."""

    key: str
    title: str
    why: str
    group: Group
    of: Of = "customers"
    repair: str = ""


_UNREAD = N_("The number cannot be read in the business's country. What can be read in the customer's own country, or "
             "without the words beside it, is rewritten with its country code; the words are kept as its label.")
_NOTES = N_("Words stand beside the number. They become its label, and the number is written with its country code.")
_NO_EMAIL = N_("No mail can arrive there. Marks around the address and spaces in it are taken away; the rest is for "
               "you.")
_TYPO = N_("The name of a large mail service is misspelt; it is put right.")
_CASE = N_("Capital letters mean nothing in an e-mail address; it is written small.")
_SPACES = N_("Spaces before, behind or twice within the name hide a record from its own name; they are taken away.")
_CAPS = N_("A name in capitals alone looks shouted on papers. It is written as names are; look through the list first.")
_NUMBERED = N_("A phone number stands in the name. It becomes a phone of the record, and the name is freed of it.")
_LONG = N_("Nothing happened with them for longer than the settings say, and nothing is open. Keep them for a reason, "
           "or erase them: no undo brings back who is erased.")
_ENDED = N_("All that they agreed to is taken back. Is there still a reason to keep what is held about them? If not, "
            "erase them: no undo brings back who is erased.")
_ANOTHER = N_("Keep another year")

KINDS: tuple[Kind, ...] = (
    Kind("phone_format", N_("Phones that cannot be read"), _UNREAD, "fault", repair=N_("Write with country code")),
    Kind("contact_phone_format", N_("Contacts’ phones that cannot be read"), _UNREAD, "fault", "contacts",
         N_("Write with country code")),
    Kind("phone_notes", N_("Phones with words beside"), _NOTES, "fault", repair=N_("Move the words to the label")),
    Kind("contact_phone_notes", N_("Contacts’ phones with words beside"), _NOTES, "fault", "contacts",
         N_("Move the words to the label")),
    Kind("email_format", N_("E-mails that are none"), _NO_EMAIL, "fault", repair=N_("Take the marks away")),
    Kind("contact_email_format", N_("Contacts’ e-mails that are none"), _NO_EMAIL, "fault", "contacts",
         N_("Take the marks away")),
    Kind("email_typo", N_("Misspelt mail services"), _TYPO, "fault", repair=N_("Put right")),
    Kind("contact_email_typo", N_("Contacts’ misspelt mail services"), _TYPO, "fault", "contacts", N_("Put right")),
    Kind("email_case", N_("E-mails with capitals"), _CASE, "fault", repair=N_("Write small")),
    Kind("contact_email_case", N_("Contacts’ e-mails with capitals"), _CASE, "fault", "contacts", N_("Write small")),
    Kind("name_phone", N_("Phone in the name"), _NUMBERED, "fault", repair=N_("Move to the phones")),
    Kind("contact_name_phone", N_("Phone in a contact’s name"), _NUMBERED, "fault", "contacts",
         N_("Move to the phones")),
    Kind("name_spaces", N_("Needless spaces in the name"), _SPACES, "fault", repair=N_("Take the spaces away")),
    Kind("contact_name_spaces", N_("Needless spaces in a contact’s name"), _SPACES, "fault", "contacts",
         N_("Take the spaces away")),
    Kind("name_caps", N_("Names in capitals"), _CAPS, "fault", repair=N_("Write as names are")),
    Kind("contact_name_caps", N_("Contacts’ names in capitals"), _CAPS, "fault", "contacts",
         N_("Write as names are")),
    Kind("country_spelling", N_("Misspelt countries"),
         N_("One letter is wrong in the country’s name; it is put right."), "fault", repair=N_("Put right")),
    Kind("country_unknown", N_("Countries that are none"), N_("No country of this name is known."), "fault"),
    Kind("birthday_format", N_("Birthdays that cannot be"),
         N_("No day of the calendar, one that is still to come, or more than 120 years ago."), "fault"),
    Kind("deal_no_customer", N_("Deals without a customer"),
         N_("Nobody stands behind the deal, and it was no sale at the counter."), "odd", "deals"),
    Kind("deal_dates", N_("Deals closed before they began"), N_("The day of closing is before the day of creation."),
         "odd", "deals"),
    Kind("deal_no_amount", N_("Won deals without an amount"), N_("They count in no sum."), "odd", "deals"),
    Kind("payment_future", N_("Payments received in the future"), N_("The day of receipt has not come yet."), "odd",
         "payments"),
    Kind("payment_orphan", N_("Payments of nobody"), N_("Neither a customer nor a deal stands behind the money."),
         "odd", "payments"),
    Kind("activity_future", N_("Held in the future"), N_("A day that has not come yet, and marked as held."), "odd",
         "activities"),
    Kind("created_future", N_("Customers from the future"), N_("The day of creation has not come yet."), "odd"),
    Kind("price_below_cost", N_("Prices below cost"), N_("Each one that is sold loses money."), "odd", "products"),
    Kind("contact_gone", N_("Contacts who cannot be reached"),
         N_("They have e-mails or phones, and none of these can be used."), "odd", "contacts"),
    Kind("file_missing", N_("Attached files that are gone"),
         N_("What is in them no longer lies beside the business file. Copy its folder of files from a backup."), "odd",
         "attachments"),
    Kind("inactive_with_deals", N_("Inactive with open deals"),
         N_("The customer is set aside, and deals with them are still open."), "odd"),
    Kind("dead", N_("Dead accounts"),
         N_("Not inactive, older than 12 months, and in these no activity, deal or payment; no open deal or task "
            "either."), "quiet", repair=N_("Set inactive")),
    Kind("stale", N_("Not verified for long"),
         N_("Not inactive, and in 180 days no activity, deal or payment, nor has anyone said that it is still true."),
         "quiet", repair=N_("Still true")),
    Kind("deal_slow", N_("Slower than won deals"),
         N_("These open deals are longer in their stage than the median of the won deals was there."), "quiet",
         "deals"),
    Kind("retention", N_("Kept without contact"), _LONG, "keep", repair=_ANOTHER),
    Kind("contact_retention", N_("Contacts kept without contact"), _LONG, "keep", "contacts", _ANOTHER),
    Kind("consent_ended", N_("Consents taken back"), _ENDED, "keep", repair=_ANOTHER),
    Kind("contact_consent_ended", N_("Contacts’ consents taken back"), _ENDED, "keep", "contacts", _ANOTHER),
    Kind("missing_reach", N_("No way to reach them"), N_("Neither they nor a contact of theirs has an e-mail or phone "
                                                         "that can be used."), "missing"),
    Kind("missing_seller", N_("No seller"), N_("Nobody looks after them."), "missing"),
    Kind("missing_place", N_("No city or address"), N_("Neither a city nor an address is written down."), "missing"),
    Kind("missing_contact", N_("No contact person"), N_("A company without anyone to talk to."), "missing"),
    Kind("missing_source", N_("No source"), N_("Where they came from is not known."), "missing"),
    Kind("missing_industry", N_("No industry"), N_("What the company does is not written down."), "missing"),
    Kind("missing_country", N_("No country"), N_("It decides how phones are read and addresses written."), "missing"),
    Kind("missing_region", N_("No region"), N_("Reports by region leave them out."), "missing"),
)
"""All kinds of findings, in the order in which they are shown."""

BY_KEY = {kind.key: kind for kind in KINDS}


@dataclass(frozen=True, slots=True)
class Finding:
    """The records of one kind, ascending id; `of` names their table."""

    kind: str
    of: str
    ids: tuple[int, ...]

    @property
    def count(self) -> int:
        """How many records they are."""
        return len(self.ids)


@dataclass(frozen=True, slots=True)
class Gain:
    """What filling one wanted field everywhere would add to the file's score, in thousandths, and how many lack it."""

    key: str
    count: int
    thousandths: int


@dataclass(frozen=True, slots=True)
class Health:
    """The state of a file's data on a day; `completeness` in thousandths, None without customers to judge.

    `adherence` tells beside it how steadily the open deals move on; it is no part of the completeness.
    """

    on_date: date
    completeness: int | None
    customers: int
    gains: tuple[Gain, ...]
    findings: tuple[Finding, ...]
    adherence: Adherence = field(default_factory=Adherence)

    @property
    def share(self) -> float | None:
        """The completeness as a share of one."""
        return None if self.completeness is None else self.completeness / 1000

    @property
    def faults(self) -> int:
        """How many faulty and odd values there are; what is missing or stale is told apart."""
        return sum(item.count for item in self.findings if BY_KEY[item.kind].group in ("fault", "odd"))

    def of(self, kind: str) -> tuple[int, ...]:
        """The records of one kind."""
        return next((item.ids for item in self.findings if item.kind == kind), ())


@dataclass(frozen=True, slots=True)
class FindingRow:
    """One record of a finding: what it is called, what is found, and what its repair would make of it ("": nothing).

    `opens` is the kind and id of the record to look at, None where there is none.
    """

    id: int
    name: str
    now: str
    after: str = ""
    opens: tuple[str, int] | None = None


@dataclass(frozen=True, slots=True)
class Score:
    """The score of one day: completeness in thousandths, and the number of faulty and odd values."""

    on_date: date
    completeness: int
    findings: int
