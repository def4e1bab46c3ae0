"""A sample business to try everything on: a tile and hardware shop, three months of work up to today.

It is laid out around the present business day by a fixed plan and a fixed seed, so that two files made on
the same day hold the same figures.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from desktop_crm.domain.channels import channel
from desktop_crm.domain.errors import N_
from desktop_crm.domain.values import minor_digits
from desktop_crm.services import reminders
from desktop_crm.services.book import Book
from desktop_crm.storage import customers, pipelines, records, settings
from desktop_crm.storage.unit_of_work import Connection

# name, kind, state, heat, city, region, industry, phone, tag
_CUSTOMERS: tuple[tuple[str, str, str, str | None, str, str, str, str, str], ...] = (
    ("Aminah Runcit Enterprise", "company", "customer", "hot", "Shah Alam", "Selangor", N_("Retail"), "012-345 6789",
     "VIP"),
    ("Bukit Tiles Sdn Bhd", "company", "customer", "warm", "Ipoh", "Perak", N_("Building"), "05-254 8812",
     N_("Wholesale")),
    ("Cruz Hardware & Supply", "company", "lead", "warm", "Kota Kinabalu", "Sabah", N_("Hardware"), "088-231 990", ""),
    ("小明科技有限公司", "company", "customer", "hot", "Taipei", "Taiwan", N_("Technology"), "+886 2 2771 0094", "VIP"),
    ("Faridah binti Ismail", "person", "lead", "cold", "Melaka", "Melaka", N_("Home"), "013-778 2210", ""),
    ("श्रेष्ठ ट्रेडर्स", "company", "customer", "warm", "Kathmandu", "Nepal", N_("Trading"), "+977 1-4412345",
     N_("Wholesale")),
    ("முருகன் ஸ்டோர்ஸ்", "company", "customer", "cold", "Klang", "Selangor", N_("Retail"), "03-3371 4455", ""),
    ("Kinabalu Resort & Spa (Sabah) Holdings Sdn Bhd", "company", "customer", "warm", "Kota Kinabalu", "Sabah",
     N_("Hotel"), "088-318 888", "VIP"),
    ("Lim Ah Kow & Sons", "company", "inactive", None, "Penang", "Penang", N_("Building"), "04-261 7733", ""),
    ("Nurul Catering", "company", "lead", "hot", "Petaling Jaya", "Selangor", N_("Food"), "017-220 4518", ""),
    ("Perniagaan Wawasan", "company", "customer", "cold", "Johor Bahru", "Johor", N_("Retail"), "07-222 1908", ""),
    ("Santos Auto Parts", "company", "customer", "warm", "Sandakan", "Sabah", N_("Automotive"), "089-213 300", ""),
    ("Tan Wei Ming Renovation", "company", "customer", "hot", "Kuala Lumpur", "Kuala Lumpur", N_("Building"),
     "016-889 3021", N_("Wholesale")),
    ("Siti Nurhaliza Homestay", "company", "customer", "warm", "Langkawi", "Kedah", N_("Hotel"), "04-955 1200", ""),
    ("Michael Tan Wei Ming", "person", "lead", "warm", "Kuala Lumpur", "Kuala Lumpur", N_("Home"), "012-998 1123", ""),
    ("Restoran Haji Samad", "company", "customer", "cold", "Kuantan", "Pahang", N_("Food"), "09-516 7788", ""),
    ("陳怡君設計工作室", "company", "lead", "hot", "Kaohsiung", "Taiwan", N_("Design"), "+886 7 331 2200", ""),
    ("Dela Cruz & Peña Builders", "company", "customer", "warm", "Tawau", "Sabah", N_("Building"), "089-771 554", ""),
    ("Klinik Dr. Ramasamy", "company", "customer", "warm", "Seremban", "Negeri Sembilan", N_("Health"), "06-763 2211",
     ""),
    ("எஸ். முருகன்", "person", "lead", "cold", "Ipoh", "Perak", N_("Home"), "05-312 9087", ""),
    ("Mohd Faizal bin Abdullah", "person", "customer", "warm", "Shah Alam", "Selangor", N_("Home"), "019-345 7712", ""),
    ("Gurung Guest House", "company", "lead", "warm", "Pokhara", "Nepal", N_("Hotel"), "+977 61-463300", ""),
    ("Syarikat Maju Jaya", "company", "customer", "hot", "Kuala Terengganu", "Terengganu", N_("Building"),
     "09-622 3344", N_("Wholesale")),
    ("Laundry Express Bangsar", "company", "lead", None, "Kuala Lumpur", "Kuala Lumpur", N_("Services"), "03-2284 5566",
     ""),
)
_SELLERS = (("Mei Ling", N_("Shop"), "Selangor"), ("Ahmad", N_("Road"), "Sabah"), ("Priya", N_("Shop"), "Kuala Lumpur"))
_PRODUCTS = (  # name, line, price and cost in major units
    (N_("Mosaic tile 30×30"), N_("Tiles"), 48, 29), (N_("Granite slab, black"), N_("Stone"), 620, 410),
    (N_("Floor tile 60×60"), N_("Tiles"), 36, 22), (N_("Warehouse rack"), N_("Shelving"), 1450, 980),
    (N_("Car-park paint 20 l"), N_("Paint"), 260, 170), (N_("Wall paint 5 l"), N_("Paint"), 89, 55),
    (N_("Delivery and fitting"), N_("Service"), 350, 200),
)
_DEALS = (
    N_("Shelving for shop 2"), N_("Warehouse racks"), N_("Rooms 201–240"), N_("Yearly supply 2027"), N_("Second lorry"),
    N_("Car-park paint"), N_("Store refit"), N_("Tile supply Q1"), N_("Mosaic order"), N_("Signage"),
    N_("Kitchen floor"), N_("Uniforms 2027"), N_("Spices corner shelves"), N_("Bathroom renovation"),
)
_TASKS = (
    (N_("Call back about the mosaic order"), "call", 0, "15:00"),
    (N_("Sign the yearly contract"), "meeting", 0, "16:00"),
    (N_("Visit: measure the shop"), "visit", 0, "16:15"), (N_("Prepare the order for the rooms"), "follow_up", 0, None),
    (N_("Ask about the payment"), "call", -3, "10:00"), (N_("Send the brochure"), "email", -1, None),
    (N_("Confirm the delivery"), "call", 1, "09:00"), (N_("Tasting and site visit"), "visit", 2, "10:00"),
    (N_("Send the revised quotation"), "email", 3, None), (N_("Follow up the quotation"), "call", 6, "11:30"),
    (N_("Yearly price review"), "meeting", 12, "14:00"), (N_("Ask for a referral"), "call", 20, None),
)
_DONE = (
    (N_("Send the price list"), "email"), (N_("Thank-you call"), "call"), (N_("Order more mosaic"), "follow_up"),
    (N_("Check the shelf plan"), "visit"), (N_("Collect the signed offer"), "delivery"),
)
_TALKS = (
    ("call", 12, N_("agreed on a three-year term, wants delivery in two parts")),
    ("visit", 45, N_("measured the shop, 62 square metres of floor")),
    ("email", None, N_("asks for black granite samples")), ("message", None, N_("will decide after the holidays")),
    ("call", 6, N_("no time today, call again next week")), ("meeting", 60, N_("went through the offer line by line")),
    ("call", 4, N_("very happy with the last delivery")), ("note", None, N_("prefers to be called in the morning")),
)
_REMEMBERED = 45
"""Days back to which what is owed stands in the sample's credit book."""


@dataclass(slots=True)
class _Plan:
    """What the steps share while the sample is laid out."""

    book: Book
    connection: Connection
    today: date
    chance: random.Random
    customers: list[int] = field(default_factory=list)
    sellers: list[int] = field(default_factory=list)
    products: list[dict[str, Any]] = field(default_factory=list)

    def say(self, message: str) -> str:
        """A text of the sample in the file's language."""
        return self.book.language.say(message)

    def minor(self, major: int) -> int:
        """Whole major units as minor units of the business's currency."""
        return int(major * 10 ** minor_digits(self.book.currency))

    def at(self, day: date, hour: int) -> datetime:
        """An instant of a local day."""
        moment = datetime.combine(day, time(hour, self.chance.choice((0, 10, 20, 30, 45))), self.book.business.zone)
        return min(moment.astimezone(UTC), self.book.now())


def fill(book: Book) -> None:
    """Fill an empty file with the sample business; this is no undo step."""
    with book.work(N_("Lay out the sample business"), bulk=True, undoable=False) as work:
        plan = _Plan(book, work.connection, book.today(), random.Random(20261121))
        settings.put(work.connection, "name", "Kedai Bukit Tiles")
        _people(plan)
        _deals(plan)
        _tasks(plan)
        _activities(plan)


def _people(plan: _Plan) -> None:
    """Sellers, products, customers with phones, e-mails, contacts and tags."""
    plan.sellers = records.add_many(plan.connection, "sellers", [
        {"name": name, "team": plan.say(team), "region": region} for name, team, region in _SELLERS])
    items = [{"name": plan.say(name), "line": plan.say(line), "price": plan.minor(price), "cost": plan.minor(cost),
              "currency": plan.book.currency} for name, line, price, cost in _PRODUCTS]
    ids = records.add_many(plan.connection, "products", items)
    plan.products = [{"id": key, **item} for key, item in zip(ids, items, strict=True)]
    sources = settings.choices(plan.connection, "source")
    for number, row in enumerate(_CUSTOMERS):
        created = plan.today - timedelta(days=(0, 0, 1, 4)[number % 4] if row[2] == "lead" else 60 + 11 * number)
        keys = ("name", "kind", "state", "heat", "city", "region", "industry")
        values: dict[str, Any] = dict(zip(keys, row[:7], strict=True))
        waits = row[2] == "lead" and number % 4 == 0  # for its first answer, since this very hour
        values |= {"industry": plan.say(row[6]), "seller_id": plan.sellers[number % 3],
                   "source_id": sources[number % 8][0], "created_on": created,
                   "lead_state": ("new" if waits else "contacted") if row[2] == "lead" else None}
        customer = records.add(plan.connection, "customers", values)
        plan.customers.append(customer)
        at = plan.book.now() - timedelta(minutes=2 * number) if waits else None
        customers.log_state(plan.connection, customer, "state", None, row[2], created, at)
        _reach(plan, customer, number, row)


def _reach(plan: _Plan, customer: int, number: int, row: Sequence[Any]) -> None:
    """A customer's phone, e-mail, tag and, for some companies, a contact person."""
    country = plan.book.business.country
    ways = [channel("phone", row[7], country)]
    if number % 3 != 1:
        ways.append(channel("email", f"hello{number + 1}@example.com", country))
    customers.set_channels(plan.connection, "customer_id", customer, ways)
    if row[8]:
        customers.set_tags(plan.connection, customer, [plan.say(row[8])])
    if row[1] == "company" and number % 4 == 3:
        person = ("陳怡君", "Puan Rohana", "Mr. Gomez", "राम श्रेष्ठ", "Encik Halim", "Miss Wong")[number // 4 % 6]
        contact = records.add(plan.connection, "contacts", {
            "name": person, "customer_id": customer, "role": plan.say(N_("Purchasing")), "created_on": plan.today})
        customers.set_channels(plan.connection, "contact_id", contact,
                               [channel("phone", f"01{number % 9}-{600 + number} {1200 + 7 * number}", country)])


def _deals(plan: _Plan) -> None:
    """Deals on their way through the stages, and two months of won and lost ones with their payments."""
    sales = pipelines.pipelines(plan.connection)[0]
    stages = sales.open_stages
    reasons = settings.choices(plan.connection, "lost_reason")
    states = list(zip(plan.customers, (row[2] for row in _CUSTOMERS), strict=True))
    asking = [key for key, state in states if state != "inactive"]
    buyers = [key for key, state in states if state == "customer"]
    for number in range(22):
        stage = number % len(stages)
        waited = (1, 3, 9, 0, 18, 6, 2)[number % 7]
        _deal(plan, number, asking[(number * 5) % len(asking)], [item.id for item in stages[:stage + 1]],
              plan.today - timedelta(days=waited + 6 * stage), waited, "open", sales.id, None)
    won, lost = sales.first("won"), sales.first("lost")
    for days in range(70):
        day = plan.today - timedelta(days=days)
        for turn in range(4 if days == 0 else 1 + days % 3):
            number = plan.chance.randrange(250) * 4 + (turn if days == 0 else plan.chance.randrange(4))
            close = lost if number % 4 == 0 else won
            if close is None:
                continue
            path = [stages[0].id, stages[2].id, close.id]
            reason = reasons[number % 6][0] if close.kind == "lost" else None
            _deal(plan, number, buyers[number % len(buyers)], path, day - timedelta(days=4 + number % 20), days,
                  close.kind, sales.id, reason)


def _deal(plan: _Plan, number: int, customer: int, path: Sequence[int], created: date, since: int, status: str,
          pipeline: int, reason: int | None) -> None:
    """One deal that went along `path` and has stood in its last stage since `since` days ago."""
    reached = plan.today - timedelta(days=since)
    product = plan.products[number % len(plan.products)]
    quantity = 1 + plan.chance.randrange(3, 40) // (4 if product["price"] > plan.minor(300) else 1)
    amount, seller = quantity * product["price"], plan.sellers[number % 3]
    deal = records.add(plan.connection, "deals", {
        "name": plan.say(_DEALS[number % len(_DEALS)]), "customer_id": customer, "seller_id": seller,
        "pipeline_id": pipeline, "stage_id": path[-1], "status": status, "amount": amount,
        "currency": plan.book.currency, "created_on": created, "stage_on": reached,
        "expected_on": reached + timedelta(days=14), "closed_on": None if status == "open" else reached,
        "lost_reason_id": reason, "on_account": status == "won" and _on_account(number, since)})
    records.add(plan.connection, "deal_lines", {
        "deal_id": deal, "product_id": product["id"], "quantity": quantity * 1000, "price": product["price"],
        "cost": product["cost"]})
    step = (reached - created) / max(1, len(path) - 1)
    days = [created + step * place for place in range(len(path))]
    for before, after, day in zip([None, *path], path, days, strict=False):
        records.add(plan.connection, "stage_moves", {
            "deal_id": deal, "from_stage_id": before, "to_stage_id": after, "on_date": day,
            "at": plan.at(day, 10 + number % 8), "amount": amount, "seller_id": seller})
    if status == "won":
        _payment(plan, number, deal, customer, seller, amount, since)


def _unpaid(number: int) -> bool:
    return number % 7 == 3


def _on_account(number: int, since: int) -> bool:
    """What is not paid and not long ago stands in the credit book: the shop's regulars owe for it."""
    return _unpaid(number) and since <= _REMEMBERED


def _payment(plan: _Plan, number: int, deal: int, customer: int, seller: int, amount: int, since: int) -> None:
    """A deal that was won `since` days ago is paid at once, in two weeks, or not yet."""
    due = plan.today - timedelta(days=since) + timedelta(days=(0, 14, 7)[number % 3])
    paid = due <= plan.today and not _unpaid(number)
    records.add(plan.connection, "payments", {
        "name": "", "customer_id": customer, "deal_id": deal, "seller_id": seller, "amount": amount,
        "currency": plan.book.currency, "due_on": due, "received_on": due if paid else None,
        "on_account": _on_account(number, since),
        "method": ("cash", "bank", "card")[number % 3] if paid else None})


def _tasks(plan: _Plan) -> None:
    """What is to be done around today, and what was done."""
    owners = (0, 3, 9, 7, 6, 4, 5, 9, 1, 2, 12, 11)
    deals = {row["customer_id"]: row["id"] for row in records.find(plan.connection, "deals", status="open")}
    later = [owner for owner, row in enumerate(_CUSTOMERS) if owner not in owners and row[2] != "inactive"][2:]
    plans = list(zip(_TASKS, owners, strict=True))
    plans += [((name, kind, 2 + number, None), owner) for number, ((name, kind, _, _), owner) in
              enumerate(zip(_TASKS * 2, later, strict=False))]
    for (name, kind, days, clock), owner in plans:
        customer = plan.customers[owner]
        values = {
            "name": plan.say(name), "kind": kind, "due_on": plan.today + timedelta(days=days), "due_time": clock,
            "minutes": 90 if kind == "visit" else None, "customer_id": customer, "deal_id": deals.get(customer),
            "seller_id": plan.sellers[owner % 3], "created_on": plan.today - timedelta(days=5)}
        records.add(plan.connection, "tasks", {**values, **reminders.of_new(plan.book, values)})
    for number in range(20):
        day = plan.today - timedelta(days=number // 4)
        name, kind = _DONE[number % len(_DONE)]
        records.add(plan.connection, "tasks", {
            "name": plan.say(name), "kind": kind, "due_on": day,
            "due_time": ("09:30", "11:00", None, "13:15")[number % 4], "done_on": day,
            "done_at": plan.at(day, 9 + number % 8), "customer_id": plan.customers[(number * 7) % len(plan.customers)],
            "seller_id": plan.sellers[number % 3], "created_on": day - timedelta(days=3)})


def _activities(plan: _Plan) -> None:
    """Calls, visits and messages over the last weeks; the inactive customer was last heard of long ago."""
    for number in range(90):
        owner = (number * 7) % len(plan.customers)
        day = plan.today - timedelta(days=210 if _CUSTOMERS[owner][2] == "inactive" else number // 3)
        kind, minutes, said = _TALKS[number % len(_TALKS)]
        records.add(plan.connection, "activities", {
            "name": plan.say(said), "kind": kind, "minutes": minutes, "on_date": day,
            "at": plan.at(day, 9 + number % 8), "direction": "in" if kind == "email" else "out",
            "customer_id": plan.customers[owner], "seller_id": plan.sellers[number % 3]})
