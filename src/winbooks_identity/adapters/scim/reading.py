"""
Which users and groups does an identity provider get to read?

A request reads what it answers and no more: a page, or the one who is looked up.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Final, NamedTuple, final

import attrs
from scim2_models import SearchRequest

from ...errors import Invalid
from ...refusals import UnknownUser
from ...winbooks_id import WinBooksId
from .comparing import matches_of, matching
from .entries import Entry, KnownGroup, KnownUser, external_id_of
from .groups import Groups, Target
from .known import Known
from .people import People
from .resources import PAGE
from .searching import FOUND_BY, is_answered_by, looked_up, needs_members, page_of


__all__ = ["USER", "Found", "Reader"]

USER: Final = "User"


class Found(NamedTuple):
    """
    A page of those who match, and how many do.
    """

    total: int
    entries: Sequence[Entry]


@final
@attrs.frozen
class Reader:
    """
    Reads the users and groups of the licence of *people*.
    """

    people: People

    @property
    def groups(self) -> Groups:
        """
        Return the groups of the licence.
        """
        return Groups(self.people)

    def get(self, kind: str, key: str, *, has_members: bool = True) -> Entry:
        """
        Return the user or group with that id.

        Raises:
            UnknownUser: there is none.
        """
        if kind == USER:
            return KnownUser(self.people.get(key))
        return self._group(self.groups.target(key), has_members=has_members)

    def look_up(
        self, kind: str, sought: Mapping[str, str], *, has_members: bool = True
    ) -> Iterator[Entry]:
        """
        Yield those that have what is *sought*, by names in lower case.
        """
        if kind == USER:
            return map(KnownUser, self._users(sought))
        return self._groups(sought, has_members=has_members)

    def search(self, kinds: Sequence[str], asked: SearchRequest[Any]) -> Found:
        """
        Return a page of those that match, and how many do.
        """
        if asked.filter is None and asked.sort_by is None:
            return self._page(kinds, asked)
        if asked.sort_by is None:
            compared = self._compared(kinds, asked)
            if compared is not None:
                return compared
            return _window(self._matching(kinds, asked), asked)
        matching = self._matching(kinds, asked)
        entries = {each.key: each for each in matching}
        ordered = asked.sort([each.resource() for each in entries.values()])
        page = [entries[str(each.id)] for each in ordered[page_of(asked)]]
        return Found(len(ordered), page)

    def _page(self, kinds: Sequence[str], asked: SearchRequest[Any]) -> Found:
        """
        Read no more than the page, however many users there are.
        """
        start = asked.start_index_0 or 0
        left = PAGE if asked.count is None else asked.count
        found: list[Entry] = []
        total = 0
        if USER in kinds:
            total, page = self.people.first(start=start, limit=left)
            found += map(KnownUser, page)
        if set(kinds) - {USER}:
            targets = self.groups.targets()
            before = max(start - total, 0)
            left -= len(found)
            has_members = needs_members(asked)
            found += [
                self._group(target, has_members=has_members)
                for target in targets[before : before + left]
            ]
            total += len(targets)
        return Found(total, found)

    def _compared(
        self, kinds: Sequence[str], asked: SearchRequest[Any]
    ) -> Found | None:
        """
        Return a page of the users who match, if they can be compared as they are.
        """
        wanted = asked.filter
        if (
            wanted is None
            or kinds != [USER]
            or looked_up(wanted).keys() & FOUND_BY[USER]
        ):
            return None
        matches = matches_of(wanted)
        if matches is None:
            return None
        total, page = matching(self.people, matches, page_of(asked))
        return Found(total, list(map(KnownUser, page)))

    def _matching(
        self, kinds: Sequence[str], asked: SearchRequest[Any]
    ) -> Iterator[Entry]:
        """
        Yield those that match, one by one.
        """
        wanted = asked.filter
        sought = looked_up(wanted)
        for kind in kinds:
            has_members = needs_members(asked, wanted)
            found = self.look_up(kind, sought, has_members=has_members)
            if wanted is None or is_answered_by(wanted, kind):
                yield from found
            else:
                yield from (each for each in found if wanted.match(each.resource()))

    def _users(self, sought: Mapping[str, str]) -> Iterable[Known]:
        """
        Return those who may match; a user who is looked up is found at once.
        """
        name = sought.get("username", sought.get("emails.value"))
        external_id = sought.get("externalid")
        if name is not None:
            return self._find(name)
        if external_id is not None:
            # One of the Portal's own stands for none.
            found = self.people.all(external_id=external_id)
            return (each for each in found if external_id_of(each.user) is not None)
        if "id" not in sought:
            return self.people.all()
        try:
            return [self.people.get(sought["id"])]
        except UnknownUser:
            return []

    def _find(self, name: str) -> Sequence[Known]:
        try:
            return self.people.find(WinBooksId.parse(name))
        except Invalid:
            return []

    def _groups(
        self, sought: Mapping[str, str], *, has_members: bool
    ) -> Iterator[Entry]:
        """
        Yield the groups that may match; one that is looked up is found at once.
        """
        groups = self.groups
        key = sought.get("id")
        if "displayname" in sought:
            named = groups.named(sought["displayname"])
            targets: Sequence[Target] = () if named is None else (named,)
        else:
            targets = groups.targets()
        for target in targets:
            if key in {None, groups.id_of(target)}:
                yield self._group(target, has_members=has_members)

    def _group(self, target: Target, *, has_members: bool) -> KnownGroup:
        groups = self.groups
        members = groups.with_members(target) if has_members else None
        return KnownGroup(groups.id_of(target), target, members)


def _window(matching: Iterator[Entry], asked: SearchRequest[Any]) -> Found:
    """
    Return the page of those that are *matching*, of which no others are kept.
    """
    page = page_of(asked)
    total, kept = 0, list[Entry]()
    for entry in matching:
        if page.start <= total < page.stop:
            kept.append(entry)
        total += 1
    return Found(total, kept)
