"""
Whom is a directory outside shown, and in which order?
"""

from collections.abc import Sequence
from datetime import timedelta

import attrs

from ...level import Level
from ...portal_user import PortalUser, Status
from ...ports import Listing, Storage
from ...role import Role
from .. import samples
from . import units
from .suite import StorageSuite


__all__ = ["Listings"]

ALL = Listing(licence="4711")


def shown(
    storage: Storage, listing: Listing = ALL, *, start: int = 0, limit: int = 99
) -> Sequence[PortalUser]:
    """
    Return a page of *listing*.
    """
    return storage.run(
        lambda unit: unit.users.listed(listing, start=start, limit=limit)
    )


def number(storage: Storage, listing: Listing = ALL) -> int:
    """
    Return how many users *listing* has.
    """
    return storage.run(lambda unit: unit.users.count_listed(listing))


def _add(storage: Storage, *users: PortalUser) -> None:
    storage.run(lambda unit: unit.users.add_all(users))


class Listings(StorageSuite):
    """
    Staff are listed who are active or known outside, page by page.
    """

    def test_whom_a_directory_sees(self, storage: Storage) -> None:
        """
        End customers, who was deleted, and other licences are not shown.
        """
        units.register(storage)
        units.register(storage, "4712")
        away = samples.user("away", status=Status.INACTIVE)
        known = attrs.evolve(
            samples.user("known", status=Status.INACTIVE), external_id="e-1"
        )
        ada = samples.user("ada", level=Level.ADMINISTRATOR)
        _add(
            storage,
            away,
            known,
            ada,
            samples.user("client", level=Level.USER, roles=frozenset()),
            samples.user("other", licence="4712"),
        )

        assert sorted([known, ada], key=lambda user: user.id) == list(shown(storage))
        assert 2 == number(storage)
        assert 1 == number(storage, Listing(licence="4712"))
        assert 0 == number(storage, Listing(licence="4713"))

    def test_pages(self, storage: Storage) -> None:
        """
        Every user is on exactly one page, in one order.
        """
        units.register(storage)
        users = [samples.user(f"user{each}") for each in range(7)]
        _add(storage, *users)

        pages = [shown(storage, start=start, limit=3) for start in (0, 3, 6, 9)]

        in_order = sorted(users, key=lambda user: user.id)
        assert [3, 3, 1, 0] == [len(page) for page in pages]
        assert in_order == [user for page in pages for user in page]
        assert [] == list(shown(storage, limit=0))

    def test_members(self, storage: Storage) -> None:
        """
        Those with a role, with a dossier, or with a name outside are found.
        """
        units.register(storage, dossiers=("D1",))
        holder = samples.user("holder", roles=frozenset({Role.CONNECT_ACCOUNTANT}))
        opener = samples.user("opener", dossiers=frozenset({"D1"}), roles=frozenset())
        named = attrs.evolve(samples.user("named"), external_id="e-1")
        _add(storage, holder, opener, named)

        for listing, user in (
            (attrs.evolve(ALL, role=Role.CONNECT_ACCOUNTANT), holder),
            (attrs.evolve(ALL, dossier="D1"), opener),
            (attrs.evolve(ALL, external_id="e-1"), named),
        ):
            assert [user] == list(shown(storage, listing))
            assert 1 == number(storage, listing)
        for listing in (
            attrs.evolve(ALL, dossier="D2"),
            attrs.evolve(ALL, external_id="E-1"),
            attrs.evolve(ALL, dossier="D1", role=Role.CONNECT_ACCOUNTANT),
            Listing(licence="4712", dossier="D1"),
        ):
            assert [] == list(shown(storage, listing))
            assert 0 == number(storage, listing)

    def test_spans(self, storage: Storage) -> None:
        """
        What happened first and last gives the span of a user; nothing gives none.
        """
        later = attrs.evolve(
            samples.event(version=2), at=samples.NOW + timedelta(hours=1)
        )

        storage.run(
            lambda unit: unit.history.add_all(
                [samples.event(), later, samples.event("grace")]
            )
        )

        ada, grace = samples.identifier("ada"), samples.identifier("grace")
        asked = {ada, grace, samples.identifier("nobody")}
        spans = storage.run(lambda unit: unit.history.spans(asked))
        assert {
            ada: (samples.NOW, samples.NOW + timedelta(hours=1)),
            grace: (samples.NOW, samples.NOW),
        } == spans
        of_one = storage.run(lambda unit: unit.history.spans({ada}))
        assert {ada: spans[ada]} == of_one
        assert {} == storage.run(lambda unit: unit.history.spans(set()))
