"""
The menu *Administratie - Gebruikers*, one story per promise and refusal.
"""

from collections.abc import Callable
from uuid import UUID

import attrs
import pytest

from office import Office
from people import ADA, GRACE, JOAN, LICENCE, NOW, person
from winbooks_identity.authorization import (
    Actor,
    Distributor,
    EndCustomersOnly,
    ManagesNobody,
    OtherDossiers,
    WinBooksAdministration,
)
from winbooks_identity.events import Author, Change, Event, Outsider
from winbooks_identity.level import Level
from winbooks_identity.life_cycle import Details, LastAdministrator, Step
from winbooks_identity.mail.outbox import OutboxMail
from winbooks_identity.names import PersonName
from winbooks_identity.phone import PhoneNumber
from winbooks_identity.portal_user import PortalUser, Status
from winbooks_identity.ports import Request
from winbooks_identity.product_links import LinkedProduct
from winbooks_identity.refusals import (
    NotAllowed,
    NotAuthorised,
    OutOfDate,
    UnknownDossiers,
    UnknownUser,
)
from winbooks_identity.role import Role
from winbooks_identity.services.administration import AdministrationService


DISTRIBUTOR = Distributor("WB-1")
STRANGER = person("mary", Level.ADMINISTRATOR, licence="WB-2")


@pytest.fixture
def office() -> Office:
    """
    Return an office of three, beside another one.
    """
    found = Office()
    other = attrs.evolve(LICENCE, number="WB-2")
    found.run(lambda unit: unit.licences.register(other, ()))
    found.add(ADA, GRACE, JOAN, STRANGER)
    return found


def details(user: PortalUser) -> Details:
    """
    Return other details than those of *user*.
    """
    return attrs.evolve(
        Details.of(user),
        last_name=PersonName("King"),
        phone=PhoneNumber("+3225123456"),
    )


class TestSteps:
    """
    Each step changes what it says, saves it and tells it.
    """

    @pytest.mark.parametrize(
        "take,step,changed",
        [
            (
                lambda office: office.portal.administration.deactivate(JOAN, by=ADA),
                Step.DEACTIVATE,
                {"status": Status.INACTIVE},
            ),
            (
                lambda office: office.portal.administration.grant_dossiers(
                    JOAN, {"1002"}, by=ADA
                ),
                Step.GRANT_DOSSIERS,
                {"dossiers": frozenset({"1001", "1002"})},
            ),
            (
                lambda office: office.portal.administration.grant_roles(
                    JOAN, {Role.CONNECT_ENTREPRENEUR}, by=ADA
                ),
                Step.GRANT_ROLES,
                {"roles": frozenset({Role.VIEW_USER, Role.CONNECT_ENTREPRENEUR})},
            ),
            (
                lambda office: office.portal.administration.notify(
                    JOAN, all_dossiers=False, by=ADA
                ),
                Step.NOTIFY,
                {"notify_all_dossiers": False},
            ),
            (
                lambda office: office.portal.administration.rectify(
                    JOAN, details(JOAN), by=ADA
                ),
                Step.RECTIFY,
                {
                    "last_name": PersonName("King"),
                    "phone": PhoneNumber("+3225123456"),
                },
            ),
        ],
        ids=["deactivate", "dossiers", "roles", "notify", "rectify"],
    )
    def test_a_step_for_an_end_customer(
        self,
        office: Office,
        take: Callable[[Office], PortalUser],
        step: Step,
        changed: dict[str, object],
    ) -> None:
        """
        They are stored as returned, in the next version, and the event says so.
        """
        after = take(office)

        assert after == office.stored(JOAN)
        assert (2, changed) == (
            after.version,
            {
                field: getattr(after, field)
                for field in attrs.asdict(JOAN, recurse=False)
                if field != "version" and getattr(after, field) != getattr(JOAN, field)
            },
        )
        last = office.history(JOAN)[-1]
        assert (step, ADA.id, NOW, set(changed)) == (
            last.step,
            last.by,
            last.at,
            {each.field for each in last.changes},
        )

    def test_activate(self, office: Office) -> None:
        """
        Deactivation is reversible.  [Q12]
        """
        inactive = office.portal.administration.deactivate(JOAN, by=ADA)

        after = office.portal.administration.activate(inactive, by=ADA)

        assert attrs.evolve(JOAN, version=3) == after

    def test_change_level(self, office: Office) -> None:
        """
        An Administrator makes another one.  [R27]
        """
        after = office.portal.administration.change_level(
            GRACE, Level.ADMINISTRATOR, by=ADA
        )

        assert attrs.evolve(GRACE, level=Level.ADMINISTRATOR, version=2) == after

    def test_revoke(self, office: Office) -> None:
        """
        Dossiers and roles of staff can all be taken away.  [R39, R43, R50, R53]
        """
        service = office.portal.administration
        without = service.revoke_dossiers(GRACE, {"1001"}, by=ADA)

        after = service.revoke_roles(without, {Role.VIEW_ADMIN}, by=ADA)

        assert (frozenset(), frozenset()) == (after.dossiers, after.roles)

    def test_a_step_that_changes_nothing(self, office: Office) -> None:
        """
        It saves nothing and tells nothing.  [R53]
        """
        after = office.portal.administration.grant_dossiers(JOAN, {"1001"}, by=ADA)

        assert (JOAN, JOAN, 1) == (
            after,
            office.stored(JOAN),
            len(office.history(JOAN)),
        )

    def test_the_distributor(self, office: Office) -> None:
        """
        They do what an Administrator may, and the history says it was them.  [R26]
        """
        office.portal.administration.deactivate(GRACE, by=DISTRIBUTOR)

        assert Outsider.DISTRIBUTOR is office.history(GRACE)[-1].by


class TestRefusals:
    """
    What is refused changes nothing.
    """

    def test_unknown_dossiers(self, office: Office) -> None:
        """
        Only dossiers of the licence can be given.  [R37]
        """
        with pytest.raises(UnknownDossiers) as caught:
            office.portal.administration.grant_dossiers(
                JOAN, {"9", "8", "1001"}, by=ADA
            )

        assert (("8", "9"), JOAN) == (caught.value.numbers, office.stored(JOAN))

    def test_an_illegal_step(self, office: Office) -> None:
        """
        It is refused with the legal ones.
        """
        with pytest.raises(NotAllowed):
            office.portal.administration.activate(JOAN, by=ADA)

        assert JOAN == office.stored(JOAN)

    def test_somebody_saved_first(self, office: Office) -> None:
        """
        What they did stays.
        """
        saved = office.portal.administration.notify(JOAN, all_dossiers=False, by=ADA)

        with pytest.raises(OutOfDate) as caught:
            office.portal.administration.deactivate(JOAN, by=ADA)

        assert (1, saved) == (caught.value.expected_version, office.stored(JOAN))

    def test_only_what_is_stored_counts(self, office: Office) -> None:
        """
        To claim another state than the stored one changes nothing.
        """
        claimed = attrs.evolve(JOAN, level=Level.ADMINISTRATOR)

        after = office.portal.administration.notify(claimed, all_dossiers=False, by=ADA)

        assert Level.USER is after.level

    @pytest.mark.parametrize(
        "by,problem",
        [
            (JOAN, ManagesNobody()),
            (GRACE, OtherDossiers()),
        ],
    )
    def test_not_authorised(
        self, office: Office, by: PortalUser, problem: object
    ) -> None:
        """
        The state before and after is looked at.  [R29]
        """
        with pytest.raises(NotAuthorised) as caught:
            office.portal.administration.grant_dossiers(JOAN, {"1002"}, by=by)

        assert (problem,) == caught.value.problems

    def test_a_power_user_and_staff(self, office: Office) -> None:
        """
        They manage end customers only.  [R29]
        """
        with pytest.raises(NotAuthorised) as caught:
            office.portal.administration.rectify(GRACE, details(GRACE), by=GRACE)

        assert (EndCustomersOnly(),) == caught.value.problems

    @pytest.mark.parametrize(
        "by",
        [STRANGER, Distributor("WB-2"), WinBooksAdministration(), JOAN],
        ids=["Administrator", "distributor", "WinBooks", "end customer"],
    )
    def test_who_may_not_look(self, office: Office, by: Actor) -> None:
        """
        For them the user is not there.  [R28]
        """
        with pytest.raises(UnknownUser):
            office.portal.administration.deactivate(GRACE, by=by)

    def test_an_actor_who_lost_his_rights(self, office: Office) -> None:
        """
        They count as they are now, not as they were at the sign-in.
        """
        service = office.portal.administration
        grace = service.change_level(GRACE, Level.ADMINISTRATOR, by=ADA)
        service.change_level(ADA, Level.POWER_USER, by=ADA)

        with pytest.raises(NotAuthorised):
            service.deactivate(grace, by=ADA)

    def test_an_actor_who_is_gone(self, office: Office) -> None:
        """
        An erased Administrator does nothing any more.
        """
        office.portal.administration.change_level(GRACE, Level.ADMINISTRATOR, by=ADA)
        office.portal.administration.erase(ADA, by=ADA)

        with pytest.raises(UnknownUser):
            office.portal.administration.deactivate(JOAN, by=ADA)


class TestLastAdministrator:
    """
    The last active Administrator of a licence stays one.  [Q12]
    """

    @pytest.mark.parametrize(
        "take",
        [
            lambda service: service.deactivate(ADA, by=DISTRIBUTOR),
            lambda service: service.change_level(ADA, Level.POWER_USER, by=DISTRIBUTOR),
            lambda service: service.erase(ADA, by=DISTRIBUTOR),
        ],
        ids=["deactivate", "demote", "erase"],
    )
    def test_alone(
        self, office: Office, take: Callable[[AdministrationService], object]
    ) -> None:
        """
        No one takes them away, and an Administrator elsewhere does not count.
        """
        with pytest.raises(NotAllowed) as caught:
            take(office.portal.administration)

        assert ((LastAdministrator(),), ADA) == (
            caught.value.problems,
            office.stored(ADA),
        )

    def test_an_inactive_one_does_not_count(self, office: Office) -> None:
        """
        Who cannot sign in cannot help.
        """
        service = office.portal.administration
        second = service.change_level(GRACE, Level.ADMINISTRATOR, by=ADA)
        service.deactivate(second, by=ADA)

        with pytest.raises(NotAllowed):
            service.deactivate(ADA, by=ADA)

    def test_with_a_second_one(self, office: Office) -> None:
        """
        The first may go.
        """
        office.portal.administration.change_level(GRACE, Level.ADMINISTRATOR, by=ADA)

        after = office.portal.administration.deactivate(ADA, by=ADA)

        assert not after.is_active


class TestErase:
    """
    All that is kept of a person is gone, but for their internal key.  [Q13]
    """

    @pytest.fixture
    def erased(self, office: Office) -> Office:
        """
        Return an office that has erased Joan, who had left every kind of trace.
        """
        office.portal.logins.send_password_link(JOAN, by=ADA)
        office.portal.linking.link(
            LinkedProduct.CLASSIC, JOAN.winbooks_id, by=ADA, windows_user="OFFICE\\J"
        )
        request = Request(id=UUID(int=5), user_id=JOAN.id, digest=b"of her data")
        office.run(lambda unit: unit.requests.remember(request))
        changed = office.stored(JOAN)
        assert changed is not None
        renamed = office.portal.administration.rectify(changed, details(JOAN), by=ADA)
        office.portal.administration.erase(renamed, by=ADA)
        return office

    def test_the_user_is_not_there(self, erased: Office) -> None:
        """
        Neither by their key nor by their ID.
        """
        assert None is erased.stored(JOAN)
        assert None is erased.run(
            lambda unit: unit.users.find_by_winbooks_id(JOAN.winbooks_id)
        )

    def test_credential_links_and_mails_are_gone(self, erased: Office) -> None:
        """
        A mail that waits is not sent any more.
        """

        def left(address: str) -> list[OutboxMail]:
            return [mail for mail in erased.mails() if mail.recipient == address]

        assert [] == left("joan@example.org")
        assert (None, []) == erased.run(
            lambda unit: (
                unit.credentials.find(JOAN.id),
                list(unit.product_links.of_user(JOAN.id)),
            )
        )

    def test_a_request_makes_nobody_anew(self, erased: Office) -> None:
        """
        Its id stays taken, and its digest is empty.
        """
        again = Request(id=UUID(int=5), user_id=UUID(int=9), digest=b"other")

        assert Request(id=UUID(int=5), user_id=JOAN.id, digest=b"") == erased.run(
            lambda unit: unit.requests.remember(again)
        )

    def test_the_history_says_what_happened(self, erased: Office) -> None:
        """
        The steps, who took them and when; of the person the internal key only.
        """
        steps = [Step.CREATE, Step.LINK_PRODUCT, Step.RECTIFY, Step.ERASE]
        authors: list[Author] = [Outsider.DISTRIBUTOR, ADA.id, ADA.id, ADA.id]

        assert [
            Event(
                user_id=JOAN.id,
                version=number,
                licence="WB-1",
                step=step,
                by=by,
                at=NOW,
            )
            for number, (step, by) in enumerate(zip(steps, authors, strict=True), 1)
        ] == list(erased.history(JOAN))

    def test_erasing_again(self, erased: Office) -> None:
        """
        There is no one to erase.
        """
        with pytest.raises(UnknownUser):
            erased.portal.administration.erase(JOAN, by=ADA)

    def test_an_old_version(self, office: Office) -> None:
        """
        What someone saved is looked at before it is lost.
        """
        office.portal.administration.notify(JOAN, all_dossiers=False, by=ADA)

        with pytest.raises(OutOfDate):
            office.portal.administration.erase(JOAN, by=ADA)

    def test_not_by_anybody(self, office: Office) -> None:
        """
        The same rules hold as for every step.
        """
        with pytest.raises(NotAuthorised):
            office.portal.administration.erase(JOAN, by=JOAN)


class TestHistory:
    """
    Who, what and when, for those who may see the user.
    """

    def test_of_a_user(self, office: Office) -> None:
        """
        Creation first, and every change with its values.
        """
        office.portal.administration.deactivate(JOAN, by=ADA)

        last = office.portal.administration.history(JOAN.id, by=GRACE)[-1]

        assert (
            Event(
                user_id=JOAN.id,
                version=2,
                licence="WB-1",
                step=Step.DEACTIVATE,
                by=ADA.id,
                at=NOW,
                changes=(Change("status", "active", "inactive"),),
            )
            == last
        )

    @pytest.mark.parametrize("by", [STRANGER, JOAN])
    def test_of_somebody_hidden(self, office: Office, by: PortalUser) -> None:
        """
        Who may not see the user does not see their history.
        """
        with pytest.raises(UnknownUser):
            office.portal.administration.history(GRACE.id, by=by)

    def test_of_nobody(self, office: Office) -> None:
        """
        An internal key that was never used has no history.
        """
        with pytest.raises(UnknownUser):
            office.portal.administration.history(UUID(int=404), by=ADA)

    @pytest.mark.parametrize("by", [ADA, DISTRIBUTOR])
    def test_of_somebody_erased(self, office: Office, by: Actor) -> None:
        """
        An Administrator can show that it was done.
        """
        office.portal.administration.erase(JOAN, by=ADA)

        last = office.portal.administration.history(JOAN.id, by=by)[-1]

        assert Step.ERASE is last.step

    @pytest.mark.parametrize("by", [GRACE, STRANGER, Distributor("WB-2")])
    def test_of_somebody_erased_for_others(self, office: Office, by: Actor) -> None:
        """
        Whose user it was is not known any more, so no one else may.
        """
        office.portal.administration.erase(JOAN, by=ADA)

        with pytest.raises(UnknownUser):
            office.portal.administration.history(JOAN.id, by=by)
