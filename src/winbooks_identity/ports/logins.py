"""
Where is what a sign-in is checked against, and what went wrong at one?
"""

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from datetime import datetime
from typing import Protocol
from uuid import UUID

from ..attempts import FailedAttempt
from ..credential import Credential
from ..dossier import LicenceNumber
from ..mail.link_request import LinkRequest
from ..passwords.impact import Stamp


__all__ = ["Credentials", "FailedAttempts", "LinkRequests"]


class Credentials(Protocol):
    """
    What sign-ins are checked against, inside a unit of work.
    """

    def put(self, credential: Credential) -> None:
        """
        Store the credential of a user who is there, in place of an earlier one.
        """
        ...

    def replace(self, earlier: Credential, credential: Credential) -> bool:
        """
        Store *credential* if the stored one has the hash of *earlier*.

        Returns whether it had.
        """
        ...

    def remove(self, user_ids: AbstractSet[UUID]) -> None:
        """
        Remove the credentials of those users, who sign in elsewhere.  [S52]
        """
        ...

    def find(self, user_id: UUID) -> Credential | None:
        """
        Return the credential of that user.
        """
        ...

    def stamps(self, licence: LicenceNumber | None = None) -> Mapping[Stamp, int]:
        """
        Return how many passwords which policy accepted, in which licence.

        Args:
            licence: the number of the only licence to look at; all by default.
        """
        ...


class FailedAttempts(Protocol):
    """
    The attempts that were not their owners', inside a unit of work.
    """

    def add(self, failed: FailedAttempt) -> None:
        """
        Store *failed*; its user need not be there.
        """
        ...

    def of_user(self, user_id: UUID) -> Sequence[FailedAttempt]:
        """
        Return those about the user with that internal key, the latest first.
        """
        ...

    def forget(self, before: datetime) -> None:
        """
        Remove all that are older than *before*, whomever they are about.
        """
        ...


class LinkRequests(Protocol):
    """
    The links to choose a password that were asked for, inside a unit of work.
    """

    def put(self, request: LinkRequest) -> None:
        """
        Let *request* wait from now on, if the unit of work is committed.
        """
        ...

    def waiting(
        self, *, after: LinkRequest | None, limit: int
    ) -> Sequence[LinkRequest]:
        """
        Return up to *limit* requests that wait, the oldest first.

        Args:
            after: the last one of the page before; `None` for the first page.
            limit: how many at most.
        """
        ...

    def take(self, request: LinkRequest) -> bool:
        """
        Remove *request*; tell whether it was there.

        Of two units of work that take one, the second finds it gone.
        """
        ...
