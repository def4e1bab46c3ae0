"""Reports made by hand for the writers' tests: small, in several scripts, with figures counted by hand."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from desktop_crm.reports.report import (
    Chart,
    Column,
    Figure,
    Line,
    Rect,
    Report,
    Section,
    Table,
    Text,
    ValueType,
)

NAMES = ("Kedai Bukit Tiles", "小明科技有限公司", "எஸ். முருகன்", "श्रीमती लक्ष्मी क्षेत्री", "محمد عبد الله")

SELLERS = Table(
    "sellers", "By seller",
    (Column("seller", "Seller", weight=2), Column("won", "Won", ValueType.COUNT),
     Column("amount", "Won amount", ValueType.MONEY), Column("rate", "Win rate", ValueType.RATE),
     Column("days", "Days to close", ValueType.DAYS), Column("last", "Last call", ValueType.DATE)),
    (("Mei Ling", 2, 830000, 2 / 3, 12.5, date(2026, 11, 20)),
     ("Ahmad", 1, 418000, 1.0, 3.0, date(2026, 11, 21)),
     (None, 0, 0, 0.0, None, None)),
    totals=("Total", 3, 1248000, 0.75, 9.333333333333334, None),
)

PAYMENTS = Table(
    "payments", "Payments received",
    (Column("time", "Time", ValueType.TIME), Column("customer", "Customer", weight=3),
     Column("amount", "Amount", ValueType.MONEY)),
    (("09:30", "小明科技有限公司", 500000), ("14:05", "=cmd|'/c calc'!A1", 320000)),
    totals=(None, "Total", 820000),
    note="Cash and bank transfers that were entered for this day.",
)

FIGURES = (
    Figure("won", "Won today", 1248000, ValueType.MONEY, "Sum of the amounts of the deals won on the day.",
           note="+18 % on a usual Saturday", tone="good"),
    Figure("received", "Received", 820000, ValueType.MONEY, "Sum of the payments received.",
           note="of RM 9,500 planned"),
    Figure("tomorrow", "Planned tomorrow", 410000, ValueType.MONEY, "Sum due tomorrow.", note="3 payments"),
    Figure("week", "Planned this week", 3175000, ValueType.MONEY, "Sum due in seven days.",
           note="11 payments, 2 late", tone="warn"),
    Figure("leads", "New leads", 5, ValueType.COUNT, "Leads created on the day.", note="usual 3", tone="good"),
)


def _chart() -> Chart:
    heights = (44, 62, 36, 80, 54, 70, 0, 58, 66, 48, 90, 76, 60, 0, 52, 74, 82, 40, 68, 96, 0)
    bars = tuple(Rect(10 + 26 * day, 110 - height, 18, height, "accent" if height == 96 else "accent_muted")
                 for day, height in enumerate(heights))
    labels = tuple(Text(19 + 26 * day, 124, str(day + 1), anchor="middle") for day in (0, 10, 20))
    lines = (Line(4, 110, 560, 110), Line(10, 64, 550, 40, "warn", 1.2, dashed=True))
    table = Table("days", "Won each day", (Column("day", "Day", ValueType.DATE), Column("won", "Won", ValueType.MONEY)),
                  tuple((date(2026, 11, day + 1), height * 1000) for day, height in enumerate(heights)))
    return Chart("Won each day this month", 564, 130, (*bars, *labels, *lines), table,
                 note="RM 96,310 · target 120,000 - - needed")


DAILY = Report(
    "daily", "Daily report", "Kedai Bukit Tiles", "MYR", "en", date(2026, 11, 21), date(2026, 11, 22),
    subtitle="Saturday 21 November 2026",
    figures=FIGURES, tables=(SELLERS, PAYMENTS), chart=_chart(),
    sections=(Section("needs", "Needs you", (("2 deals over their stage limit", None, ""),
                                             ("7 invoices overdue, RM 18,940", None, "bad"),
                                             ("Lost: 1, Price — Warehouse racks", None, ""))),
              Section("tasks", "Tomorrow", (), empty="Nothing planned.")),
    notes=("Won = deals moved to Won on this day, by the amount at that moment.",),
    printed="Printed 21 November 2026, 18:05",
)

EMPTY = Report("deals", "Deals", "", "MYR", "en", date(2026, 1, 1), date(2026, 2, 1),
               tables=(replace(SELLERS, rows=(), totals=None),))


def customers(rows: int, language: str = "en") -> Report:
    """A list of `rows` customers in five scripts."""
    columns = (Column("name", "Name", weight=3), Column("city", "City"), Column("seller", "Seller"),
               Column("deals", "Deals", ValueType.COUNT), Column("won", "Won", ValueType.MONEY),
               Column("last", "Last contact", ValueType.DATE))
    cities, sellers = ("Ipoh", "台北市", "Johor Bahru"), ("Mei Ling", "Ahmad")
    lines = tuple((f"{NAMES[row % 5]} {row}", cities[row % 3], sellers[row % 2], row % 7,
                   row * 12345 % 10**8, date(2026, 1 + row % 12, 1 + row % 28)) for row in range(rows))
    return Report("customers", "Customers", "Kedai Bukit Tiles", "MYR", language, None, None,
                  subtitle="The whole file", tables=(Table("customers", "Customers", columns, lines),))


def sales() -> Report:
    """Sixteen columns, as the sales report has them, with long titles and large amounts."""
    kinds = {"deals": ValueType.COUNT, "won": ValueType.COUNT, "lost": ValueType.COUNT, "open": ValueType.COUNT,
             "won_amount": ValueType.MONEY, "win_rate": ValueType.RATE, "win_rate_amount": ValueType.RATE,
             "average_won": ValueType.MONEY}
    days = [f"{part}_{kind}" for part in ("days_closed", "days_won", "days_lost") for kind in ("mean", "median")]
    columns = (Column("group", "Product"),
               *(Column(key, key.replace("_", " ").capitalize(), kind) for key, kind in kinds.items()),
               *(Column(key, key.replace("_", " ").capitalize(), ValueType.DAYS) for key in days))
    row = ("GTX Plus Pro", 968, 479, 273, 216, 262965100, 0.63697, 0.66211, 548987,
           47.5, 45.0, 52.2, 57.0, 41.3, 14.0)
    total = ("Total", 8800, 4238, 2473, 2089, 1000553400, 0.6315005215, 0.7012, 236091,
             47.98, 45.0, 51.78, 57.0, 41.48, 14.0)
    return Report("sales", "Sales", "MavenTech", "USD", "en", None, None, subtitle="The whole file",
                  tables=(Table("sales", "Sales by product", columns, (row,) * 7, totals=total),))
