"""Kept outputs: what a writer gives is compared with a file in tests/reference, read by people once.

`python -m export.golden` in the tests folder writes them anew; look at the difference before you commit.
"""

from __future__ import annotations

import json
import tempfile
from pathlib import Path

import pypdf

from desktop_crm.export.pdf import write_pdf
from desktop_crm.export.plain import as_json
from desktop_crm.export.sheets import write_csv
from desktop_crm.reports.report import Report

from .samples import DAILY

REFERENCE = Path(__file__).parents[1] / "reference"


def pdf_text(report: Report, folder: Path) -> str:
    path = folder / "out.pdf"
    write_pdf(report, path)
    return "\n\f\n".join(page.extract_text() for page in pypdf.PdfReader(path).pages) + "\n"


def csv_text(report: Report, folder: Path) -> str:
    path = folder / "out.csv"
    write_csv(report, path)
    return path.read_bytes().decode("utf-8")


def json_text(report: Report, folder: Path) -> str:
    return json.dumps(as_json(report), ensure_ascii=False, indent=1) + "\n"


WRITERS = {"daily.pdf.txt": pdf_text, "daily.csv": csv_text, "daily.json": json_text}

if __name__ == "__main__":
    for name, writer in WRITERS.items():
        (REFERENCE / name).write_text(writer(DAILY, Path(tempfile.mkdtemp())), encoding="utf-8", newline="")
