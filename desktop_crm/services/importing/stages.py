"""The stages of an import: those of the file, words for won and lost, and new ones in their place."""

from __future__ import annotations

from itertools import count

from desktop_crm.domain.deals import Pipeline, Stage
from desktop_crm.domain.importing import words
from desktop_crm.domain.values import squash
from desktop_crm.storage import pipelines, records
from desktop_crm.storage.unit_of_work import Connection


class Stages:
    """Stages by name within their pipeline; an unknown name becomes an open stage, held in `new`."""

    def __init__(self, connection: Connection) -> None:
        self._pipelines = {pipeline.id: pipeline for pipeline in pipelines.pipelines(connection)}
        self._stages = {stage.id: stage for pipeline in self._pipelines.values() for stage in pipeline.stages}
        self._ids = count(records.next_id(connection, "stages"))
        self._known: dict[tuple[int, str], int] = {}
        self.new: list[Stage] = []

    @property
    def usual(self) -> int:
        """The pipeline of deals that name none: the first."""
        return next(iter(self._pipelines))

    @property
    def any(self) -> int:
        """Some stage, for a pipeline that has neither an open nor a won one."""
        return next(iter(self._stages))

    def kind(self, stage: int) -> str:
        """open, won or lost."""
        return self._stages[stage].kind

    def name(self, stage: int) -> str:
        """What the stage is called."""
        return self._stages[stage].name

    def pipeline(self, stage: int) -> int:
        """The pipeline that a stage belongs to."""
        return self._stages[stage].pipeline_id

    def first(self, kind: str, pipeline: int) -> int | None:
        """The first stage of a kind in a pipeline."""
        found = self._pipelines[pipeline].first(kind)
        return found.id if found else None

    def resolve(self, text: str, pipeline: int) -> int:
        """The stage that a text means: by name, as a word for won or lost, by folded name; else a new one."""
        if (pipeline, text) not in self._known:
            self._known[pipeline, text] = self._find(text, self._pipelines[pipeline]) or self._add(text, pipeline)
        return self._known[pipeline, text]

    def _find(self, text: str, pipeline: Pipeline) -> int | None:
        mine = [stage for stage in self._stages.values() if stage.pipeline_id == pipeline.id]
        exact = next((stage.id for stage in mine if stage.name == text), None)
        if exact is not None:
            return exact
        folded = [stage.id for stage in mine if squash(stage.name) == squash(text)]
        if len(folded) == 1:
            return folded[0]
        said = words.statuses().get(squash(text))
        return self.first(said, pipeline.id) if said in ("won", "lost") else None

    def _add(self, text: str, pipeline: int) -> int:
        probability = words.STAGE_PROBABILITIES.get(squash(text), words.USUAL_PROBABILITY)
        stage = Stage(next(self._ids), pipeline, text, "open", probability, None, 0)
        self._stages[stage.id] = stage
        self.new.append(stage)
        return stage.id

    def positions(self) -> dict[int, int]:
        """The place of every stage in its pipeline: a new one stands behind the open ones that are no likelier."""
        places: dict[int, int] = {}
        for pipeline in self._pipelines.values():
            order = list(pipeline.open_stages)
            for stage in (stage for stage in self.new if stage.pipeline_id == pipeline.id):
                ahead = sum(1 for other in order if other.probability <= stage.probability)
                order.insert(ahead, stage)
            order += [stage for stage in pipeline.stages if stage.kind != "open"]
            places |= {stage.id: place for place, stage in enumerate(order, 1)}
        return places

    def moved(self) -> dict[int, int]:
        """The new places of the older stages that have to move up."""
        places = self.positions()
        return {stage.id: places[stage.id] for pipeline in self._pipelines.values() for stage in pipeline.stages
                if pipeline.id in {new.pipeline_id for new in self.new} and stage.position != places[stage.id]}
