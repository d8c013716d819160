"""
How does a command run its step for all who are meant, and answer?
"""

from collections.abc import Sequence
from typing import Unpack

from ...adapters.opening import Parts
from ..answer import Answer
from ..opening import opened
from ..screen import Screen
from .carrying_out import Actors, Take, Told, carry_out
from .options import Run, Users
from .report import of_report
from .whom import Target


__all__ = ["for_all"]


def for_all(
    found: Sequence[Target],
    take: Take,
    *,
    users: Users,
    run: Run | None,
    screen: Screen,
    tell: Told | None = None,
    **parts: Unpack[Parts],
) -> Answer:
    """
    Take the step for each of *found*, and return the answer.

    Args:
        found: who is meant.
        take: takes the step.
        users: where they are, and who acts.
        run: whether it is a dry run.
        screen: where the command speaks.
        tell: is called with each row.
        parts: what the portal is opened with.
    """
    dry_run = (run or Run()).dry_run
    with opened(users.database, key_file=users.key_file, **parts) as portal:
        report = carry_out(
            portal,
            found,
            take,
            actors=Actors(portal, users),
            dry_run=dry_run,
            screen=screen,
            tell=tell,
        )
    return of_report(report, screen, dry_run=dry_run)
