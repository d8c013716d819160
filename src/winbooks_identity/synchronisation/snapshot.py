"""
Is what licence management said all that it has to say?

The answer is a type: only a `Complete` snapshot can lead to deactivations, so
a source that was cut off or down cannot cost anyone their access.  [Q17]
"""

from collections.abc import Iterable
from typing import TypeAlias, final

import attrs

from ..problems import Notice
from .desired_user import BadRecord, DesiredUser
from .remarks import CountDiffers, NotDeclared


__all__ = ["Complete", "Partial", "Snapshot", "snapshot_of"]


@final
@attrs.frozen(kw_only=True)
class Complete:
    """
    Everybody whom licence management knows in a licence.  [Q17]

    Args:
        users: the records that describe a person.
        bad: the records that do not.
        count: how many records the source declares.

    Raises:
        ValueError: *count* is another number than that of the records.
    """

    users: tuple[DesiredUser, ...]
    bad: tuple[BadRecord, ...] = ()
    count: int

    def __attrs_post_init__(self) -> None:
        counted = len(self.users) + len(self.bad)
        if self.count != counted:
            raise ValueError(f"{self.count} records declared, {counted} counted")


@final
@attrs.frozen(kw_only=True)
class Partial:
    """
    Some of those whom licence management knows: perhaps others were lost.  [Q17]
    """

    users: tuple[DesiredUser, ...]
    bad: tuple[BadRecord, ...] = ()
    reason: Notice = attrs.field(factory=NotDeclared)


Snapshot: TypeAlias = Complete | Partial
"""
What a gateway read in one go.
"""


def snapshot_of(
    records: Iterable[DesiredUser | BadRecord], *, declared: int | None
) -> Snapshot:
    """
    Return the snapshot of *records*; complete only if *declared* counts them.
    """
    read = tuple(records)
    users = tuple(record for record in read if isinstance(record, DesiredUser))
    bad = tuple(record for record in read if isinstance(record, BadRecord))
    if declared is None:
        return Partial(users=users, bad=bad)
    if declared != len(read):
        reason = CountDiffers(declared=declared, counted=len(read))
        return Partial(users=users, bad=bad, reason=reason)
    return Complete(users=users, bad=bad, count=declared)
