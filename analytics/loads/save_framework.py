"""Saving a framework that was edited or made on a page: as a file of it is loaded, by the save that registers use."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from analytics.intake.frameworks import MadeFramework
from analytics.loads.dialogue_rows import Texts, overlaid
from analytics.loads.framework_copies import followers
from analytics.loads.framework_made import framework_of
from analytics.loads.framework_texts import texts_of
from analytics.loads.save import SaveUnit, Writing
from analytics.model.errors import Problem, Refused
from analytics.model.frameworks import Framework
from analytics.store.drafts import Typed
from analytics.store.reading import View
from analytics.store.reference import read_frameworks
from analytics.store.registers import Registers
from analytics.words.language import Words

Frameworks = Sequence[Framework]
# Of a new one, beside what is typed: the ids that there are; who follows on the same.
TAKEN, FOLLOWED = "taken", "followed"


def _frameworks(view: View | None, registers: Registers) -> Frameworks:
    return read_frameworks(view) if view else ()


def changed_framework(framework_id: str) -> SaveUnit[Frameworks]:
    """A framework of the store's."""

    def texts(frameworks: Frameworks) -> dict[str, str]:
        return next((texts_of(framework) for framework in frameworks if framework.id == framework_id), {})

    def writing(now: Texts, typed: Mapping[str, Typed], say: Words) -> Writing:
        file = say("the framework")
        made = framework_of({**overlaid(now, typed), "id": framework_id}, file, say)
        return Writing() if texts_of(made) == now else Writing([MadeFramework(file, made)])

    return SaveUnit(None, texts, writing, saved=_frameworks)


def new_framework(follows: str | None = None) -> SaveUnit[Frameworks]:
    """One that is not in the store; `follows`: the framework that it is to follow on, which nothing else may do yet."""

    def texts(frameworks: Frameworks) -> dict[str, str]:
        followed = followers(follows, frameworks) if follows else ()
        ids = (" ".join(sorted(one.id for one in some)) for some in (frameworks, followed))
        return dict(zip((TAKEN, FOLLOWED), ids, strict=True))

    def writing(now: Texts, typed: Mapping[str, Typed], say: Words) -> Writing:
        file = say("the framework")
        made = framework_of(overlaid(now, typed), file, say)
        problems = []
        if made.id in now[TAKEN].split():
            text, hint = say("A framework with this id already exists."), say("Give it another id.")
            problems.append(Problem(file, None, "id", made.id, text, hint))
        if now[FOLLOWED] and made.previous == follows:
            text = say("{id} follows on it already: somebody has made one meanwhile.", id=now[FOLLOWED])
            hint = say("Change that one, or choose another framework that this one follows on.")
            problems.append(Problem(file, None, "previous", follows, text, hint))
        if problems:
            raise Refused(problems)
        return Writing([MadeFramework(file, made)])

    return SaveUnit(None, texts, writing, saved=_frameworks)
