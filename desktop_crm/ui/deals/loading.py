"""What the tab shows, fetched beside the window: the newest wish wins."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from desktop_crm.domain.deals import DealFilter, DealTotals, Pipeline, StageSum
from desktop_crm.services import business, deals
from desktop_crm.services.book import Book
from desktop_crm.services.business import Choice
from desktop_crm.ui import ordering
from desktop_crm.ui.deals.filters import ORDERS
from desktop_crm.ui.jobs import Jobs, Latest
from desktop_crm.ui.ordering import NameKeys
from desktop_crm.ui.words import N_, tr


@dataclass(frozen=True, slots=True)
class Lists:
    """What can be chosen in chips and forms."""

    pipelines: tuple[Pipeline, ...] = ()
    sellers: tuple[Choice, ...] = ()
    sources: tuple[Choice, ...] = ()
    lost_reasons: tuple[Choice, ...] = ()

    @classmethod
    def read(cls, book: Book) -> Lists:
        """The lists as they are in the file."""
        return cls(deals.all_pipelines(book), tuple(ordering.choices(book, "sellers")),
                   tuple(business.choices(book, "sources")), tuple(business.choices(book, "lost_reasons")))

    def pipeline(self, wanted: int | None) -> Pipeline:
        """The pipeline by id, else the first."""
        return next((item for item in self.pipelines if item.id == wanted), self.pipelines[0])

    def pipeline_of(self, stage: int) -> Pipeline:
        """The pipeline that a stage belongs to, else the first."""
        return next((item for item in self.pipelines if any(one.id == stage for one in item.stages)),
                    self.pipelines[0])


@dataclass(frozen=True, slots=True)
class BoardRows:
    """The columns of the board with the ids of their deals in order; `bare`: there is no deal in the file."""

    pipeline: Pipeline
    sums: tuple[StageSum, ...]
    ids: tuple[list[int], ...]
    bare: bool

    @property
    def totals(self) -> DealTotals:
        """What the whole board comes to."""
        return DealTotals(sum(item.deals for item in self.sums), sum(item.amount for item in self.sums),
                          sum(item.weighted for item in self.sums), sum(item.others for item in self.sums))


@dataclass(frozen=True, slots=True)
class ListRows:
    """The ids of the list in order and what they come to; `bare`: there is no deal in the file."""

    ids: list[int]
    totals: DealTotals
    bare: bool


class Loader:
    """Fetches the board's or the list's ids; `failed` is told what went wrong."""

    def __init__(self, book: Book, jobs: Jobs, failed: Callable[[Exception], None]) -> None:
        self._book, self._failed = book, failed
        self._latest = Latest(jobs)
        self._names = {column: NameKeys() for column in ("name", "customer", "seller")}

    def board(self, pipeline: Pipeline, wanted: DealFilter, order: str, done: Callable[[BoardRows], None]) -> None:
        """Load a pipeline's board, its cards in one of ORDERS."""
        self._latest.run(lambda _: _board(self._book, pipeline, wanted, order), done, self._failed,
                         label=tr(N_("Load the board")))

    def list(self, wanted: DealFilter, sort: str, descending: bool, done: Callable[[ListRows], None]) -> None:
        """Load the list in an order that `services.deals.list_ids` knows."""
        names = self._names.get(sort)
        self._latest.run(lambda _: _list(self._book, wanted, sort, descending, names), done, self._failed,
                         label=tr(N_("Load the list")))


def _bare(book: Book) -> bool:
    return not deals.list_ids(book, limit=1)


def _board(book: Book, pipeline: Pipeline, wanted: DealFilter, order: str) -> BoardRows:
    if wanted.pipelines == (pipeline.id,):  # its stages say the same, and their index then holds all that is asked
        wanted = replace(wanted, pipelines=())
    sums = deals.board(book, pipeline, wanted)
    sort = "stage_on" if order == "waiting" else order
    ids = tuple(deals.list_ids(book, replace(wanted, stages=(item.stage.id,)), sort, ORDERS[order][1])
                if item.deals else [] for item in sums)
    return BoardRows(pipeline, sums, ids, not any(ids) and _bare(book))


def _list(book: Book, wanted: DealFilter, sort: str, descending: bool, names: NameKeys | None) -> ListRows:
    if names is not None and (ordering.differs() or sort == "seller"):  # sellers stand as they are written in the file
        ids = deals.list_ids(book, wanted, sort)
        ids = names.sorted(ids, deals.sort_names(book, sort, ids), descending)
    else:
        ids = deals.list_ids(book, wanted, sort, descending)
    return ListRows(ids, deals.totals(book, wanted), not ids and _bare(book))
