"""
Who may do what to whom: the whole small space, no sampling.
"""

import itertools
from uuid import UUID

import attrs
import pytest

from people import EMPLOYEE
from winbooks_identity.authorization import (
    Actor,
    Distributor,
    EndCustomersOnly,
    ForeignLicence,
    InvalidOperator,
    LevelAboveOwn,
    ManagesNobody,
    NotActive,
    OnlyDistributor,
    OnlyWinBooks,
    OtherDossiers,
    WinBooksAdministration,
    check,
    check_counting,
    check_registration,
    check_synchronisation,
    licence_of,
    sees,
)
from winbooks_identity.errors import Invalid
from winbooks_identity.level import Level
from winbooks_identity.portal_user import PortalUser, Status
from winbooks_identity.problems import Problem
from winbooks_identity.winbooks_id import WinBooksId


def user(
    level: Level,
    *,
    number: int = 1,
    licence: str = "WB-1",
    status: Status = Status.ACTIVE,
    dossiers: frozenset[str] = frozenset({"1001"}),
) -> PortalUser:
    """
    Return a user who can open one dossier.
    """
    return attrs.evolve(
        EMPLOYEE,
        id=UUID(int=number),
        winbooks_id=WinBooksId(f"user{number}@example.org"),
        licence=licence,
        level=level,
        status=status,
        dossiers=dossiers,
        roles=frozenset(),
    )


ADMINISTRATOR = user(Level.ADMINISTRATOR)
POWER_USER = user(Level.POWER_USER)
USER = user(Level.USER)


def refused(actor: Actor, after: PortalUser) -> set[type[Problem]]:
    """
    Return which rules keep *actor* from creating *after*.
    """
    return {type(each) for each in check(actor, before=None, after=after)}


class TestCreation:
    """
    Who may create whom, in their own licence.  [R26, R27, R29, R30]
    """

    @pytest.mark.parametrize(
        "actor,level,expected",
        [
            (Distributor("WB-1"), Level.ADMINISTRATOR, set()),
            (Distributor("WB-1"), Level.POWER_USER, set()),
            (Distributor("WB-1"), Level.USER, set()),
            (ADMINISTRATOR, Level.ADMINISTRATOR, set()),
            (ADMINISTRATOR, Level.POWER_USER, set()),
            (ADMINISTRATOR, Level.USER, set()),
            (POWER_USER, Level.ADMINISTRATOR, {EndCustomersOnly, LevelAboveOwn}),
            (POWER_USER, Level.POWER_USER, {EndCustomersOnly}),
            (POWER_USER, Level.USER, set()),
            (USER, Level.ADMINISTRATOR, {ManagesNobody, LevelAboveOwn}),
            (USER, Level.POWER_USER, {ManagesNobody, LevelAboveOwn}),
            (USER, Level.USER, {ManagesNobody}),
            (WinBooksAdministration(), Level.ADMINISTRATOR, {ManagesNobody}),
            (WinBooksAdministration(), Level.POWER_USER, {ManagesNobody}),
            (WinBooksAdministration(), Level.USER, {ManagesNobody}),
        ],
    )
    def test_every_actor_and_every_level(
        self, actor: Actor, level: Level, expected: set[type[Problem]]
    ) -> None:
        """
        Each pair has its answer, and every reason is given.
        """
        assert expected == refused(actor, user(level, number=2))

    @pytest.mark.parametrize(
        "dossiers,expected",
        [
            (frozenset({"1001"}), set()),
            (frozenset({"1002"}), {OtherDossiers}),
            (frozenset({"1001", "1002"}), {OtherDossiers}),
        ],
    )
    def test_a_power_user_stays_within_his_dossiers(
        self, dossiers: frozenset[str], expected: set[type[Problem]]
    ) -> None:
        """
        What they cannot open they cannot give.  [R29]
        """
        after = user(Level.USER, number=2, dossiers=dossiers)

        assert expected == refused(POWER_USER, after)

    @pytest.mark.parametrize("level", Level)
    def test_an_inactive_actor_may_nothing(self, level: Level) -> None:
        """
        Rights end with the sign-in.  [R56]
        """
        actor = user(level, status=Status.INACTIVE)

        assert NotActive in refused(actor, user(Level.USER, number=2))


class TestOperator:
    """
    The distributor carries the name of the person at the keyboard.  [S4]
    """

    @pytest.mark.parametrize("name", ["A", "An Peeters", "CORP\\an", "a" * 100])
    def test_names(self, name: str) -> None:
        """
        A name or an account, in one line.
        """
        assert name == Distributor("WB-1", operator=name).operator

    @pytest.mark.parametrize(
        "name", ["", " An", "An ", "An\nPeeters", "An\x1b[2J", "An\u202e", "a" * 101]
    )
    def test_no_names(self, name: str) -> None:
        """
        Nothing that could forge a line of the history.
        """
        with pytest.raises(Invalid) as caught:
            Distributor("WB-1", operator=name)

        assert (InvalidOperator(maximum=100),) == caught.value.problems

    def test_no_text(self) -> None:
        """
        An object is no name.
        """
        with pytest.raises(Invalid) as caught:
            Distributor("WB-1", operator=7)  # type: ignore[arg-type]  # On purpose.

        assert ["field.not_text"] == [each.code for each in caught.value.problems]

    def test_rights_are_those_of_the_distributor(self) -> None:
        """
        A name adds none, and takes none.
        """
        named = Distributor("WB-1", operator="An Peeters")

        assert () == check(named, before=None, after=ADMINISTRATOR)


class TestOtherLicence:
    """
    No one has power over another licence.  [R28]
    """

    @pytest.mark.parametrize(
        "actor", [Distributor("WB-1"), ADMINISTRATOR, POWER_USER, USER]
    )
    def test_creation_elsewhere(self, actor: Actor) -> None:
        """
        Not the distributor either: they stand in one licence at a time.
        """
        after = user(Level.USER, number=2, licence="WB-2")

        assert ForeignLicence in refused(actor, after)

    def test_moving_somebody_in_or_out(self) -> None:
        """
        Both states count: the one before and the one after.
        """
        here = user(Level.USER, number=2)
        there = user(Level.USER, number=2, licence="WB-2")

        assert [(ForeignLicence(),), (ForeignLicence(),)] == [
            check(ADMINISTRATOR, before=here, after=there),
            check(ADMINISTRATOR, before=there, after=here),
        ]


class TestChange:
    """
    The state before counts as much as the state after.  [R29, R30]
    """

    @pytest.mark.parametrize("before,after", list(itertools.product(Level, Level)))
    def test_a_power_user_touches_no_staff(self, before: Level, after: Level) -> None:
        """
        They neither raise anyone to staff nor lower staff.
        """
        allowed = before is after is Level.USER
        problems = check(
            POWER_USER, before=user(before, number=2), after=user(after, number=2)
        )

        assert allowed == (problems == ())

    def test_a_power_user_takes_no_dossier_that_he_cannot_open(self) -> None:
        """
        Someone with other dossiers too is not their to change.
        """
        before = user(Level.USER, number=2, dossiers=frozenset({"1001", "1002"}))
        after = user(Level.USER, number=2)

        assert (OtherDossiers(),) == check(POWER_USER, before=before, after=after)

    def test_removal_is_judged_by_the_state_before(self) -> None:
        """
        Nothing is left to look at after someone is gone.
        """
        before = user(Level.ADMINISTRATOR, number=2)

        assert (LevelAboveOwn(), EndCustomersOnly()) == check(
            POWER_USER, before=before, after=None
        )


class TestRegistration:
    """
    A licence is registered in the name of WinBooks administration.  [R32]
    """

    def test_winbooks_may(self) -> None:
        """
        It is the only one.
        """
        assert () == check_registration(WinBooksAdministration())

    @pytest.mark.parametrize("actor", [Distributor("WB-1"), ADMINISTRATOR])
    def test_nobody_else_may(self, actor: Actor) -> None:
        """
        Not the distributor, and not an Administrator.
        """
        assert (OnlyWinBooks(),) == check_registration(actor)


class TestSight:
    """
    Staff see their licence, a User themselves.  [R28, R29]
    """

    @pytest.mark.parametrize(
        "actor,expected",
        [
            (Distributor("WB-1"), True),
            (Distributor("WB-2"), False),
            (ADMINISTRATOR, True),
            (POWER_USER, True),
            (user(Level.USER, number=9), True),
            (user(Level.USER, number=8), False),
            (user(Level.ADMINISTRATOR, number=9, licence="WB-2"), False),
            (user(Level.ADMINISTRATOR, number=9, status=Status.INACTIVE), False),
            (WinBooksAdministration(), False),
        ],
    )
    def test_sees(self, actor: Actor, expected: bool) -> None:
        """
        Every kind of actor, looking at an end customer.
        """
        assert expected == sees(actor, user(Level.USER, number=9))

    @pytest.mark.parametrize(
        "actor,expected",
        [
            (Distributor("WB-7"), "WB-7"),
            (ADMINISTRATOR, "WB-1"),
            (WinBooksAdministration(), None),
        ],
    )
    def test_licence_of(self, actor: Actor, expected: str | None) -> None:
        """
        The licence follows from who asks.  [R31]
        """
        assert expected == licence_of(actor)


class TestCounting:
    """
    Counts of a licence are for those who see all its users.  [R28, R29]
    """

    @pytest.mark.parametrize(
        "actor,expected",
        [
            (WinBooksAdministration(), ()),
            (Distributor("WB-1"), ()),
            (ADMINISTRATOR, ()),
            (POWER_USER, ()),
            (USER, (ManagesNobody(),)),
            (user(Level.ADMINISTRATOR, status=Status.INACTIVE), (NotActive(),)),
            (
                user(Level.USER, status=Status.INACTIVE),
                (NotActive(), ManagesNobody()),
            ),
        ],
    )
    def test_every_actor(self, actor: Actor, expected: tuple[Problem, ...]) -> None:
        """
        Outsiders and active staff count; no one else does.
        """
        assert expected == check_counting(actor)


class TestSynchronisation:
    """
    Only the distributor synchronises.  [R64]
    """

    @pytest.mark.parametrize(
        "actor,expected",
        [
            (Distributor("WB-1"), ()),
            (ADMINISTRATOR, (OnlyDistributor(),)),
            (POWER_USER, (OnlyDistributor(),)),
            (USER, (OnlyDistributor(),)),
            (WinBooksAdministration(), (OnlyDistributor(),)),
        ],
    )
    def test_every_actor(self, actor: Actor, expected: tuple[Problem, ...]) -> None:
        """
        Not even the licence's own Administrator does.
        """
        assert expected == check_synchronisation(actor)
