"""
Who gets a WinBooks ID that another user left?
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from uuid import UUID

import attrs

from ...portal_user import IdChange, PortalUser
from ...ports import Storage, UnitOfWork
from ...refusals import DuplicateWinBooksId
from ...winbooks_id import WinBooksId
from .. import samples
from . import units
from .suite import StorageSuite, in_threads, needs_threads, outcome


__all__ = ["Leaving"]

ADA = WinBooksId("ada@kantoor.be")
COUNTESS = "countess@kantoor.be"
ADAS_KEY = samples.identifier("ada")
NOW = samples.NOW
DAY = timedelta(days=1)
#: When the reservation of `samples.user(id_change=...)` ends.
ENDS = NOW + DAY


class Leaving(StorageSuite):
    """
    An ID that was left is held back, and a reservation ends with its link.  [S34]
    """

    # Held back

    def test_when_an_id_was_left(self, storage: Storage) -> None:
        """
        Of those that are asked for and have no owner.
        """
        units.register(storage)
        units.add(storage, samples.user("grace", address="grace@kantoor.be"))
        left, owned = WinBooksId("left@kantoor.be"), WinBooksId("grace@kantoor.be")
        storage.run(lambda unit: unit.left_ids.put(left, of=ADAS_KEY, at=NOW))

        found = storage.read(lambda unit: unit.left_ids.left_at({left, owned}))

        assert {left: NOW} == found
        assert {} == storage.read(lambda unit: unit.left_ids.left_at({owned}))

    def test_an_id_that_was_left_is_held_back(self, storage: Storage) -> None:
        """
        It has no owner, no one else gets it, and the unit of work stays usable.
        """
        _leave(storage)
        grace = samples.user("grace", address="Ada@kantoor.be")

        def work(unit: UnitOfWork) -> type[Exception] | None:
            refusal = outcome(lambda: unit.users.add(grace))
            unit.users.add(samples.user("joan"))
            return refusal

        assert DuplicateWinBooksId is storage.run(work)
        assert [grace] == storage.run(lambda unit: unit.users.add_all([grace]))
        assert (None, set()) == (units.owner(storage), units.taken(storage, str(ADA)))
        assert samples.user("joan") == units.find(storage, "joan")

    def test_it_is_held_for_a_while(self, storage: Storage) -> None:
        """
        Up to the moment that is asked for, which counts as past.
        """
        _leave(storage)

        assert {ADA: ADAS_KEY} == _held(storage, NOW - timedelta(microseconds=1))
        assert {} == _held(storage, NOW)
        assert {} == storage.run(
            lambda unit: unit.left_ids.held({WinBooksId(COUNTESS)}, left_before=NOW)
        )

    def test_it_is_free_once_it_is_released(self, storage: Storage) -> None:
        """
        Not a moment earlier, and in another spelling too.
        """
        _leave(storage)
        grace = samples.user("grace", address="ADA@kantoor.be")

        _release(storage, left_before=NOW - timedelta(microseconds=1))
        early = outcome(lambda: units.add(storage, grace))
        _release(storage, left_before=NOW)
        units.add(storage, grace)

        assert DuplicateWinBooksId is early
        assert grace == units.owner(storage)

    def test_a_product_link_holds_it(self, storage: Storage) -> None:
        """
        As long as one names it, however long that is.
        """
        _leave(storage)
        link = samples.link("ada")
        storage.run(lambda unit: unit.product_links.put(link))

        _release(storage, left_before=NOW + 999 * DAY)
        held = _held(storage, NOW + 999 * DAY)
        named_otherwise = attrs.evolve(link, winbooks_id=WinBooksId(COUNTESS))
        storage.run(lambda unit: unit.product_links.put(named_otherwise))

        assert ({ADA: ADAS_KEY}, {}) == (held, _held(storage, NOW + 999 * DAY))

    def test_its_user_may_take_it_again(self, storage: Storage) -> None:
        """
        Then nothing is held back any more, and they can leave it once more.
        """
        _leave(storage)

        units.save(storage, samples.user(version=2))
        held = _held(storage, NOW - DAY)
        units.save(storage, samples.user(address=COUNTESS, version=3))
        units.add(storage, samples.user("grace", address=str(ADA)))

        assert {} == held

    def test_who_is_refused_something_else_keeps_it(self, storage: Storage) -> None:
        """
        A save that fails changes nothing, alone and among many.
        """
        _leave(storage)
        units.add(storage, samples.user("grace"))
        back = samples.user(version=2, id_change="grace@kantoor.be")

        refusal = outcome(lambda: units.save(storage, back))
        saved = storage.run(lambda unit: unit.users.save_all([back]))

        assert (DuplicateWinBooksId, []) == (refusal, list(saved))
        assert {ADA: ADAS_KEY} == _held(storage, NOW - DAY)

    def test_no_other_user_saves_it(self, storage: Storage) -> None:
        """
        Neither as their ID nor as one that waits.
        """
        _leave(storage)
        units.add(storage, samples.user("grace"))

        refusals = [
            outcome(
                lambda: units.save(storage, samples.user("grace", address=str(ADA)))
            ),
            outcome(
                lambda: units.save(storage, samples.user("grace", id_change=str(ADA)))
            ),
        ]

        assert [DuplicateWinBooksId] * 2 == refusals

    def test_it_is_held_after_its_user_is_gone(self, storage: Storage) -> None:
        """
        An erasure leaves an ID, too.
        """
        units.register(storage)
        units.add(storage, samples.user())

        def erase(unit: UnitOfWork) -> None:
            unit.users.remove(samples.user())
            unit.left_ids.put(ADA, of=ADAS_KEY, at=NOW)

        storage.run(erase)

        assert {ADA: ADAS_KEY} == _held(storage, NOW - DAY)
        assert DuplicateWinBooksId is outcome(
            lambda: units.add(storage, samples.user("grace", address=str(ADA)))
        )

    def test_what_is_past_is_forgotten(self, storage: Storage) -> None:
        """
        Later ones, and those that a link names, stay.
        """
        units.register(storage)

        def leave(unit: UnitOfWork) -> None:
            for name, at in (("ada", NOW), ("grace", NOW), ("joan", NOW + DAY)):
                unit.left_ids.put(
                    samples.user(name).winbooks_id, of=samples.identifier(name), at=at
                )
            unit.product_links.put(samples.link("grace"))
            unit.left_ids.forget(NOW)

        storage.run(leave)

        asked = {samples.user(name).winbooks_id for name in ("ada", "grace", "joan")}
        held = storage.run(
            lambda unit: unit.left_ids.held(asked, left_before=NOW - DAY)
        )
        assert {"grace@kantoor.be", "joan@kantoor.be"} == {str(each) for each in held}

    # Reservations

    def test_a_reservation_holds_until_it_ends(self, storage: Storage) -> None:
        """
        A link that is still good keeps its ID.
        """
        _wait(storage)
        grace = samples.user("grace", address=COUNTESS)

        _release(storage, COUNTESS, now=ENDS - timedelta(microseconds=1))

        assert DuplicateWinBooksId is outcome(lambda: units.add(storage, grace))
        assert {WinBooksId(COUNTESS)} == units.taken(storage, COUNTESS)

    def test_a_reservation_ends(self, storage: Storage) -> None:
        """
        Then another user gets the ID, and who waited is otherwise as before.
        """
        waiting = _wait(storage)
        grace = samples.user("grace", address=COUNTESS)
        countess = WinBooksId(COUNTESS)

        taken = storage.run(lambda unit: unit.users.taken({countess}, now=ENDS))
        _release(storage, COUNTESS, now=ENDS)
        units.add(storage, grace)
        saved = units.save(storage, attrs.evolve(waiting, phone=None))

        assert (set(), grace) == (taken, units.owner(storage, COUNTESS))
        assert attrs.evolve(waiting, phone=None, version=3) == saved

    def test_who_waited_too_long_does_not_get_it(self, storage: Storage) -> None:
        """
        Neither by a late confirmation nor by asking again.
        """
        waiting = _wait(storage)
        _release(storage, COUNTESS, now=ENDS)
        grace = samples.user("grace", address=COUNTESS)
        units.add(storage, grace)
        again = IdChange(winbooks_id=WinBooksId(COUNTESS), expires_at=ENDS + DAY)
        confirmed = samples.user(address=COUNTESS, version=2)

        refusals = [
            outcome(lambda: units.save(storage, confirmed)),
            outcome(
                lambda: units.save(storage, attrs.evolve(waiting, id_change=again))
            ),
        ]

        assert [DuplicateWinBooksId] * 2 == refusals
        assert grace == units.owner(storage, COUNTESS)

    def test_who_waited_leaves_the_new_owner_alone(self, storage: Storage) -> None:
        """
        When they withdraw, and when they are erased.
        """
        waiting = _wait(storage)
        _release(storage, COUNTESS, now=ENDS)
        grace = samples.user("grace", address=COUNTESS)
        units.add(storage, grace)

        withdrawn = units.save(storage, attrs.evolve(waiting, id_change=None))
        storage.run(lambda unit: unit.users.remove(withdrawn))

        assert grace == units.owner(storage, COUNTESS)

    def test_an_erased_user_who_waited_leaves_it(self, storage: Storage) -> None:
        """
        A removal lets go of nothing but their own.
        """
        waiting = _wait(storage)
        _release(storage, COUNTESS, now=ENDS)
        grace = samples.user("grace", address=COUNTESS)
        units.add(storage, grace)

        storage.run(lambda unit: unit.users.remove(waiting))

        assert grace == units.owner(storage, COUNTESS)

    def test_a_reservation_can_be_made_again(self, storage: Storage) -> None:
        """
        Where no one else took the ID, a new link reserves it anew.
        """
        waiting = _wait(storage)
        _release(storage, COUNTESS, now=ENDS)
        change = IdChange(winbooks_id=WinBooksId(COUNTESS), expires_at=ENDS + DAY)

        units.save(storage, attrs.evolve(waiting, id_change=change))

        assert DuplicateWinBooksId is outcome(
            lambda: units.add(storage, samples.user("grace", address=COUNTESS))
        )

    def test_an_owner_is_never_released(self, storage: Storage) -> None:
        """
        Whatever else they wait for.
        """
        _wait(storage)

        _release(storage, left_before=NOW + 999 * DAY, now=ENDS + 999 * DAY)

        assert DuplicateWinBooksId is outcome(
            lambda: units.add(storage, samples.user("grace", address=str(ADA)))
        )

    # Races

    @needs_threads
    def test_no_one_gets_it_while_it_is_left(self, storage: Storage) -> None:
        """
        Of a change of ID and those who ask for the old one, only the change succeeds.
        """
        units.register(storage)
        units.add(storage, samples.user())

        def leave_or_take(number: int) -> type[Exception] | None:
            if number == 0:
                return outcome(lambda: _leave_now(storage))
            newcomer = samples.user(f"eve{number}", address=str(ADA))
            return outcome(lambda: units.add(storage, newcomer))

        answers = in_threads(leave_or_take)

        assert [None] + [DuplicateWinBooksId] * 7 == answers
        assert None is units.owner(storage)

    @needs_threads
    def test_of_many_one_gets_what_is_free_again(self, storage: Storage) -> None:
        """
        Those who release one ID at one time do not take it from each other.
        """
        _leave(storage)

        def take(number: int) -> type[Exception] | None:
            def work(unit: UnitOfWork) -> None:
                unit.left_ids.release({ADA}, left_before=NOW, now=NOW)
                unit.users.add(samples.user(f"eve{number}", address=str(ADA)))

            return outcome(lambda: storage.run(work))

        answers = in_threads(take)

        assert (1, 7) == (answers.count(None), answers.count(DuplicateWinBooksId))


def _leave(storage: Storage) -> None:
    """
    Let Ada leave her first ID, now.
    """
    units.register(storage)
    units.add(storage, samples.user())
    _leave_now(storage)


def _leave_now(storage: Storage) -> None:
    def work(unit: UnitOfWork) -> None:
        unit.users.save(samples.user(address=COUNTESS))
        unit.left_ids.put(ADA, of=ADAS_KEY, at=NOW)

    storage.run(work)


def _wait(storage: Storage) -> PortalUser:
    """
    Return Ada, who waits for another ID until `ENDS`.
    """
    units.register(storage)
    units.add(storage, samples.user())
    return units.save(storage, samples.user(id_change=COUNTESS))


def _held(storage: Storage, left_before: datetime) -> Mapping[WinBooksId, UUID]:
    return storage.run(
        lambda unit: dict(unit.left_ids.held({ADA}, left_before=left_before))
    )


def _release(
    storage: Storage,
    address: str = str(ADA),
    *,
    left_before: datetime = NOW,
    now: datetime = NOW,
) -> None:
    storage.run(
        lambda unit: unit.left_ids.release(
            {WinBooksId(address)}, left_before=left_before, now=now
        )
    )
