"""
Does a storage answer like a few dictionaries, whatever is asked in which order?
"""

from contextlib import suppress
from itertools import count
from typing import Any, Final
from uuid import UUID

import attrs
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    rule,
    run_state_machine_as_test,
)

from ...credential import Credential
from ...level import Level
from ...portal_user import PortalUser
from ...ports import Request, Storage, UnitOfWork
from ...refusals import DuplicateWinBooksId, OutOfDate
from ...winbooks_id import WinBooksId
from .. import samples
from . import units
from .suite import SEQUENCES, Interrupted, outcome


__all__ = ["check_any_sequence"]

#: So few that every sequence meets the same user, ID and licence again.
_NAMES: Final = st.sampled_from(["ada", "grace"])
_SPELLINGS: Final = st.sampled_from(["ada", "ADA", "grace", "joan"])
_LICENCES: Final = st.sampled_from(["4711", "4712"])
_LEVELS: Final = st.sampled_from(Level)


def check_any_sequence(storage: Storage) -> None:
    """
    Compare *storage* with a model, in short sequences of calls.

    Each sequence has names of its own, so one storage serves them all.
    """
    sequences = count()

    class Comparison(_Comparison):
        def __init__(self) -> None:
            super().__init__(storage, f"s{next(sequences)}")

    run_state_machine_as_test(Comparison, settings=SEQUENCES)


class _Comparison(RuleBasedStateMachine):
    def __init__(self, storage: Storage, sequence: str) -> None:
        super().__init__()
        self._storage = storage
        self._sequence = sequence
        self._users: dict[UUID, PortalUser] = {}
        self._credentials: dict[UUID, Credential] = {}
        self._requests: dict[UUID, Request] = {}
        for number in ("4711", "4712"):
            units.register(storage, self._licence(number))

    # Naming

    def _licence(self, number: str) -> str:
        return f"{self._sequence}-{number}"

    def _user(self, name: str, spelling: str, licence: str, level: Level) -> PortalUser:
        return samples.user(
            f"{name}-{self._sequence}",
            address=f"{spelling}@{self._sequence}.be",
            licence=self._licence(licence),
            level=level,
        )

    # What the model expects

    def _owner(self, winbooks_id: WinBooksId) -> PortalUser | None:
        owners = (u for u in self._users.values() if u.winbooks_id == winbooks_id)
        return next(owners, None)

    def _refusal_of_save(self, user: PortalUser) -> type[Exception] | None:
        stored = self._users.get(user.id)
        if stored is None or stored.version != user.version:
            return OutOfDate
        owner = self._owner(user.winbooks_id)
        return None if owner in {None, stored} else DuplicateWinBooksId

    # What is done to both

    @rule(name=_NAMES, spelling=_SPELLINGS, licence=_LICENCES, level=_LEVELS)
    def add(self, name: str, spelling: str, licence: str, level: Level) -> None:
        user = self._user(name, spelling, licence, level)
        if user.id in self._users:
            return
        taken = self._owner(user.winbooks_id) is not None

        refusal = outcome(lambda: self._storage.run(lambda u: u.users.add(user)))

        assert (DuplicateWinBooksId if taken else None) is refusal
        if not taken:
            self._users[user.id] = user

    @rule(
        name=_NAMES,
        spelling=_SPELLINGS,
        licence=_LICENCES,
        level=_LEVELS,
        behind=st.integers(0, 1),
    )
    def save(
        self, name: str, spelling: str, licence: str, level: Level, behind: int
    ) -> None:
        user = self._user(name, spelling, licence, level)
        stored = self._users.get(user.id)
        version = max(1, stored.version - behind) if stored else 1
        user = attrs.evolve(user, version=version)
        expected = self._refusal_of_save(user)

        refusal = outcome(lambda: self._storage.run(lambda u: u.users.save(user)))

        assert expected is refusal
        if expected is None:
            self._users[user.id] = attrs.evolve(user, version=version + 1)

    @rule(name=_NAMES, spelling=_SPELLINGS, licence=_LICENCES, level=_LEVELS)
    def undo(self, name: str, spelling: str, licence: str, level: Level) -> None:
        user = self._user(name, spelling, licence, level)

        def work(unit: UnitOfWork) -> None:
            if user.id not in self._users:
                with suppress(DuplicateWinBooksId):
                    unit.users.add(user)
            with suppress(OutOfDate, DuplicateWinBooksId):
                unit.users.save(user)
            raise Interrupted

        with suppress(Interrupted):
            self._storage.run(work)

    @rule(name=_NAMES, password_hash=st.sampled_from(["$first", "$second"]))
    def put_credential(self, name: str, password_hash: str) -> None:
        credential = samples.credential(
            f"{name}-{self._sequence}", password_hash=password_hash
        )
        if credential.user_id in self._users:
            self._storage.run(lambda unit: unit.credentials.put(credential))
            self._credentials[credential.user_id] = credential

    @rule(name=_NAMES, digest=st.sampled_from([b"\1", b"\2"]))
    def remember(self, name: str, digest: bytes) -> None:
        request = samples.request(f"request-{self._sequence}", of=name, digest=digest)

        known = self._storage.run(lambda unit: unit.requests.remember(request))

        assert self._requests.get(request.id) == known
        self._requests.setdefault(request.id, request)

    # What both must agree on

    @invariant()
    def everything_is_found(self) -> None:
        assert self._expected() == self._storage.run(self._found)

    def _expected(self) -> dict[str, Any]:
        return {
            "users": self._users,
            "owners": {
                spelling: self._owner(self._id(spelling))
                for spelling in ("ADA", "grace")
            },
            "members": {
                number: sorted(
                    (
                        user
                        for user in self._users.values()
                        if user.licence == self._licence(number)
                    ),
                    key=lambda user: user.id,
                )
                for number in ("4711", "4712")
            },
            "credentials": {
                user_id: self._credentials.get(user_id) for user_id in self._users
            },
        }

    def _found(self, unit: UnitOfWork) -> dict[str, Any]:
        return {
            "users": {user_id: unit.users.find(user_id) for user_id in self._users},
            "owners": {
                spelling: unit.users.find_by_winbooks_id(self._id(spelling))
                for spelling in ("ADA", "grace")
            },
            "members": {
                number: list(unit.users.of_licence(self._licence(number), limit=9))
                for number in ("4711", "4712")
            },
            "credentials": {
                user_id: unit.credentials.find(user_id) for user_id in self._users
            },
        }

    def _id(self, spelling: str) -> WinBooksId:
        return WinBooksId(f"{spelling}@{self._sequence}.be")
