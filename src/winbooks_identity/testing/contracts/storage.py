"""
What does a class have to do to be a `Storage`?
"""

from contextlib import suppress
from datetime import timedelta
from typing import Any, TypeVar
from uuid import UUID

import attrs
import pytest

from ...language import Language
from ...level import Level
from ...licence import Product
from ...portal_user import PortalUser, Status
from ...ports import Storage, UnitOfWork
from ...refusals import DuplicateWinBooksId, LicenceDiffers, OutOfDate
from ...role import Role
from ...winbooks_id import WinBooksId
from .. import samples
from .stateful import check_any_sequence
from .suite import Contract, in_threads, needs_threads, outcome


__all__ = ["StorageContract"]

T = TypeVar("T")


class Interrupted(Exception):
    """
    Raised by a test in the middle of its work.
    """


class StorageContract(Contract):
    """
    A storage keeps all of a unit of work or nothing, and one owner for an ID.

    Supply the fixture `storage`: an empty one for each test.
    """

    @pytest.fixture
    def storage(self) -> Storage:
        """
        Return an empty storage.
        """
        raise NotImplementedError("supply the fixture storage")

    # A unit of work

    def test_run_returns_what_the_work_returns(self, storage: Storage) -> None:
        """
        The result of the work is the caller's.
        """
        assert "done" == storage.run(lambda _: "done")

    @pytest.mark.parametrize("kind", [Interrupted, KeyboardInterrupt])
    def test_what_the_work_raises_is_raised(
        self, storage: Storage, kind: type[BaseException]
    ) -> None:
        """
        An exception in the work reaches the caller as it is.
        """
        raised = kind()

        def work(_: UnitOfWork) -> None:
            raise raised

        with pytest.raises(kind) as caught:
            storage.run(work)
        assert raised is caught.value

    @pytest.mark.parametrize("kind", [Interrupted, KeyboardInterrupt])
    def test_nothing_is_kept_of_work_that_raises(
        self, storage: Storage, kind: type[BaseException]
    ) -> None:
        """
        All or nothing: no licence, user, credential or request of it is there.
        """

        def work(unit: UnitOfWork) -> None:
            _fill(unit)
            raise kind

        with suppress(kind):
            storage.run(work)

        assert [None, None, None, None, None] == storage.run(_everything)

    def test_everything_is_kept_of_work_that_returns(self, storage: Storage) -> None:
        """
        What one unit of work stored, the next one finds.
        """
        storage.run(_fill)

        assert [
            samples.licence(),
            samples.user(),
            samples.user(),
            samples.credential(),
            samples.request(),
        ] == storage.run(_everything)

    def test_a_unit_of_work_sees_what_it_did(self, storage: Storage) -> None:
        """
        What a unit of work stored, it finds itself.
        """

        def work(unit: UnitOfWork) -> list[Any]:
            _fill(unit)
            return _everything(unit)

        assert None not in storage.run(work)

    def test_a_unit_of_work_ends_with_its_run(self, storage: Storage) -> None:
        """
        Somebody who kept a unit of work changes nothing with it any more.
        """
        _register(storage)
        kept = storage.run(lambda unit: unit)

        outcome(lambda: kept.users.add(samples.user()))

        assert None is _find(storage, "ada")

    # Users

    @pytest.mark.parametrize(
        "user",
        [
            samples.user(
                address="Ada.Lovelace+portal@xn--mnchen-3ya.example.com",
                dossiers=frozenset({"D1", "D2"}),
                roles=frozenset(Role),
            ),
            samples.user(
                level=Level.USER,
                status=Status.INACTIVE,
                phone=None,
                roles=frozenset(),
            ),
        ],
        ids=["with everything", "with the least"],
    )
    def test_a_user_comes_back_as_he_was(
        self, storage: Storage, user: PortalUser
    ) -> None:
        """
        Every field of a user is stored, the spelling of his ID too.
        """
        _register(storage, dossiers=("D1", "D2"))
        storage.run(lambda unit: unit.users.add(user))

        found = _find(storage, "ada")

        assert user == found
        assert user.winbooks_id.address == found.winbooks_id.address

    @pytest.mark.parametrize("licence", ["4711", "4712"])
    def test_an_id_has_one_owner(self, storage: Storage, licence: str) -> None:
        """
        An ID that has an owner is refused, in any spelling and licence.  [R2, R3]
        """
        _register(storage)
        _register(storage, "4712")
        _add(storage, samples.user("ada", address="ada@kantoor.be"))
        twin = samples.user("grace", address="ADA@kantoor.be", licence=licence)

        with pytest.raises(DuplicateWinBooksId) as caught:
            _add(storage, twin)
        assert "ADA@kantoor.be" == caught.value.winbooks_id.address
        assert None is _find(storage, "grace")

    def test_a_refused_id_leaves_its_owner_alone(self, storage: Storage) -> None:
        """
        The owner is who he was after somebody else wanted his ID.
        """
        _register(storage)
        _add(storage, samples.user("ada"))

        with suppress(DuplicateWinBooksId):
            _add(storage, samples.user("grace", address="Ada@kantoor.be"))

        assert samples.user("ada") == _find_by_address(storage, "ada@kantoor.be")

    def test_a_refused_id_leaves_the_unit_of_work_usable(
        self, storage: Storage
    ) -> None:
        """
        Work that catches the refusal goes on, and what else it did is kept.
        """
        _register(storage)
        _add(storage, samples.user("ada"))

        def work(unit: UnitOfWork) -> None:
            unit.users.add(samples.user("joan"))
            with suppress(DuplicateWinBooksId):
                unit.users.add(samples.user("grace", address="ada@kantoor.be"))
            unit.users.add(samples.user("grace"))

        storage.run(work)

        assert samples.user("joan") == _find(storage, "joan")
        assert samples.user("grace") == _find(storage, "grace")

    def test_an_id_of_undone_work_is_free(self, storage: Storage) -> None:
        """
        An ID whose owner was not kept has no owner.
        """
        _register(storage)

        def work(unit: UnitOfWork) -> None:
            unit.users.add(samples.user("ada"))
            raise Interrupted

        with suppress(Interrupted):
            storage.run(work)
        _add(storage, samples.user("grace", address="ada@kantoor.be"))

        assert samples.identifier("grace") == (
            _find_by_address(storage, "ada@kantoor.be").id
        )

    def test_look_alikes_are_different(self, storage: Storage) -> None:
        """
        Dots and tags make other IDs; nothing is merged.  [R5]
        """
        _register(storage)
        addresses = ["ada@kantoor.be", "a.da@kantoor.be", "ada+x@kantoor.be"]
        for number, address in enumerate(addresses):
            _add(storage, samples.user(f"ada{number}", address=address))

        assert addresses == [
            _find_by_address(storage, address).winbooks_id.address
            for address in addresses
        ]

    def test_an_id_is_found_in_any_spelling(self, storage: Storage) -> None:
        """
        Capitals make no difference to a look-up.  [R4]
        """
        _register(storage)
        _add(storage, samples.user("ada", address="Ada@kantoor.be"))

        assert samples.identifier("ada") == (
            _find_by_address(storage, "aDA@kantoor.be").id
        )

    def test_nobody_is_found(self, storage: Storage) -> None:
        """
        Who is not there is not found.
        """
        assert None is _find(storage, "ada")
        assert None is _find_by_address(storage, "ada@kantoor.be")

    # Saving a user

    def test_a_user_is_saved_with_the_next_version(self, storage: Storage) -> None:
        """
        Saving replaces every field and counts.
        """
        _register(storage, dossiers=("D1", "D2"))
        _add(storage, samples.user(dossiers=frozenset({"D1"})))
        changed = samples.user(
            level=Level.ADMINISTRATOR,
            status=Status.INACTIVE,
            phone=None,
            dossiers=frozenset({"D2"}),
            roles=frozenset({Role.CONNECT_ACCOUNTANT}),
        )

        saved = _save(storage, changed)

        assert attrs.evolve(changed, version=2) == saved
        assert saved == _find(storage, "ada")

    def test_an_old_version_is_refused(self, storage: Storage) -> None:
        """
        Nobody overwrites what somebody else saved.
        """
        _register(storage)
        _add(storage, samples.user())
        saved = _save(storage, samples.user(level=Level.ADMINISTRATOR))

        with pytest.raises(OutOfDate) as caught:
            _save(storage, samples.user(level=Level.USER))
        assert 1 == caught.value.expected_version
        assert saved == _find(storage, "ada")

    def test_a_version_to_come_is_refused(self, storage: Storage) -> None:
        """
        A version that was never stored is not the stored one.
        """
        _register(storage)
        _add(storage, samples.user())

        assert OutOfDate is outcome(lambda: _save(storage, samples.user(version=2)))

    def test_nobody_is_not_saved(self, storage: Storage) -> None:
        """
        Saving makes no user.
        """
        _register(storage)

        assert OutOfDate is outcome(lambda: _save(storage, samples.user()))
        assert None is _find_by_address(storage, "ada@kantoor.be")

    def test_a_user_takes_a_new_id(self, storage: Storage) -> None:
        """
        He is found by his new ID, and his old one is free.
        """
        _register(storage)
        _add(storage, samples.user("ada"))

        _save(storage, samples.user("ada", address="countess@kantoor.be"))
        _add(storage, samples.user("grace", address="ada@kantoor.be"))

        assert samples.identifier("ada") == (
            _find_by_address(storage, "countess@kantoor.be").id
        )

    def test_a_user_spells_his_id_anew(self, storage: Storage) -> None:
        """
        His own ID in another spelling is no duplicate.
        """
        _register(storage)
        _add(storage, samples.user("ada"))

        _save(storage, samples.user("ada", address="Ada@kantoor.be"))

        found = _find_by_address(storage, "ada@kantoor.be")
        assert "Ada@kantoor.be" == found.winbooks_id.address

    def test_a_user_does_not_take_the_id_of_another(self, storage: Storage) -> None:
        """
        A change of ID is refused like a new one.  [R2]
        """
        _register(storage)
        _add(storage, samples.user("ada"))
        _add(storage, samples.user("grace"))

        with pytest.raises(DuplicateWinBooksId):
            _save(storage, samples.user("grace", address="ADA@kantoor.be"))
        assert samples.user("ada") == _find_by_address(storage, "ada@kantoor.be")
        assert samples.user("grace") == _find_by_address(storage, "grace@kantoor.be")

    # The users of a licence

    def test_users_of_a_licence_come_in_pages(self, storage: Storage) -> None:
        """
        Page after page, in the order of their keys, each comes once.
        """
        _register(storage)
        _register(storage, "4712")
        names = ["ada", "grace", "joan", "mary", "radia"]
        members = [samples.user(name) for name in names]
        for member in members:
            _add(storage, member)
        _add(storage, samples.user("stranger", licence="4712"))
        expected = sorted(members, key=lambda user: user.id)

        pages = [
            _page(storage, after=after, limit=2)
            for after in (None, expected[1].id, expected[3].id, expected[4].id)
        ]

        assert [expected[:2], expected[2:4], expected[4:], []] == pages

    # Credentials

    def test_a_credential_takes_the_place_of_another(self, storage: Storage) -> None:
        """
        A user has one credential: the last.
        """
        _register(storage)
        _add(storage, samples.user())
        first = samples.credential(expires_at=samples.NOW + timedelta(microseconds=1))
        last = samples.credential(password_hash="$argon2id$of-ada-later")
        for credential in (first, last):
            storage.run(lambda unit, each=credential: unit.credentials.put(each))

        assert last == storage.run(
            lambda unit: unit.credentials.find(samples.identifier("ada"))
        )

    def test_the_end_of_a_credential_is_exact(self, storage: Storage) -> None:
        """
        An instant comes back to the microsecond, in UTC.
        """
        _register(storage)
        _add(storage, samples.user())
        ends = samples.NOW + timedelta(microseconds=1)
        storage.run(
            lambda unit: unit.credentials.put(samples.credential(expires_at=ends))
        )

        found = storage.run(
            lambda unit: unit.credentials.find(samples.identifier("ada"))
        )

        assert samples.credential(expires_at=ends) == found
        assert timedelta(0) == found.expires_at.utcoffset()

    # Requests

    def test_a_request_is_remembered_once(self, storage: Storage) -> None:
        """
        The first is stored; whoever comes with its id gets it back.
        """
        other = samples.request(of="grace", digest=b"\2")

        answers = [
            storage.run(lambda unit, each=each: unit.requests.remember(each))
            for each in (samples.request(), samples.request(), other)
        ]

        assert [None, samples.request(), samples.request()] == answers

    def test_a_request_of_undone_work_is_forgotten(self, storage: Storage) -> None:
        """
        Work that failed can be asked for again.
        """

        def work(unit: UnitOfWork) -> None:
            unit.requests.remember(samples.request())
            raise Interrupted

        with suppress(Interrupted):
            storage.run(work)

        assert None is storage.run(
            lambda unit: unit.requests.remember(samples.request())
        )

    # Licences

    def test_a_licence_is_registered_once(self, storage: Storage) -> None:
        """
        Registering again changes nothing; one more dossier is something new.
        """
        answers = [
            _register(storage, dossiers=numbers)
            for numbers in ((), (), ("D1",), ("D1",), ("D2", "D1", "D2"))
        ]

        assert [True, False, True, False, True] == answers
        assert ["D1", "D2"] == _dossiers(storage)

    @pytest.mark.parametrize(
        ("field", "other"),
        [
            ("holder", samples.licence(holder="Bureau Hopper")),
            ("product", samples.licence(product=Product.ON_WEB)),
            ("language", samples.licence(language=Language.FRENCH)),
        ],
    )
    def test_a_licence_with_other_data_is_refused(
        self, storage: Storage, field: str, other: Any
    ) -> None:
        """
        What is registered stays, and no dossier is added.  [R32]
        """
        _register(storage)

        with pytest.raises(LicenceDiffers) as caught:
            storage.run(lambda unit: unit.licences.register(other, [samples.dossier()]))
        assert (field,) == caught.value.fields
        assert samples.licence() == storage.run(lambda unit: unit.licences.find("4711"))
        assert [] == _dossiers(storage)

    def test_a_dossier_with_other_data_is_refused(self, storage: Storage) -> None:
        """
        Nothing of a registration is kept, even by work that catches the refusal.
        """
        _register(storage, dossiers=("D1",))
        others = [samples.dossier("D2"), samples.dossier("D1", name="Bakkerij Maes")]

        def work(unit: UnitOfWork) -> None:
            with pytest.raises(LicenceDiffers):
                unit.licences.register(samples.licence(), others)

        storage.run(work)

        assert ["D1"] == _dossiers(storage)

    def test_dossiers_come_by_their_numbers(self, storage: Storage) -> None:
        """
        The order is that of the characters' codes, on every computer.
        """
        _register(storage, dossiers=("b", "a_", "B", "a/", "10", "9"))
        _register(storage, "4712", dossiers=("other",))

        assert ["10", "9", "B", "a/", "a_", "b"] == _dossiers(storage)

    def test_unknown_dossiers_are_named(self, storage: Storage) -> None:
        """
        Dossiers of another licence are unknown; so is everything elsewhere.  [R37]
        """
        _register(storage, dossiers=("D1",))
        _register(storage, "4712", dossiers=("D2",))
        asked = frozenset({"D1", "D2", "d1"})

        answers = [
            storage.run(lambda unit, each=each: unit.licences.unknown(each, asked))
            for each in ("4711", "4712", "4713")
        ]

        assert [{"D2", "d1"}, {"D1", "d1"}, asked] == answers

    def test_a_thousand_dossiers_are_asked_at_once(self, storage: Storage) -> None:
        """
        The number of dossiers has no limit of its own.
        """
        _register(storage, dossiers=("D1",))
        asked = frozenset(f"D{number}" for number in range(1, 1002))

        unknown = storage.run(lambda unit: unit.licences.unknown("4711", asked))

        assert asked - {"D1"} == unknown

    def test_what_was_returned_does_not_change(self, storage: Storage) -> None:
        """
        A list of dossiers is as it was asked for, whatever comes after.
        """
        _register(storage, dossiers=("D1",))
        before = storage.run(lambda unit: unit.licences.dossiers("4711"))

        _register(storage, dossiers=("D2",))

        assert [samples.dossier("D1")] == list(before)

    # Threads

    @needs_threads
    def test_of_many_one_gets_the_id(self, storage: Storage) -> None:
        """
        Whoever comes at one time with one ID, one is its owner.  [R2]
        """
        _register(storage)
        spellings = ["ada@kantoor.be", "ADA@kantoor.be", "Ada@kantoor.be"]

        answers = in_threads(
            lambda number: outcome(
                lambda: _add(
                    storage,
                    samples.user(f"ada{number}", address=spellings[number % 3]),
                )
            )
        )

        assert [None] + [DuplicateWinBooksId] * 7 == sorted(answers, key=str)[::-1]

    @needs_threads
    def test_of_many_one_saves(self, storage: Storage) -> None:
        """
        Whoever saves one version at one time, one does, and none is lost.
        """
        _register(storage)
        _add(storage, samples.user())

        answers = in_threads(
            lambda number: outcome(
                lambda: _save(storage, samples.user(address=f"ada{number}@kantoor.be"))
            )
        )

        assert [None] + [OutOfDate] * 7 == sorted(answers, key=str)[::-1]
        assert 2 == _find(storage, "ada").version

    @needs_threads
    def test_of_many_one_is_the_first_request(self, storage: Storage) -> None:
        """
        Whoever comes at one time with one request id, one is new.
        """
        answers = in_threads(
            lambda number: storage.run(
                lambda unit: unit.requests.remember(samples.request(of=f"ada{number}"))
            )
        )

        known = [answer for answer in answers if answer is not None]
        assert 7 == len(known)
        assert 1 == len(set(known))

    @needs_threads
    def test_many_register_one_licence(self, storage: Storage) -> None:
        """
        Whoever registers at one time, it is new to one, and every dossier is there.
        """
        answers = in_threads(
            lambda number: _register(storage, dossiers=("D", f"D{number}"))
        )

        assert answers == [True] * 8
        assert ["D", *(f"D{number}" for number in range(8))] == _dossiers(storage)

    # Anything

    def test_any_sequence_of_calls_does_what_a_dictionary_does(
        self, storage: Storage
    ) -> None:
        """
        Units of work in any order answer as a model of dictionaries does.
        """
        check_any_sequence(storage)


def _fill(unit: UnitOfWork) -> None:
    unit.licences.register(samples.licence(), [samples.dossier()])
    unit.users.add(samples.user())
    unit.credentials.put(samples.credential())
    unit.requests.remember(samples.request())
    unit.outbox.put(samples.mail())


def _everything(unit: UnitOfWork) -> list[Any]:
    return [
        unit.licences.find("4711"),
        unit.users.find(samples.identifier("ada")),
        unit.users.find_by_winbooks_id(samples.user().winbooks_id),
        unit.credentials.find(samples.identifier("ada")),
        unit.requests.remember(samples.request()),
    ]


def _register(
    storage: Storage, number: str = "4711", *, dossiers: tuple[str, ...] = ()
) -> bool:
    return storage.run(
        lambda unit: unit.licences.register(
            samples.licence(number), [samples.dossier(each) for each in dossiers]
        )
    )


def _dossiers(storage: Storage) -> list[str]:
    found = storage.run(lambda unit: unit.licences.dossiers("4711"))
    return [dossier.number for dossier in found]


def _add(storage: Storage, user: PortalUser) -> None:
    storage.run(lambda unit: unit.users.add(user))


def _save(storage: Storage, user: PortalUser) -> PortalUser:
    return storage.run(lambda unit: unit.users.save(user))


def _find(storage: Storage, name: str) -> Any:
    return storage.run(lambda unit: unit.users.find(samples.identifier(name)))


def _find_by_address(storage: Storage, address: str) -> Any:
    return storage.run(lambda unit: unit.users.find_by_winbooks_id(WinBooksId(address)))


def _page(storage: Storage, *, after: UUID | None, limit: int) -> list[PortalUser]:
    return list(
        storage.run(
            lambda unit: unit.users.of_licence("4711", after=after, limit=limit)
        )
    )
