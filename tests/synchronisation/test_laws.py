"""
What holds for every feed and every licence.
"""

from collections.abc import Callable, Sequence
from typing import TypeVar
from uuid import UUID

import attrs
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from winbooks_identity.adapters.aesgcm import AesGcmSealer
from winbooks_identity.adapters.letters import StandardLetters
from winbooks_identity.adapters.memory import InMemoryStorage
from winbooks_identity.authorization import Distributor
from winbooks_identity.errors import StorageBusy
from winbooks_identity.language import Language
from winbooks_identity.level import Level
from winbooks_identity.licence import Licence, Product
from winbooks_identity.names import CompanyName, PersonName
from winbooks_identity.phone import PhoneNumber
from winbooks_identity.portal_user import CredentialSource, PortalUser, Status
from winbooks_identity.ports import Storage, UnitOfWork
from winbooks_identity.synchronisation import (
    Action,
    BadRecord,
    Complete,
    DesiredUser,
    Limits,
    Options,
    Partial,
    Plan,
    Result,
    Snapshot,
    SynchronisationService,
)
from winbooks_identity.winbooks_id import WinBooksId


T = TypeVar("T")

LICENCE = Licence(
    number="WB-1",
    product=Product.ON_WEB,
    holder=CompanyName("Fiduciaire Peeters"),
    language=Language.DUTCH,
)
BY = Distributor("WB-1")
UNLIMITED = Limits(floor=100, percentage=100, count=100)

#: Few enough that records and users meet all the time.
ADDRESSES = [WinBooksId(f"{letter}@example.org") for letter in "abcdef"]
EXTERNAL_IDS = [f"E-{number}" for number in range(6)]
NAMES = [PersonName("Ada"), PersonName("Grace")]


@attrs.frozen
class Fixed:
    """
    Licence management that always says the same.
    """

    said: Snapshot

    def snapshot(self, licence: Licence) -> Snapshot:
        """
        Return what it always says.
        """
        del licence
        return self.said


@attrs.define
class Failing:
    """
    A storage that gives up after some units of work.
    """

    storage: Storage
    works: int

    def run(self, work: Callable[[UnitOfWork], T]) -> T:
        """
        Run *work* unless the storage has given up.
        """
        if self.works == 0:
            raise StorageBusy
        self.works -= 1
        return self.storage.run(work)

    read = run


@st.composite
def licences(draw: st.DrawFn) -> list[PortalUser]:
    """
    Return the users of a licence, and some of another one.
    """
    addresses = draw(st.lists(st.sampled_from(ADDRESSES), unique=True))
    return [
        PortalUser(
            id=UUID(int=number),
            winbooks_id=address,
            licence=draw(st.sampled_from(["WB-1", "WB-1", "WB-1", "WB-2"])),
            level=draw(st.sampled_from(Level)),
            status=status,
            credential_source=CredentialSource.ON_WEB,
            first_name=draw(st.sampled_from(NAMES)),
            last_name=PersonName("Lovelace"),
            company_name=CompanyName("Fiduciaire Peeters"),
            language=draw(st.sampled_from(Language)),
            phone=None,
            dossiers=frozenset(),
            roles=frozenset(),
            notify_all_dossiers=draw(st.booleans()),
            external_id=draw(st.none() | st.sampled_from(EXTERNAL_IDS)),
            deactivated_by_feed=status is Status.INACTIVE and draw(st.booleans()),
        )
        for number, address in enumerate(addresses)
        for status in [draw(st.sampled_from(Status))]
    ]


USERS = st.builds(
    DesiredUser,
    external_id=st.sampled_from(EXTERNAL_IDS),
    login=st.sampled_from(ADDRESSES),
    first_name=st.sampled_from(NAMES),
    last_name=st.just(PersonName("Lovelace")),
    language=st.none() | st.sampled_from(Language),
    phone=st.none() | st.just(PhoneNumber("+32470123456")),
    is_active=st.booleans(),
    is_licence_admin=st.booleans(),
)
BAD = st.builds(
    BadRecord,
    place=st.just(1),
    reasons=st.just(()),
    external_id=st.none() | st.sampled_from(EXTERNAL_IDS),
    login=st.none() | st.sampled_from(ADDRESSES),
)


@st.composite
def snapshots(draw: st.DrawFn) -> Snapshot:
    """
    Return what licence management may say: doubled, bad, in part.
    """
    users = tuple(draw(st.lists(USERS, max_size=6)))
    bad = tuple(draw(st.lists(BAD, max_size=1)))
    if draw(st.booleans()):
        return Complete(users=users, bad=bad, count=len(users) + len(bad))
    return Partial(users=users, bad=bad)


OPTIONS = st.builds(
    Options,
    deactivate=st.booleans(),
    reactivate=st.booleans(),
    limits=st.just(UNLIMITED),
)


def stored(users: Sequence[PortalUser]) -> InMemoryStorage:
    """
    Return a storage with *users*.
    """
    storage = InMemoryStorage()
    storage.run(lambda unit: unit.licences.register(LICENCE, []))
    storage.run(lambda unit: unit.users.add_all(users))
    return storage


def service(storage: Storage) -> SynchronisationService:
    """
    Return what synchronises, with letters.
    """
    return SynchronisationService(
        storage,
        letters=StandardLetters("portal@example.org", "https://portal.example.org/"),
        sealer=AesGcmSealer({"k": b"s" * 32}),
    )


def planned(storage: Storage, snapshot: Snapshot, options: Options) -> Plan:
    """
    Return the plan for *snapshot*; plans in quarantine are for other tests.
    """
    service = SynchronisationService(storage)
    plan = service.plan(Fixed(snapshot), by=BY, options=options)
    assume(not plan.quarantine)
    return plan


def apply(storage: Storage, plan: Plan) -> list[Result]:
    """
    Carry *plan* out and return what came of its changes.
    """
    run = service(storage).apply(plan, by=BY)
    return [outcome.result for outcome in run]


def members(storage: Storage, licence: str = "WB-1") -> dict[UUID, PortalUser]:
    """
    Return the users of a licence by their internal keys.
    """
    found = storage.run(lambda unit: unit.users.of_licence(licence, limit=100))
    return {user.id: user for user in found}


def without_ids(storage: Storage) -> list[PortalUser]:
    """
    Return the users of the licence as far as chance and order leave them alone.
    """
    return sorted(
        (
            attrs.evolve(user, id=UUID(int=0), version=1)
            for user in members(storage).values()
        ),
        key=lambda user: user.winbooks_id,
    )


class TestLaws:
    """
    A synchronisation does what it says, and no more.  [R64, R67, R68, R69, Q17]
    """

    @given(users=licences(), snapshot=snapshots(), options=OPTIONS)
    def test_what_is_planned_can_be_done(
        self, users: list[PortalUser], snapshot: Snapshot, options: Options
    ) -> None:
        """
        If no one interferes, no change is refused.
        """
        storage = stored(users)
        plan = planned(storage, snapshot, options)

        assert [Result.DONE] * len(plan.changes) == apply(storage, plan)

    @given(users=licences(), snapshot=snapshots(), options=OPTIONS)
    def test_then_nothing_is_left(
        self, users: list[PortalUser], snapshot: Snapshot, options: Options
    ) -> None:
        """
        Planned again after it was carried out, the plan is empty.
        """
        storage = stored(users)
        apply(storage, planned(storage, snapshot, options))

        assert () == planned(storage, snapshot, options).changes

    @given(users=licences(), snapshot=snapshots(), options=OPTIONS)
    def test_what_is_the_portals_stays(
        self, users: list[PortalUser], snapshot: Snapshot, options: Options
    ) -> None:
        """
        No one is removed, and level, roles, dossiers and notices are as before.
        """
        storage = stored(users)
        before = members(storage)
        apply(storage, planned(storage, snapshot, options))
        after = members(storage)

        assert before == {
            user_id: attrs.evolve(
                after[user_id],
                external_id=user.external_id,
                winbooks_id=user.winbooks_id,
                first_name=user.first_name,
                language=user.language,
                phone=user.phone,
                status=user.status,
                deactivated_by_feed=user.deactivated_by_feed,
                version=user.version,
            )
            for user_id, user in before.items()
        }

    @given(users=licences(), snapshot=snapshots(), options=OPTIONS)
    def test_others_are_untouched(
        self, users: list[PortalUser], snapshot: Snapshot, options: Options
    ) -> None:
        """
        End customers and other licences are as before, to the last field.
        """
        storage = stored(users)
        apply(storage, planned(storage, snapshot, options))
        after = {**members(storage), **members(storage, "WB-2")}

        assert [] == [
            user
            for user in users
            if (user.licence == "WB-2" or not user.is_staff) and user != after[user.id]
        ]

    @given(users=licences(), snapshot=snapshots(), options=OPTIONS, data=st.data())
    def test_the_order_makes_no_difference(
        self,
        users: list[PortalUser],
        snapshot: Snapshot,
        options: Options,
        data: st.DataObject,
    ) -> None:
        """
        Of records and of users.
        """
        shuffled = attrs.evolve(
            snapshot, users=tuple(data.draw(st.permutations(snapshot.users)))
        )
        first, second = stored(users), stored(data.draw(st.permutations(users)))

        plan = planned(first, snapshot, options)

        assert plan == planned(second, shuffled, options)

    @given(users=licences(), snapshot=snapshots(), options=OPTIONS)
    def test_a_doubled_feed_is_the_same_feed(
        self, users: list[PortalUser], snapshot: Snapshot, options: Options
    ) -> None:
        """
        Every record twice says what every record once says.
        """
        once = Partial(users=snapshot.users)
        twice = Partial(users=snapshot.users * 2)
        storage = stored(users)

        assert planned(storage, once, options) == planned(storage, twice, options)

    @given(
        users=licences(),
        snapshot=snapshots(),
        options=OPTIONS,
        works=st.integers(min_value=2, max_value=8),
        again=st.booleans(),
    )
    def test_a_crash_makes_no_difference(
        self,
        users: list[PortalUser],
        snapshot: Snapshot,
        options: Options,
        works: int,
        again: bool,
    ) -> None:
        """
        Stopped anywhere and planned again, or carried out again, the end is the same.
        """
        undisturbed, stopped = stored(users), stored(users)
        plan = planned(stopped, snapshot, options)
        apply(undisturbed, plan)
        try:
            apply(Failing(stopped, works), plan)
        except StorageBusy:
            apply(stopped, plan if again else planned(stopped, snapshot, options))

        assert without_ids(undisturbed) == without_ids(stopped)

    # Many of the licences that are drawn have no active Administrator to keep.
    @settings(suppress_health_check=[HealthCheck.filter_too_much])
    @given(users=licences(), snapshot=snapshots(), options=OPTIONS)
    def test_an_administrator_remains(
        self, users: list[PortalUser], snapshot: Snapshot, options: Options
    ) -> None:
        """
        Where there was an active one, there is one.  [R27, Q12]
        """

        def has_administrator() -> bool:
            return any(
                user.is_active and user.level is Level.ADMINISTRATOR
                for user in members(storage).values()
            )

        storage = stored(users)
        assume(has_administrator())
        apply(storage, planned(storage, snapshot, options))

        assert has_administrator()

    @given(users=licences(), snapshot=snapshots(), options=OPTIONS)
    def test_only_who_was_asked_is_deactivated(
        self, users: list[PortalUser], snapshot: Snapshot, options: Options
    ) -> None:
        """
        A partial snapshot, or one without being asked, deactivates no one.
        """
        plan = planned(stored(users), snapshot, options)

        assert plan.counts[Action.DEACTIVATE] == 0 or (
            isinstance(snapshot, Complete) and options.deactivate
        )

    @given(
        users=licences(),
        feeds=st.lists(st.tuples(snapshots(), st.booleans()), max_size=4),
    )
    def test_no_feed_ends_a_lock_out(
        self, users: list[PortalUser], feeds: list[tuple[Snapshot, bool]]
    ) -> None:
        """
        Whatever feeds say, and however often, users whom a person deactivated stay out.

        [S30]
        """
        storage = stored(users)
        for snapshot, deactivate in feeds:
            options = Options(deactivate=deactivate, limits=UNLIMITED)
            apply(storage, planned(storage, snapshot, options))
        after = members(storage)

        assert [] == [
            user
            for user in users
            if user.id in after
            and not user.is_active
            and not user.deactivated_by_feed
            and after[user.id].is_active
        ]

    @given(users=licences(), snapshot=snapshots(), options=OPTIONS)
    def test_every_record_is_accounted_for(
        self, users: list[PortalUser], snapshot: Snapshot, options: Options
    ) -> None:
        """
        Only strangers who are inactive on Web are passed over in silence.
        """
        plan = planned(stored(users), snapshot, options)
        told = {
            *(change.after.external_id for change in plan.changes),
            *(
                finding.external_id
                for finding in (*plan.conflicts, *plan.kept, *plan.held)
            ),
        }
        silent = {
            desired.external_id
            for desired in snapshot.users
            if desired.external_id not in told
        }
        known = {user.external_id for user in users if user.licence == "WB-1"}

        assert len(silent & known) <= plan.unchanged
        assert all(
            not desired.is_active
            for desired in snapshot.users
            if desired.external_id in silent - known
        )
