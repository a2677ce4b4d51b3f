"""How the schools that a school is put beside were chosen, in words."""

from __future__ import annotations

from analytics.maturity.similar import MOST, Similar
from analytics.model.schools import School
from analytics.words.language import Words
from analytics.words.schools import stage_name


def how_chosen(school: School, found: Similar | None, own_set: bool, say: Words) -> str:
    """How the schools were chosen; with few, that they are."""
    if own_set:
        return say("The schools were chosen above; clear the choice to see those that the page chooses.")
    if found is None or not found.neighbours:
        return say("The register has too little of the school, or of the others, to tell which are like it.")
    how = {
        "measures": say.listing(measure_name(name, say) for name in found.measures),
        "stage": stage_name(school.stage, say) if school.stage else "",
    }
    if found.whole_stage:
        parts = [_whole_stage(found, how["stage"], say)]
    elif not found.others:
        parts = [
            say(
                "The {n} nearest by {measures} of the {of_stage} other schools of the same stage ({stage})"
                " with figures.",
                n=found.same_stage,
                of_stage=found.of_stage,
                **how,
            )
        ]
    elif found.same_stage:
        parts = [
            say.plural(
                "{n} is of the same stage ({stage}), the only one with figures; the rest are of other stages, the"
                " nearest by {measures} first.",
                "{n} are of the same stage ({stage}), all with figures; the rest are of other stages, the nearest by"
                " {measures} first.",
                found.same_stage,
                **how,
            )
        ]
    else:
        parts = [say("None is of the same stage; the nearest by {measures} come first.", **how)]
    if found.not_compared:
        parts.append(
            say.plural(
                "{n} more of the stage could not be compared: too little is known of it.",
                "{n} more of the stage could not be compared: too little is known of them.",
                found.not_compared,
            )
        )
    if found.as_near:
        parts.append(
            say.plural(
                "{n} school that is left out is as near as the last one chosen; its place in the register decided.",
                "{n} schools that are left out are as near as the last one chosen; their places in the register"
                " decided.",
                found.as_near,
            )
        )
    if found.too_few:
        parts.append(say("They are fewer than the eight that a comparison should have: read it with care."))
    return " ".join(parts)


def _whole_stage(found: Similar, stage: str, say: Words) -> str:
    """Every school of the stage; where they are many, that nothing else would have chosen among them."""
    if found.of_stage <= MOST:
        return say.plural(
            "The only other school of the same stage ({stage}) with figures.",
            "All {n} other schools of the same stage ({stage}) with figures.",
            found.of_stage,
            stage=stage,
        )
    return say(
        "All {n} other schools of the same stage ({stage}) with figures. Which of them are most like it cannot "
        "be determined: too little else is known of them.",
        n=found.of_stage,
        stage=stage,
    )


def measure_name(name: str, say: Words) -> str:
    """What schools are compared by, as people call it; what was loaded of context is called as in its file."""
    return {"pupils": say("number of pupils"), "staff": say("number of staff")}.get(name, name)
