"""Which remarks somebody has acknowledged: of the facts as they are, or of others before."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from analytics.funding.checks.remark import Remark
from analytics.model.remarks import Acknowledgement, RemarkKind

About = tuple[RemarkKind, str | None]
"""The kind and the project of a remark: what it is about, whatever the facts."""


def with_acknowledgements(
    remarks: Sequence[Remark], acknowledgements: Iterable[Acknowledgement], year: int
) -> tuple[Remark, ...]:
    """The remarks, each with who has acknowledged it. It is acknowledged as long as its facts are those that it was
    acknowledged of, in whichever year's report; where they are others it is open, with the latest acknowledgement of
    the same kind and project that is of no remark any more, from this year's report or an earlier one's."""
    of_facts: dict[tuple[About, str], Acknowledgement] = {}
    for one in acknowledgements:
        of_facts[(one.kind, one.project_id), one.facts] = one
    standing = {(_about(remark), remark.fingerprint) for remark in remarks}
    earlier: dict[About, Acknowledgement] = {}
    for (about, facts), one in of_facts.items():
        later = about not in earlier or earlier[about].acknowledged_on <= one.acknowledged_on
        if (about, facts) not in standing and one.year <= year and later:
            earlier[about] = one
    return tuple(_with(remark, of_facts.get((_about(remark), remark.fingerprint)), earlier) for remark in remarks)


def _with(remark: Remark, found: Acknowledgement | None, earlier: dict[About, Acknowledgement]) -> Remark:
    return replace(remark, acknowledged=found, earlier=None if found else earlier.get(_about(remark)))


def _about(remark: Remark) -> About:
    return remark.kind, remark.project_id
