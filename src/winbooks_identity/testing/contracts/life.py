"""
What is kept of a user's life, and what goes with them?
"""

import attrs
import pytest

from ...events import Event
from ...level import Level
from ...life_cycle import Step
from ...passwords.impact import Stamp
from ...portal_user import PortalUser, Status
from ...ports import Storage, UnitOfWork
from ...refusals import DuplicateWinBooksId, OutOfDate
from .. import samples
from . import units
from .suite import StorageSuite, in_threads, needs_threads, outcome


__all__ = ["Life"]

ADA = samples.identifier("ada")


class Life(StorageSuite):
    """
    A change of ID is reserved, the last Administrator is known, the erased are gone.
    """

    def test_an_id_that_waits_comes_back(self, storage: Storage) -> None:
        """
        A change that waits for its confirmation is stored with its end.
        """
        units.register(storage)
        units.add(storage, samples.user())

        saved = units.save(storage, samples.user(id_change="Countess@kantoor.be"))

        assert samples.user(id_change="Countess@kantoor.be", version=2) == saved
        assert repr(saved) == repr(units.find(storage))

    def test_an_id_that_waits_is_taken(self, storage: Storage) -> None:
        """
        No one else gets an ID that a user is about to confirm.  [R2, Q14]
        """
        units.register(storage)
        units.add(storage, samples.user())
        units.save(storage, samples.user(id_change="countess@kantoor.be"))
        rival = samples.user("grace", address="COUNTESS@kantoor.be")

        assert DuplicateWinBooksId is outcome(lambda: units.add(storage, rival))

    def test_an_id_that_waits_finds_nobody(self, storage: Storage) -> None:
        """
        Before it is confirmed it opens nothing.  [Q14]
        """
        units.register(storage)
        units.add(storage, samples.user())
        units.save(storage, samples.user(id_change="countess@kantoor.be"))

        assert None is units.owner(storage, "countess@kantoor.be")

    def test_an_id_of_another_cannot_wait(self, storage: Storage) -> None:
        """
        A change to an ID that has an owner is refused at once.  [R2]
        """
        units.register(storage)
        units.add(storage, samples.user())
        units.add(storage, samples.user("grace"))

        with pytest.raises(DuplicateWinBooksId) as caught:
            units.save(storage, samples.user(id_change="GRACE@kantoor.be"))
        assert "GRACE@kantoor.be" == caught.value.winbooks_id.address

    def test_a_confirmed_id_frees_the_old_one(self, storage: Storage) -> None:
        """
        They are found by the new one, and another user may have the old one.
        """
        units.register(storage)
        units.add(storage, samples.user())
        units.save(storage, samples.user(id_change="countess@kantoor.be"))

        confirmed = units.save(
            storage, samples.user(address="countess@kantoor.be", version=2)
        )
        units.add(storage, samples.user("grace", address="ada@kantoor.be"))

        assert confirmed == units.owner(storage, "countess@kantoor.be")

    def test_a_withdrawn_id_is_free(self, storage: Storage) -> None:
        """
        An ID that no longer waits for its confirmation has no owner.
        """
        units.register(storage)
        units.add(storage, samples.user())
        units.save(storage, samples.user(id_change="countess@kantoor.be"))

        units.save(storage, samples.user(version=2))

        assert None is outcome(
            lambda: units.add(
                storage, samples.user("grace", address="countess@kantoor.be")
            )
        )

    # Credentials

    @pytest.mark.parametrize(
        "earlier, expected", [("$argon2id$of-ada", True), ("$argon2id$older", False)]
    )
    def test_a_credential_is_replaced_if_it_is_that_one(
        self, storage: Storage, earlier: str, *, expected: bool
    ) -> None:
        """
        Hashing an old password anew does not undo a new password.
        """
        units.register(storage)
        units.add(storage, samples.user())
        storage.run(lambda unit: unit.credentials.put(samples.credential()))
        new = samples.credential(password_hash="$argon2id$renewed")

        replaced = storage.run(
            lambda unit: unit.credentials.replace(
                samples.credential(password_hash=earlier), new
            )
        )

        assert expected is replaced
        assert (new if expected else samples.credential()) == storage.run(
            lambda unit: unit.credentials.find(ADA)
        )

    def test_credentials_are_removed(self, storage: Storage) -> None:
        """
        Those that are named, and no others; one that is not there is no mistake.
        """
        units.register(storage)
        units.add(storage, samples.user())
        units.add(storage, samples.user("grace", address="grace@kantoor.be"))
        storage.run(lambda unit: unit.credentials.put(samples.credential()))
        storage.run(lambda unit: unit.credentials.put(samples.credential("grace")))
        gone = {ADA, samples.identifier("joan")}

        storage.run(lambda unit: unit.credentials.remove(gone))
        storage.run(lambda unit: unit.credentials.remove(frozenset()))

        assert storage.run(lambda unit: unit.credentials.find(ADA)) is None
        assert samples.credential("grace") == storage.run(
            lambda unit: unit.credentials.find(samples.identifier("grace"))
        )

    def test_no_credential_is_not_replaced(self, storage: Storage) -> None:
        """
        Replacing stores nothing where nothing was.
        """
        units.register(storage)
        units.add(storage, samples.user())
        credential = samples.credential()

        assert not storage.run(
            lambda unit: unit.credentials.replace(credential, credential)
        )

    def test_stamps_are_counted(self, storage: Storage) -> None:
        """
        Of every licence or of one, each policy with its passwords, and no others.
        """
        units.register(storage)
        units.register(storage, "4712")
        units.register(storage, "4713")

        def fill(unit: UnitOfWork) -> None:
            for name, licence, policy in (
                ("ada", "4711", "old"),
                ("grace", "4711", "old"),
                ("joan", "4711", "new"),
                ("mary", "4712", "old"),
            ):
                unit.users.add(samples.user(name, licence=licence))
                unit.credentials.put(samples.credential(name, policy=policy))
            unit.users.add(samples.user("radia"))

        storage.run(fill)
        asked = (None, "4711", "4713")

        found = storage.run(
            lambda unit: [dict(unit.credentials.stamps(each)) for each in asked]
        )

        of_first = {Stamp("4711", "old"): 2, Stamp("4711", "new"): 1}
        assert [of_first | {Stamp("4712", "old"): 1}, of_first, {}] == found

    def test_stamps_follow_the_password(self, storage: Storage) -> None:
        """
        A new password brings its own, and those of an erased user are gone.
        """
        units.register(storage)

        def fill(unit: UnitOfWork) -> None:
            for name in ("ada", "grace"):
                unit.users.add(samples.user(name))
                unit.credentials.put(samples.credential(name, policy="old"))

        def change(unit: UnitOfWork) -> None:
            unit.credentials.put(samples.credential(policy="new"))
            unit.users.remove(samples.user("grace"))

        storage.run(fill)
        storage.run(change)

        assert {Stamp("4711", "new"): 1} == storage.run(
            lambda unit: dict(unit.credentials.stamps())
        )

    # The last Administrator

    @pytest.mark.parametrize(
        "other, expected",
        [
            (samples.user("grace", level=Level.ADMINISTRATOR), True),
            (samples.user("grace", level=Level.POWER_USER), False),
            (
                samples.user(
                    "grace", level=Level.ADMINISTRATOR, status=Status.INACTIVE
                ),
                False,
            ),
            (
                samples.user("grace", level=Level.ADMINISTRATOR, licence="4712"),
                False,
            ),
        ],
        ids=["administrator", "power user", "inactive", "other licence"],
    )
    def test_another_administrator(
        self, storage: Storage, other: PortalUser, *, expected: bool
    ) -> None:
        """
        Only active Administrators of their licence count.  [R27]
        """
        units.register(storage)
        units.register(storage, "4712")
        ada = samples.user(level=Level.ADMINISTRATOR)
        units.add(storage, ada)
        units.add(storage, other)

        assert expected is storage.run(
            lambda unit: unit.users.has_other_administrator(ada)
        )

    @needs_threads
    def test_one_administrator_stays(self, storage: Storage) -> None:
        """
        When all are demoted at one time, each relying on the others, one stays.
        """
        units.register(storage)
        for number in range(8):
            units.add(storage, samples.user(f"ada{number}", level=Level.ADMINISTRATOR))

        def demote(number: int) -> None:
            user = samples.user(f"ada{number}", level=Level.ADMINISTRATOR)

            def work(unit: UnitOfWork) -> None:
                if unit.users.has_other_administrator(user):
                    unit.users.save(attrs.evolve(user, level=Level.USER))

            storage.run(work)

        in_threads(demote)

        levels = [user.level for user in units.page(storage, after=None, limit=9)]
        assert 1 == levels.count(Level.ADMINISTRATOR)

    # History

    def test_history_comes_by_versions(self, storage: Storage) -> None:
        """
        What happened comes back as it was, in its order.
        """
        events = [
            samples.event(version=2, by=samples.identifier("grace")),
            samples.event(version=1, operator="An Peeters"),
            samples.event("grace"),
        ]

        def work(unit: UnitOfWork) -> None:
            for event in sorted(events, key=lambda event: event.version):
                unit.history.add(event)

        storage.run(work)

        assert [events[1], events[0]] == list(
            storage.run(lambda unit: unit.history.of_user(ADA))
        )

    def test_the_last_of_some_steps(self, storage: Storage) -> None:
        """
        Others, later ones and those of others do not count.
        """
        steps = (Step.CREATE, Step.CHANGE_LEVEL, Step.NOTIFY, Step.CHANGE_LEVEL)
        events = [
            attrs.evolve(samples.event(version=version), step=step)
            for version, step in enumerate(steps, start=1)
        ]

        def work(unit: UnitOfWork) -> list[Event | None]:
            unit.history.add_all([*events, samples.event("grace", version=9)])
            asked = [({Step.CHANGE_LEVEL}, 9), ({Step.CHANGE_LEVEL, Step.CREATE}, 3)]
            asked += [({Step.NOTIFY}, 2), ({Step.ERASE}, 9)]
            return [
                unit.history.latest(ADA, steps, until=until) for steps, until in asked
            ]

        assert [events[3], events[1], None, None] == storage.run(work)

    def test_history_is_anonymised(self, storage: Storage) -> None:
        """
        That something happened stays; what it was about is gone, for one user.
        """

        def work(unit: UnitOfWork) -> None:
            unit.history.add(samples.event())
            unit.history.add(samples.event("grace"))
            unit.history.anonymise(ADA)

        storage.run(work)

        assert [
            [samples.event().anonymised()],
            [samples.event("grace")],
        ] == [
            list(storage.run(lambda unit: unit.history.of_user(ADA))),
            list(
                storage.run(
                    lambda unit: unit.history.of_user(samples.identifier("grace"))
                )
            ),
        ]

    # Leaving

    def test_everything_goes_with_a_user(self, storage: Storage) -> None:
        """
        The user, their credential and their links are gone, and their ID is free.
        """
        units.register(storage, dossiers=("D1",))
        ada = samples.user(dossiers=frozenset({"D1"}), id_change="countess@kantoor.be")

        def fill(unit: UnitOfWork) -> None:
            unit.users.add(attrs.evolve(ada, id_change=None))
            unit.users.save(ada)
            unit.credentials.put(samples.credential())
            unit.outbox.put(samples.mail())
            unit.product_links.put(samples.link())
            unit.history.add(samples.event())

        storage.run(fill)
        storage.run(lambda unit: unit.users.remove(attrs.evolve(ada, version=2)))

        assert [None, None, None, [], [samples.event()]] == storage.run(_left)
        assert None is outcome(
            lambda: units.add(storage, samples.user("grace", address="ada@kantoor.be"))
        )
        assert None is outcome(
            lambda: units.add(
                storage, samples.user("joan", address="countess@kantoor.be")
            )
        )

    def test_others_stay(self, storage: Storage) -> None:
        """
        What belongs to others is not touched.
        """
        units.register(storage)

        def fill(unit: UnitOfWork) -> None:
            for name in ("ada", "grace"):
                unit.users.add(samples.user(name))
                unit.credentials.put(samples.credential(name))
                unit.product_links.put(samples.link(name))
                unit.requests.remember(samples.request(f"ask {name}", of=name))

        storage.run(fill)
        storage.run(lambda unit: unit.users.remove(samples.user("grace")))

        assert [
            samples.user(),
            samples.user(),
            samples.credential(),
            [samples.link()],
            [],
        ] == storage.run(_left)
        assert samples.request("ask ada") == storage.run(
            lambda unit: unit.requests.remember(samples.request("ask ada"))
        )

    def test_a_request_of_somebody_who_left_stays_empty(self, storage: Storage) -> None:
        """
        Its id makes no user again, and says nothing of what was asked.
        """
        units.register(storage)
        units.add(storage, samples.user())
        storage.run(lambda unit: unit.requests.remember(samples.request()))

        storage.run(lambda unit: unit.users.remove(samples.user()))

        assert samples.request(digest=b"") == storage.run(
            lambda unit: unit.requests.remember(samples.request())
        )

    def test_an_old_version_does_not_leave(self, storage: Storage) -> None:
        """
        What others saved is not removed, nor a user who is not there.
        """
        units.register(storage)
        units.add(storage, samples.user())
        saved = units.save(storage, samples.user(level=Level.USER))

        assert [OutOfDate, OutOfDate] == [
            outcome(lambda: _remove(storage, samples.user())),
            outcome(lambda: _remove(storage, samples.user("grace"))),
        ]
        assert saved == units.owner(storage)


def _remove(storage: Storage, user: PortalUser) -> None:
    storage.run(lambda unit: unit.users.remove(user))


def _left(unit: UnitOfWork) -> list[object]:
    return [
        unit.users.find(ADA),
        unit.users.find_by_winbooks_id(samples.user().winbooks_id),
        unit.credentials.find(ADA),
        list(unit.product_links.of_user(ADA)),
        list(unit.history.of_user(ADA)),
    ]
