"""
What is an attempt, and how did it end?
"""

from datetime import datetime, timedelta
from enum import Enum
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from typing import Final, final
from uuid import UUID

import attrs


__all__ = [
    "KEPT_FOR",
    "Admitted",
    "Attempt",
    "Door",
    "FailedAttempt",
    "Outcome",
    "Standing",
    "source_of",
]

#: How long a failed attempt is kept; our choice: long enough to look into it.
KEPT_FOR: Final = timedelta(days=90)

#: Bits of an IPv6 address that one customer of a network gets at least (RFC 6177):
#: they change the rest at will.
_IPV6_PREFIX: Final = 64


@final
class Door(Enum):
    """
    What is tried; each has limits of its own.
    """

    #: A password is tried: at a sign-in, or as the present one of a change.
    PASSWORD = "password"  # noqa: S105  The name of a door.
    #: A link to choose a password is asked for.
    FORGOTTEN_PASSWORD = "forgotten_password"  # noqa: S105  The name of a door.
    #: The token of a mailed link is tried.
    LINK = "link"
    #: The bearer token of an identity provider is tried.
    TOKEN = "token"  # noqa: S105  The name of a door.
    #: An identity provider deactivates a user of a licence.
    DEACTIVATION = "deactivation"


@final
class Outcome(Enum):
    """
    How an attempt ended.
    """

    #: It was that of the owner.
    RIGHT = "right"
    #: It was not.
    WRONG = "wrong"
    #: No one knows: something was busy or broken, so it does not count.
    UNKNOWN = "unknown"


@final
class Standing(Enum):
    """
    What is known of the person who tries, before the attempt is looked at.  [S24]
    """

    #: Its subject signed in from its source, not long ago.
    KNOWN = "known"
    #: Nothing speaks for it or against it.
    NEW = "new"
    #: More than a quarter of a limit has failed already.
    SUSPECT = "suspect"


def source_of(text: str | None) -> str | None:
    """
    Return where an attempt comes from, as far as it says who tries.

    An IPv4 address counts as it is, also where it is mapped into IPv6; of an IPv6
    address the network of 64 bits counts.  Any other text counts as it is.
    """
    address = _address(text)
    if not isinstance(address, IPv6Address):
        return text if address is None else str(address)
    return str(IPv6Network((int(address), _IPV6_PREFIX), strict=False))


def _address(text: str | None) -> IPv4Address | IPv6Address | None:
    try:
        address = ip_address(text or "")
    except ValueError:
        return None
    mapped = address.ipv4_mapped if isinstance(address, IPv6Address) else None
    return mapped or address


@final
@attrs.frozen(kw_only=True)
class Attempt:
    """
    One try at a door.

    Args:
        door: what is tried.
        subject: whom it is about: the key of a WinBooks ID, or the internal key
            that a link names; `None` where it names none.
        source: where it comes from: an IP address as text; `None` where the
            product does not say.  See `source_of`.
    """

    door: Door
    subject: str | None = attrs.field(repr=False)
    source: str | None = attrs.field(repr=False, converter=source_of)

    def failed(
        self, *, attempt_id: UUID, user_id: UUID | None, at: datetime
    ) -> "FailedAttempt":
        """
        Return what is kept of it where it was not its owner's.

        Args:
            attempt_id: the event's own.
            user_id: whom it was about, if the subject is anyone's.
            at: when, in UTC.
        """
        return FailedAttempt(
            id=attempt_id,
            user_id=user_id,
            door=self.door,
            source=None if user_id is None else self._address_or_network(),
            at=at,
        )

    def _address_or_network(self) -> str | None:
        # What a product passes may be text that a stranger chose.
        source = self.source or ""
        return source if _address(source.partition("/")[0]) else None


@final
@attrs.frozen
class Admitted:
    """
    An attempt that is counted and may be looked at.
    """

    attempt: Attempt
    standing: Standing


@final
@attrs.frozen(kw_only=True)
class FailedAttempt:
    """
    An attempt that was not its owner's, for the log.  [S22]

    `user_id` is `None` where the subject is no one's; then `source` is `None` too,
    so that nothing is kept of a person who mistyped; it goes after `KEPT_FOR`.
    `source` is an IP address, of IPv6 the network of 64 bits.  `at` is in UTC.
    """

    id: UUID
    user_id: UUID | None
    door: Door
    source: str | None
    at: datetime
