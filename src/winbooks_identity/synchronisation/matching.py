"""
Which record means which user, and which records are ambiguous?
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from typing import Self, final
from uuid import UUID

import attrs

from ..portal_user import PortalUser
from ..problems import Problem
from ..refusals import HeldBack
from ..winbooks_id import WinBooksId
from .desired_user import BadRecord, DesiredUser
from .plan import Finding
from .reason import Reason
from .remarks import (
    AmbiguousExternalId,
    DuplicateRecord,
    HeldByColleague,
    HeldByEndCustomer,
    InAnotherLicence,
)
from .snapshot import Snapshot


__all__ = ["Matching", "Pair", "match"]


@final
@attrs.frozen
class Pair:
    """
    A record and the user that it means; `None` for a new one.
    """

    desired: DesiredUser
    user: PortalUser | None


@final
@attrs.frozen(kw_only=True)
class Matching:
    """
    The records that can be followed, and those that cannot.
    """

    pairs: Sequence[Pair]
    conflicts: Sequence[Finding]


def match(
    snapshot: Snapshot,
    users: Iterable[PortalUser],
    elsewhere: AbstractSet[WinBooksId],
    held: Mapping[WinBooksId, UUID],
) -> Matching:
    """
    Say whom every record of *snapshot* means: by external id, else by address.

    The order of the records makes no difference.  [R65, R68, R69, Q18]

    Args:
        snapshot: what licence management says.
        users: everybody in the licence.
        elsewhere: the WinBooks IDs of other licences, as far as records ask
            for them.
        held: who left the WinBooks IDs that are held back, likewise.
    """
    index = _Index.of(users)
    # Sorted first, so that one of several spellings wins, whatever the order.
    distinct = dict.fromkeys(
        sorted(snapshot.users, key=lambda each: (each.external_id, each.login.address))
    )
    doubled = _Doubled.among(distinct, snapshot.bad)
    pairs: list[Pair] = []
    conflicts = [_unreadable(bad) for bad in snapshot.bad]
    for desired in distinct:
        pair = Pair(desired, index.find(desired))
        problems = tuple(_problems(pair, index, doubled, elsewhere))
        leaver = held.get(desired.login)
        if leaver is not None and (pair.user is None or pair.user.id != leaver):
            problems += (HeldBack(),)
        if problems:
            conflicts.append(_conflict(pair, problems))
        elif pair.user is not None or desired.is_active:
            pairs.append(pair)
    blocked = _blocked(pairs, index)
    for pair in pairs:
        if pair.desired.external_id in blocked:
            conflicts.append(_conflict(pair, (HeldByColleague(),)))
        elif _is_newcomer(pair, index):
            conflicts.append(_conflict(pair, (HeldBack(),)))
    return Matching(
        pairs=[
            pair
            for pair in pairs
            if pair.desired.external_id not in blocked and not _is_newcomer(pair, index)
        ],
        conflicts=tuple(sorted(dict.fromkeys(conflicts), key=_place)),
    )


@attrs.frozen(kw_only=True)
class _Index:
    by_external_id: dict[str, PortalUser]
    by_winbooks_id: dict[WinBooksId, PortalUser]
    ambiguous: frozenset[str]

    @classmethod
    def of(cls, users: Iterable[PortalUser]) -> Self:
        by_external_id: dict[str, PortalUser] = {}
        by_winbooks_id: dict[WinBooksId, PortalUser] = {}
        ambiguous: set[str] = set()
        for user in users:
            by_winbooks_id[user.winbooks_id] = user
            if user.external_id is not None:
                if user.external_id in by_external_id:
                    ambiguous.add(user.external_id)
                by_external_id[user.external_id] = user
        return cls(
            by_external_id=by_external_id,
            by_winbooks_id=by_winbooks_id,
            ambiguous=frozenset(ambiguous),
        )

    def find(self, desired: DesiredUser) -> PortalUser | None:
        known = self.by_external_id.get(desired.external_id)
        holder = self.by_winbooks_id.get(desired.login)
        if known is None and holder is not None and holder.external_id is None:
            return holder
        return known


@attrs.frozen(kw_only=True)
class _Doubled:
    external_ids: frozenset[str]
    logins: frozenset[WinBooksId]

    @classmethod
    def among(cls, users: Iterable[DesiredUser], bad: Iterable[BadRecord]) -> Self:
        external_ids: Counter[str | None] = Counter()
        logins: Counter[WinBooksId | None] = Counter()
        records: tuple[DesiredUser | BadRecord, ...] = (*users, *bad)
        for each in records:
            external_ids[each.external_id] += 1
            logins[each.login] += 1
        return cls(
            external_ids=frozenset(
                each for each, n in external_ids.items() if each is not None and n > 1
            ),
            logins=frozenset(
                each for each, n in logins.items() if each is not None and n > 1
            ),
        )


def _problems(
    pair: Pair, index: _Index, doubled: _Doubled, elsewhere: AbstractSet[WinBooksId]
) -> Iterator[Problem]:
    desired, holder = pair.desired, index.by_winbooks_id.get(pair.desired.login)
    if desired.external_id in doubled.external_ids or desired.login in doubled.logins:
        yield DuplicateRecord()
    if desired.external_id in index.ambiguous:
        yield AmbiguousExternalId()
    if desired.login in elsewhere:
        yield InAnotherLicence()
    if any(each is not None and not each.is_staff for each in (pair.user, holder)):
        yield HeldByEndCustomer()


def _blocked(pairs: Sequence[Pair], index: _Index) -> AbstractSet[str]:
    """
    Return the external ids of those whose address another user keeps.

    Who is blocked keeps their own address, which can block another one in turn.
    """
    waiting: dict[UUID, Pair] = {}
    leaving: set[UUID] = set()
    for pair in pairs:
        holder = index.by_winbooks_id.get(pair.desired.login)
        if holder is not None and holder is not pair.user:
            waiting[holder.id] = pair
        if pair.user is not None and pair.user is not holder:
            leaving.add(pair.user.id)
    stuck = [holder for holder in waiting if holder not in leaving]
    blocked: set[str] = set()
    while stuck:
        pair = waiting.pop(stuck.pop())
        blocked.add(pair.desired.external_id)
        if pair.user is not None and pair.user.id in waiting:
            stuck.append(pair.user.id)
    return blocked


def _is_newcomer(pair: Pair, index: _Index) -> bool:
    """
    Tell whether a new user asks for the address that a colleague is about to leave.

    Users may pass addresses to each other; a new one waits.  [S34]
    """
    return pair.user is None and pair.desired.login in index.by_winbooks_id


def _conflict(pair: Pair, problems: tuple[Problem, ...]) -> Finding:
    return Finding(
        external_id=pair.desired.external_id,
        winbooks_id=pair.desired.login,
        reasons=tuple(map(Reason.of, problems)),
        place=pair.desired.place,
    )


def _unreadable(bad: BadRecord) -> Finding:
    return Finding(
        external_id=bad.external_id,
        winbooks_id=bad.login,
        reasons=bad.reasons,
        place=bad.place,
    )


def _place(finding: Finding) -> tuple[str, str, int]:
    login = "" if finding.winbooks_id is None else finding.winbooks_id.key
    return finding.external_id or "", login, finding.place or 0
