"""The pipeline report: the open deals by stage, summed and weighted by probability."""

from __future__ import annotations

from desktop_crm.domain.deals import DealFilter
from desktop_crm.domain.errors import N_
from desktop_crm.domain.figures import PipelineFigures, StageFigures
from desktop_crm.reports import charts
from desktop_crm.reports.catalogue import find
from desktop_crm.reports.frame import Frame
from desktop_crm.reports.report import Chart, Column, Figure, Report, Table, ValueType

_OPEN = DealFilter(statuses=("open",))


def pipeline(figures: PipelineFigures, frame: Frame) -> Report:
    """Open deals now: a row a stage, in the order of the pipelines."""
    return frame.report(
        "pipeline", frame.say(find("pipeline").title), subtitle=frame.language.day(frame.today, "full"),
        figures=_figures(figures, frame), tables=(_table(figures.stages, frame),), chart=_chart(figures.stages, frame),
        notes=frame.unsummed(figures.unknown, figures.other))


def _figures(figures: PipelineFigures, frame: Frame) -> tuple[Figure, ...]:
    say, stages = frame.say, figures.stages
    over = sum(stage.over_limit for stage in stages)
    return (
        Figure("amount", say(N_("Open pipeline")), sum(stage.amount for stage in stages), ValueType.MONEY,
               say(N_("Sum of the amounts of the open deals.")), _OPEN),
        Figure("weighted", say(N_("Weighted pipeline")), sum(stage.weighted for stage in stages), ValueType.MONEY,
               say(N_("Sum of amount × probability of the stage, open deals.")), _OPEN),
        Figure("deals", say(N_("Open deals")), sum(stage.deals for stage in stages), ValueType.COUNT,
               say(N_("Deals that are neither won nor lost.")), _OPEN),
        Figure("over_limit", say(N_("Over the stage limit")), over, ValueType.COUNT,
               say(N_("Open deals that are longer in their stage than its day limit.")), DealFilter(over_limit=True),
               say(N_("stuck")) if over else "", "warn" if over else ""),
        Figure("no_next_step", say(N_("Without a next step")), figures.no_next_step, ValueType.COUNT,
               say(N_("Open deals with no open task.")), DealFilter(no_next_step=True)),
    )


def _table(stages: tuple[StageFigures, ...], frame: Frame) -> Table:
    say = frame.say
    columns = (
        Column("pipeline", say(N_("Pipeline")), weight=1.5), Column("stage", say(N_("Stage")), weight=1.5),
        Column("deals", say(N_("Deals")), ValueType.COUNT), Column("amount", say(N_("Amount")), ValueType.MONEY),
        Column("probability", say(N_("Probability")), ValueType.RATE),
        Column("weighted", say(N_("Weighted")), ValueType.MONEY),
        Column("over_limit", say(N_("Over the stage limit")), ValueType.COUNT))
    rows = tuple((item.pipeline, item.stage.name, item.deals, item.amount, item.stage.probability / 100,
                  item.weighted, item.over_limit) for item in stages)
    totals = (say(N_("Total")), None, sum(item.deals for item in stages), sum(item.amount for item in stages), None,
              sum(item.weighted for item in stages), sum(item.over_limit for item in stages))
    return Table("pipeline", say(N_("Open deals by stage")), columns, rows, totals, filters=tuple(
        DealFilter(statuses=("open",), stages=(item.stage.id,)) for item in stages))


def _chart(stages: tuple[StageFigures, ...], frame: Frame) -> Chart:
    several = len({item.pipeline for item in stages}) > 1
    bars = [charts.Bar(item.stage.name, item.amount, frame.money(item.amount),
                       f"{item.pipeline}: {item.stage.name}" if several else "") for item in stages]
    return charts.of_groups(frame.say(N_("Open amount by stage")), bars,
                            (frame.say(N_("Stage")), frame.say(N_("Amount"))), ValueType.MONEY)
