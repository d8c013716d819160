"""
What is said of a step is what the step does.
"""

from collections.abc import Callable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from datetime import timedelta
from typing import Any, Final

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from office import Office
from people import ADA, DOSSIERS, GRACE, JOAN, NOW, PASSWORD, person
from winbooks_identity.authorization import (
    Actor,
    Distributor,
    EndCustomersOnly,
    OwnPassword,
    WinBooksAdministration,
)
from winbooks_identity.errors import InvalidFields, Refused
from winbooks_identity.explain import Active, NotActive
from winbooks_identity.forms.new_user import DossierRequired, RoleRequired
from winbooks_identity.level import Level
from winbooks_identity.life_cycle import (
    CredentialsOnWeb,
    Details,
    LastAdministrator,
    Step,
    kind_of,
)
from winbooks_identity.passwords import Password
from winbooks_identity.portal import Portal
from winbooks_identity.portal_user import (
    CredentialSource,
    IdChange,
    PortalUser,
    Status,
)
from winbooks_identity.possible_steps import (
    MANAGED,
    NoDossiersHeld,
    NoDossiersLeft,
    NoNewId,
    NoOtherLevel,
    NoRolesHeld,
    NoRolesLeft,
    StepAnswer,
    possible_steps,
)
from winbooks_identity.problems import Problem
from winbooks_identity.refusals import OutOfDate, UnknownUser
from winbooks_identity.role import Role
from winbooks_identity.winbooks_id import WinBooksId


NUMBERS: Final = frozenset(dossier.number for dossier in DOSSIERS)
NEW: Final = Password("Battery-Staple-2")
Chosen = AbstractSet[Any]
Take = Callable[[Portal, PortalUser, Chosen, Actor], object]

#: Each step as the services take it.
TAKE: Final[Mapping[Step, Take]] = {
    Step.RECTIFY: lambda portal, user, _, by: portal.administration.rectify(
        user, Details.of(user), by=by
    ),
    Step.CHANGE_LEVEL: lambda portal, user, chosen, by: (
        portal.administration.change_level(user, next(iter(chosen), user.level), by=by)
    ),
    Step.GRANT_DOSSIERS: lambda portal, user, chosen, by: (
        portal.administration.grant_dossiers(user, chosen, by=by)
    ),
    Step.REVOKE_DOSSIERS: lambda portal, user, chosen, by: (
        portal.administration.revoke_dossiers(user, chosen, by=by)
    ),
    Step.GRANT_ROLES: lambda portal, user, chosen, by: (
        portal.administration.grant_roles(user, chosen, by=by)
    ),
    Step.REVOKE_ROLES: lambda portal, user, chosen, by: (
        portal.administration.revoke_roles(user, chosen, by=by)
    ),
    Step.NOTIFY: lambda portal, user, _, by: portal.administration.notify(
        user, all_dossiers=not user.notify_all_dossiers, by=by
    ),
    Step.CHANGE_PASSWORD: lambda portal, user, *_: portal.own_login.change_password(
        user.winbooks_id, PASSWORD, NEW
    ),
    Step.SET_PASSWORD: lambda portal, user, _, by: portal.logins.send_password_link(
        user, by=by
    ),
    Step.RESET_PASSWORD: lambda portal, user, _, by: portal.logins.reset_password(
        user, NEW, by=by
    ),
    Step.CHANGE_ID: lambda portal, user, _, by: portal.logins.change_id(
        user, WinBooksId("free@example.org"), by=by
    ),
    Step.WITHDRAW_ID: lambda portal, user, _, by: portal.logins.withdraw_id(
        user, by=by
    ),
    Step.ACTIVATE: lambda portal, user, _, by: portal.administration.activate(
        user, by=by
    ),
    Step.DEACTIVATE: lambda portal, user, _, by: portal.administration.deactivate(
        user, by=by
    ),
    Step.ERASE: lambda portal, user, _, by: portal.administration.erase(user, by=by),
}

#: What is left to choose, said by hand.
LEFT: Final[Mapping[Step, Callable[[PortalUser], AbstractSet[Any]]]] = {
    Step.CHANGE_LEVEL: lambda user: (
        {Level.POWER_USER, Level.ADMINISTRATOR} - {user.level}
        if user.is_staff
        else set()
    ),
    Step.GRANT_DOSSIERS: lambda user: NUMBERS - user.dossiers,
    Step.REVOKE_DOSSIERS: lambda user: user.dossiers,
    Step.GRANT_ROLES: lambda user: (
        (
            {Role.CONNECT_ACCOUNTANT, Role.VIEW_ADMIN}
            if user.is_staff
            else {Role.CONNECT_ENTREPRENEUR, Role.VIEW_USER}
        )
        - user.roles
    ),
    Step.REVOKE_ROLES: lambda user: user.roles,
}


@st.composite
def someone(draw: st.DrawFn, name: str) -> PortalUser:
    """
    Draw a user of any kind, in any state that can be stored.
    """
    level = draw(st.sampled_from(Level))
    is_active = draw(st.booleans())
    is_waiting, is_on_web = draw(st.booleans()), draw(st.booleans())
    # Who cannot sign in may have lost the last dossier, when it was closed.
    least = 0 if level.is_staff or not is_active else 1
    user = person(
        name,
        level,
        dossiers=draw(st.frozensets(st.sampled_from(sorted(NUMBERS)), min_size=least)),
    )
    roles = kind_of(user).possible_roles()
    return attrs.evolve(
        user,
        roles=draw(st.frozensets(st.sampled_from(roles), min_size=not level.is_staff)),
        status=Status.ACTIVE if is_active else Status.INACTIVE,
        credential_source=CredentialSource.ON_WEB
        if is_on_web
        else CredentialSource.PORTAL,
        id_change=IdChange(
            winbooks_id=WinBooksId(f"{name}@new.example.org"),
            expires_at=NOW + timedelta(days=1),
        )
        if is_waiting
        else None,
    )


def error_of(
    portal: Portal,
    step: Step,
    user: PortalUser,
    by: Actor,
    chosen: Chosen = frozenset(),
) -> Refused | InvalidFields | None:
    """
    Return what the service raises, which keeps nothing.
    """
    try:
        portal.rehearse(lambda trial: TAKE[step](trial, user, chosen, by))
    except (Refused, InvalidFields) as refused:
        return refused
    return None


def told(error: Refused | InvalidFields | None) -> object:
    """
    Return what an error says; two are never equal.
    """
    by_field = tuple(error.by_field.items()) if isinstance(error, InvalidFields) else ()
    return type(error), by_field, getattr(error, "problems", ())


def reasons_in(error: Refused | InvalidFields | None) -> AbstractSet[Problem]:
    """
    Return what an error names, in whatever field.
    """
    if isinstance(error, InvalidFields):
        return {each for problems in error.by_field.values() for each in problems}
    return {*getattr(error, "problems", ())}


def office_of(*people: PortalUser) -> Office:
    """
    Return an office with *people*; who is on Web signs in there.
    """
    office = Office()
    office.add(*people)
    for each in people:
        office.on_web.add(each.winbooks_id, PASSWORD)
    return office


#: Whom the law is about, and one of them or the distributor who acts.
PEOPLE: Final = st.tuples(*map(someone, ("ada", "grace", "joan")))
ACTING: Final = st.integers(0, 3)


class TestSaidAndDone:
    """
    Every step is offered exactly where its service takes it.
    """

    @settings(max_examples=25)
    @given(people=PEOPLE, acting=ACTING)
    def test_each_step(self, people: Sequence[PortalUser], acting: int) -> None:
        """
        With the error that it raises, and the choices with which it raises none.

        [R26, R27, R29, S2, S8, Q12]
        """
        portal = office_of(*people).portal
        actors: Sequence[Actor] = (*people, Distributor("WB-1"))
        by = actors[acting]
        user = people[0]
        try:
            answers = portal.administration.steps(user, by=by)
        except UnknownUser as unknown:
            asked = [each for each in MANAGED if each is not Step.CHANGE_PASSWORD]
            answers = {each: StepAnswer(step=each, refusal=unknown) for each in asked}

        for step, answer in answers.items():
            self.ensure_true(portal, user, by, step, answer)

    def test_what_choices_have_in_common(self) -> None:
        """
        One dossier is another's too; that both are staff holds whatever is chosen.

        [R29]
        """
        mine, other = sorted(NUMBERS)[:2]
        by = attrs.evolve(
            person("grace", Level.POWER_USER, dossiers=frozenset({mine})),
            roles=frozenset({Role.VIEW_ADMIN}),
        )
        user = person("ada", Level.POWER_USER, dossiers=frozenset())

        answer = possible_steps(
            user, by=by, dossiers=(other, mine), others=lambda: True
        )[Step.GRANT_DOSSIERS]

        assert (EndCustomersOnly(),) == answer.reasons

    def ensure_true(
        self,
        portal: Portal,
        user: PortalUser,
        by: Actor,
        step: Step,
        answer: StepAnswer,
    ) -> None:
        """
        Take *step* with every choice there is, and compare.
        """
        left = LEFT[step](user) if step in LEFT and answer.choices is not None else ()
        if not left:
            assert told(error_of(portal, step, user, by)) == told(answer.refusal)
        refused = {each: error_of(portal, step, user, by, {each}) for each in left}
        good = {each for each, error in refused.items() if error is None}
        assert {getattr(each, "value", each) for each in good} == {
            *(answer.choices or ())
        }
        if answer.refusal and left:
            for error in refused.values():
                assert type(error) is type(answer.refusal)
                assert reasons_in(answer.refusal) <= reasons_in(error)


def said(user: PortalUser, *, by: Actor, others: bool = True) -> dict[Step, object]:
    """
    Return the reasons, as one where there is one, of what is not possible.
    """
    answers = possible_steps(
        user, by=by, dossiers=sorted(NUMBERS), others=lambda: others
    )
    return {
        step: answer.reasons[0] if len(answer.reasons) == 1 else answer.reasons
        for step, answer in answers.items()
        if answer.reasons or not answer.is_possible
    }


class TestReasons:
    """
    What is not possible has a reason to show beside it.
    """

    def test_an_administrator_of_the_office(self) -> None:
        """
        What would change nothing is not offered.
        """
        everything = attrs.evolve(GRACE, dossiers=NUMBERS)

        assert {
            Step.WITHDRAW_ID: NoNewId(),
            Step.ACTIVATE: Active(),
            Step.GRANT_DOSSIERS: NoDossiersLeft(),
        } == said(everything, by=ADA)

    def test_nothing_to_take_away(self) -> None:
        """
        Nor to give, where someone has it all.
        """
        grace = attrs.evolve(
            GRACE, dossiers=frozenset(), roles=frozenset(), status=Status.INACTIVE
        )

        assert {
            Step.REVOKE_DOSSIERS: NoDossiersHeld(),
            Step.REVOKE_ROLES: NoRolesHeld(),
            Step.DEACTIVATE: NotActive(),
            Step.WITHDRAW_ID: NoNewId(),
        } == said(grace, by=Distributor("WB-1"))

    def test_an_end_customer(self) -> None:
        """
        They keep their level, one dossier and one role.  [R22, R38, R51]
        """
        joan = attrs.evolve(JOAN, roles=frozenset({Role.VIEW_USER}), id_change=None)

        assert {
            Step.CHANGE_LEVEL: NoOtherLevel(),
            Step.REVOKE_DOSSIERS: DossierRequired(),
            Step.REVOKE_ROLES: RoleRequired(),
            Step.WITHDRAW_ID: NoNewId(),
            Step.ACTIVATE: Active(),
        } == said(joan, by=ADA)
        both = attrs.evolve(joan, roles=frozenset(kind_of(joan).possible_roles()))
        assert NoRolesLeft() == said(both, by=ADA)[Step.GRANT_ROLES]

    def test_the_last_administrator(self) -> None:
        """
        They stay one, and reset no password of their own.  [Q12, S8]
        """
        assert {
            Step.CHANGE_LEVEL: LastAdministrator(),
            Step.DEACTIVATE: LastAdministrator(),
            Step.ERASE: LastAdministrator(),
            Step.RESET_PASSWORD: OwnPassword(),
            Step.WITHDRAW_ID: NoNewId(),
            Step.ACTIVATE: Active(),
        } == said(ADA, by=ADA, others=False)
        assert Step.ERASE not in said(ADA, by=ADA)

    def test_a_login_on_web(self) -> None:
        """
        It is changed there.  [Q10, Q14]
        """
        ada = attrs.evolve(ADA, credential_source=CredentialSource.ON_WEB)
        not_here = {
            Step.CHANGE_PASSWORD,
            Step.SET_PASSWORD,
            Step.RESET_PASSWORD,
            Step.CHANGE_ID,
        }

        found = said(ada, by=ada)

        assert not_here == {
            step for step, each in found.items() if each == CredentialsOnWeb()
        }

    def test_another_persons_password(self) -> None:
        """
        It is changed by nobody else, so it is not among the answers.
        """
        answers = possible_steps(
            GRACE, by=ADA, dossiers=sorted(NUMBERS), others=lambda: True
        )

        assert {*MANAGED} - {Step.CHANGE_PASSWORD} == {*answers}


class TestService:
    """
    The service asks about users as they are stored.
    """

    def test_in_the_order_of_a_page(self) -> None:
        """
        A person's own page has every step.
        """
        office = office_of(ADA)

        assert [*MANAGED] == [*office.portal.administration.steps(ADA, by=ADA)]

    def test_a_user_who_was_saved_since(self) -> None:
        """
        Every step would be refused.
        """
        office = office_of(ADA, GRACE)
        office.portal.administration.deactivate(GRACE, by=ADA)

        with pytest.raises(OutOfDate):
            office.portal.administration.steps(GRACE, by=ADA)

    @pytest.mark.parametrize(
        "by", [WinBooksAdministration(), Distributor("WB-2"), JOAN], ids=["1", "2", "3"]
    )
    def test_a_user_who_is_not_seen(self, by: Actor) -> None:
        """
        Nothing is said of them.  [S2]
        """
        office = office_of(ADA, GRACE, JOAN)

        with pytest.raises(UnknownUser):
            office.portal.administration.steps(GRACE, by=by)

    def test_rights_that_were_lost(self) -> None:
        """
        The actor is asked about as they are stored, too.
        """
        office = office_of(ADA, GRACE, person("mary", Level.ADMINISTRATOR))
        office.portal.administration.change_level(
            ADA, Level.POWER_USER, by=Distributor("WB-1")
        )

        answers = office.portal.administration.steps(GRACE, by=ADA)

        assert not any(each.is_possible for each in answers.values())

    def test_an_administrator_behind_many(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """
        The staff are looked through page by page; an inactive one does not count.
        """
        monkeypatch.setattr("winbooks_identity.services.everyone.PAGE_SIZE", 1)
        mary = person("mary", Level.ADMINISTRATOR)
        office = office_of(ADA, GRACE, mary)
        steps = office.portal.administration.steps
        assert steps(ADA, by=ADA)[Step.ERASE].is_possible

        office.portal.administration.deactivate(mary, by=ADA)

        assert (LastAdministrator(),) == steps(ADA, by=ADA)[Step.ERASE].reasons
