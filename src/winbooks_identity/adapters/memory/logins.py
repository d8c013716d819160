"""
How is what a sign-in is checked against kept in memory?
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from datetime import datetime
from typing import final
from uuid import UUID

import attrs

from ...attempts import FailedAttempt
from ...credential import Credential
from ...dossier import LicenceNumber
from ...mail.link_request import LinkRequest
from ...passwords.impact import Stamp
from .state import State, drop


__all__ = ["Credentials", "FailedAttempts", "LinkRequests"]


@final
@attrs.frozen
class Credentials:
    """
    What sign-ins are checked against, in a dictionary.
    """

    _state: State

    def put(self, credential: Credential) -> None:
        self._state.credentials[credential.user_id] = credential

    def replace(self, earlier: Credential, credential: Credential) -> bool:
        stored = self.find(earlier.user_id)
        if stored is None or stored.password_hash != earlier.password_hash:
            return False
        self.put(credential)
        return True

    def remove(self, user_ids: AbstractSet[UUID]) -> None:
        for user_id in user_ids:
            self._state.credentials.pop(user_id, None)

    def find(self, user_id: UUID) -> Credential | None:
        return self._state.credentials.get(user_id)

    def stamps(self, licence: LicenceNumber | None = None) -> Mapping[Stamp, int]:
        users = self._state.users
        stamps = (
            Stamp(users[credential.user_id].licence, credential.policy)
            for credential in self._state.credentials.values()
        )
        return Counter(stamp for stamp in stamps if licence in {None, stamp.licence})


@final
@attrs.frozen
class LinkRequests:
    """
    Requests for a link that wait for an answer, in a dictionary.
    """

    _state: State

    def put(self, request: LinkRequest) -> None:
        self._state.link_requests[request.id] = request

    def waiting(
        self, *, after: LinkRequest | None, limit: int
    ) -> Sequence[LinkRequest]:
        stored = sorted(self._state.link_requests.values(), key=_position)
        left = [
            each
            for each in stored
            if after is None or _position(each) > _position(after)
        ]
        return left[:limit]

    def take(self, request: LinkRequest) -> bool:
        return self._state.link_requests.pop(request.id, None) is not None


@final
@attrs.frozen
class FailedAttempts:
    """
    What went wrong at a login, in a dictionary.
    """

    _state: State

    def add(self, failed: FailedAttempt) -> None:
        self._state.failed_attempts[failed.id] = failed

    def of_user(self, user_id: UUID) -> Sequence[FailedAttempt]:
        stored = self._state.failed_attempts.values()
        return sorted(
            (failed for failed in stored if failed.user_id == user_id),
            key=lambda failed: (failed.at, failed.id),
            reverse=True,
        )

    def forget(self, before: datetime) -> None:
        drop(self._state.failed_attempts, lambda failed: failed.at < before)


def _position(request: LinkRequest) -> tuple[datetime, UUID]:
    return request.asked_at, request.id
