"""
How does it look, what an office file makes of a licence and its dossiers?
"""

from collections.abc import Iterator

from rich.text import Text

from ..plain import plain
from .plan import Fate, Planned
from .screen import Screen


__all__ = ["licence_in_json", "licence_in_words"]


def licence_in_words(planned: Planned, screen: Screen) -> Iterator[Text]:
    """
    Yield a line for each thing that changes, or is stored otherwise.
    """
    revision = planned.plan.licence
    style = "yellow" if _changed(planned) is Fate.DIFFERENT else ""
    for field, before, after in _fields(planned):
        name = screen.text(f"cli.column.{field}")
        yield Text(screen.labelled(name, f"{before} → {after}"), style)
    dossier = screen.text("cli.column.dossier")
    for old, new in revision.renamed:
        name = f"{dossier} {new.number}"
        yield Text(screen.labelled(name, f"{old.name} → {new.name}"), style)
    if revision.before is not None:
        for each in revision.added:
            fate = screen.text(f"cli.fate.{_added(planned).value}")
            name = f"{dossier} {each.number}"
            yield Text(screen.labelled(name, f"{each.name}, {fate}"), "green")
    if revision.unnamed:
        numbers = ", ".join(each.number for each in revision.unnamed)
        yield Text(screen.text("cli.provision.unnamed", numbers=numbers), "dim")


def licence_in_json(planned: Planned) -> dict[str, object]:
    """
    Return what changes in the licence and its dossiers, and what was not named.
    """
    revision = planned.plan.licence
    changed, added = _changed(planned).value, _added(planned).value
    return {
        "licence_changes": [
            {"field": field, "before": before, "after": after, "fate": changed}
            for field, before, after in _fields(planned)
        ],
        "dossiers": [
            *(
                {
                    "number": new.number,
                    "before": str(old.name),
                    "name": str(new.name),
                    "fate": changed,
                }
                for old, new in revision.renamed
            ),
            *(
                {
                    "number": each.number,
                    "before": None,
                    "name": str(each.name),
                    "fate": added,
                }
                for each in revision.added
            ),
        ],
        "absent_dossiers": [each.number for each in revision.unnamed],
    }


def _fields(planned: Planned) -> Iterator[tuple[str, str, str]]:
    revision = planned.plan.licence
    for field in revision.fields:
        before, after = (
            getattr(revision.before, field),
            getattr(revision.licence, field),
        )
        yield field, str(plain(before)), str(plain(after))


def _changed(planned: Planned) -> Fate:
    if not planned.applies:
        return Fate.DIFFERENT
    return Fate.CHANGED if planned.is_done else Fate.TO_CHANGE


def _added(planned: Planned) -> Fate:
    return Fate.CREATED if planned.is_done else Fate.NEW
