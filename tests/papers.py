"""A shop, its customer, and one paper of each kind, whose figures are by hand."""

from __future__ import annotations

from datetime import date

from desktop_crm.domain.documents import Party, Quotation, Receipt, Statement, Sums, TaxLine, priced, running
from desktop_crm.domain.values import Period
from tests.books import TODAY

DAY = TODAY
SHOP = Party("Kedai Bukit Tiles", "Bukit Tiles Sdn. Bhd.", ("12, Jalan Bukit Indah", "68000 Ampang"), "+60 12-345 6789",
             "kedai@bukit.my", (("SSM", "202001012345 (1367891-X)"), ("SST", "B16-1808-31012345")))
AISYAH = Party("Nur Aisyah binti Abdullah", "", ("3, Lorong Mawar 2", "43000 Kajang"), "+60 19-876 5432")
LINES = (priced("Floor tiles 60×60", 24_500, 4800), priced("Adhesive <25 kg>", 12_000, 3200, 2000),
         priced("Delivery", 1000, 15_000))
SUMS = Sums.of((line.amount for line in LINES), 5000, (TaxLine("SST", 13_120, 8000),))
RECEIPT = Receipt("R-2026-000123", DAY, "MYR", SHOP, AISYAH, SUMS, 100_000, "Cash", LINES, change=5000,
                  balance_after=77_120, received_by="Mei Ling")
QUOTATION = Quotation("Q-2026-0042", DAY, "MYR", SHOP, AISYAH, LINES, SUMS, date(2026, 12, 21), "Mei Ling",
                      "Kitchen", "50 % now.\nRest on delivery.", "In 7 days.")
ROWS = running(120_000, [(date(2026, 11, 2), "Sale 17", 50_050, 0), (date(2026, 11, 9), "Payment R-000011", 0, 70_000),
                         (date(2026, 11, 12), "Return of sale 17", -10_000, 0)])
STATEMENT = Statement(DAY, Period.month(DAY), "MYR", SHOP, AISYAH, 120_000, ROWS, 90_050,
                      (40_050, 20_000, 0, 0, 30_000), 15_000, "Maybank 5123 4567 8901")
