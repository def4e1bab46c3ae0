"""The large file: 100,000 customers, 200,000 deals, 1,000,000 activities; made once, kept under out/bench."""

from __future__ import annotations

import hashlib
import os
import random
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import desktop_crm.storage.tables as tables
from desktop_crm.services import starting
from desktop_crm.services.book import Book
from desktop_crm.storage import pipelines, records
from desktop_crm.storage.unit_of_work import Connection

FOLDER = Path("out/bench")
CUSTOMERS, DEALS, ACTIVITIES = 100_000, 200_000, 1_000_000
FIRST = ("Aminah", "Bukit", "Cruz", "小明", "Faridah", "श्रेष्ठ", "முருகன்", "Kinabalu", "Lim", "Nurul", "Perniagaan",
         "Santos", "Tan", "Siti", "Maju", "Golden", "Seri", "Warisan", "陳", "Raj")
LAST = ("Enterprise", "Tiles", "Hardware", "科技有限公司", "binti Ismail", "ट्रेडर्स", "ஸ்டோர்ஸ்", "Resort", "& Sons",
        "Catering", "Wawasan", "Auto Parts", "Renovation", "Homestay", "Jaya", "Trading", "Supply", "Motor",
        "設計", "Kumar")
TODAY = date(2026, 11, 21)


def file() -> Path:
    """The large file of this schema, made if it is not there yet."""
    mark = hashlib.sha256(b"".join(path.read_bytes() for path in (
        *sorted(Path(tables.__file__).parent.glob("*.py")), Path(__file__))))
    path = FOLDER / f"large-{mark.hexdigest()[:12]}.crm"
    if not path.exists():
        FOLDER.mkdir(parents=True, exist_ok=True)
        part = path.with_name("part.crm")
        for old in FOLDER.glob("*part.crm*"):
            old.unlink()
        book = starting.create(part)
        _fill(book)
        book.close()
        part.rename(path)
        os.sync()  # what is measured next does not wait for these 800 MB
    return path


def name(number: int) -> str:
    """The name of a made-up customer."""
    return f"{FIRST[number % 20]} {LAST[number // 20 % 20]} {number}"


def _fill(book: Book) -> None:
    chance = random.Random(7)
    with book.work("People", bulk=True) as work:
        _people(work.connection, chance)
    with book.work("Deals", bulk=True) as work:
        _deals(work.connection, chance)
    for start in range(0, ACTIVITIES, 200_000):
        with book.work("Activities", bulk=True) as work:
            records.add_many(work.connection, "activities", list(_activities(start, chance)))


def _people(connection: Connection, chance: random.Random) -> None:
    sellers = records.add_many(connection, "sellers", [
        {"name": f"Seller {n}", "team": f"Team {n % 5}", "region": f"Region {n % 4}"} for n in range(30)])
    records.add_many(connection, "products", [
        {"name": f"Product {n}", "line": f"Line {n % 6}", "price": 1000 * (n + 1), "cost": 600 * (n + 1),
         "currency": "MYR"} for n in range(60)])
    ids = records.add_many(connection, "customers", [
        {"name": name(n), "state": ("lead", "customer", "inactive")[n % 3],
         "heat": ("hot", "warm", "cold", None)[n % 4],
         "city": f"City {n % 300}", "region": f"Region {n % 14}", "industry": f"Industry {n % 20}",
         "seller_id": sellers[n % 30], "created_on": TODAY - timedelta(days=chance.randrange(1500))}
        for n in range(CUSTOMERS)])
    records.add_many(connection, "channels", [
        {"customer_id": key, "kind": "phone", "value": f"01{n % 9}-{n % 900 + 100} {n % 9000 + 1000}",
         "normal": f"+601{n % 9}{n % 900 + 100}{n % 9000 + 1000}"} for n, key in enumerate(ids)])
    records.add_many(connection, "tasks", [
        {"name": f"Call {name(n)}", "customer_id": ids[n * 5], "due_on": TODAY + timedelta(days=n % 40 - 10),
         "seller_id": sellers[n % 30], "created_on": TODAY, "done_on": TODAY if n % 3 == 0 else None}
        for n in range(20_000)])


def _deals(connection: Connection, chance: random.Random) -> None:
    stages = pipelines.pipelines(connection)[0]
    won, lost = stages.first("won"), stages.first("lost")
    assert won is not None and lost is not None
    rows: list[dict[str, Any]] = []
    for number in range(DEALS):
        stage = (won, won, lost, stages.open_stages[number % 5])[number % 4]
        created = TODAY - timedelta(days=chance.randrange(1500))
        closed = min(TODAY, created + timedelta(days=chance.randrange(1, 150)))
        rows.append({
            "name": f"Deal {number}", "customer_id": chance.randrange(CUSTOMERS) + 1 if number % 10 else None,
            "seller_id": number % 30 + 1, "pipeline_id": stage.pipeline_id, "stage_id": stage.id, "status": stage.kind,
            "amount": chance.randrange(10_000, 5_000_000), "currency": "MYR", "created_on": created, "stage_on": closed,
            "closed_on": None if stage.kind == "open" else closed, "expected_on": closed,
            "on_account": stage.kind == "won" and number % 10 > 0})
    ids = records.add_many(connection, "deals", rows)
    records.add_many(connection, "deal_lines", [
        {"deal_id": key, "product_id": n % 60 + 1, "price": row["amount"]}
        for n, (key, row) in enumerate(zip(ids, rows, strict=True))])
    records.add_many(connection, "stage_moves", [
        {"deal_id": key, "to_stage_id": row["stage_id"], "on_date": row["stage_on"], "amount": row["amount"],
         "seller_id": row["seller_id"]} for key, row in zip(ids, rows, strict=True)])
    records.add_many(connection, "payments", [
        {"customer_id": row["customer_id"], "deal_id": key, "amount": row["amount"] // (1 + n % 3), "currency": "MYR",
         "due_on": row["closed_on"], "received_on": row["closed_on"], "on_account": row["on_account"]}
        for n, (key, row) in enumerate(zip(ids, rows, strict=True)) if row["status"] == "won"])


def _activities(start: int, chance: random.Random) -> Iterator[dict[str, Any]]:
    kinds = ("call", "meeting", "visit", "email", "note")
    for number in range(start, start + 200_000):
        yield {"name": f"talked about order {number}", "kind": kinds[number % 5], "minutes": number % 40,
               "on_date": TODAY - timedelta(days=number % 1400), "customer_id": chance.randrange(CUSTOMERS) + 1,
               "seller_id": number % 30 + 1}
