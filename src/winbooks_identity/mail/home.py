"""
Is a database still the one whose mails were sent, or a copy of it?
"""

from typing import Final, Self, final

import attrs


__all__ = ["HELD", "Home"]

#: The reason of mails that are held back: an operator stopped them, or they came with
#: a copy of a database.
HELD: Final = "mail.held"


@final
@attrs.frozen(kw_only=True)
class Home:
    """
    Where the mails are, in numbers that a server gives and no dump restores.  [S83]

    Those of PostgreSQL: the server's own, and the ones of the database and of the
    table.  A value is `None` where it is not known.  A standby that takes over, a
    base backup and a restore to a moment are the server with its numbers.
    """

    system_identifier: str | None
    database_oid: str | None
    table_oid: str | None

    def is_another(self, here: Self) -> bool:
        """
        Tell whether *here* differs in anything that is known of both.
        """
        pairs = zip(attrs.astuple(self), attrs.astuple(here), strict=True)
        return any(then != now for then, now in pairs if None not in {then, now})

    def updated(self, here: Self) -> Self:
        """
        Return *here*, with what is not known of it as it was.
        """
        known = attrs.asdict(here, filter=lambda _, value: value is not None)
        return attrs.evolve(self, **known)
