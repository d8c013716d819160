"""
What the history tells.
"""

from datetime import UTC, datetime
from uuid import UUID

import attrs
import pytest

from people import EMPLOYEE
from winbooks_identity.authorization import (
    Actor,
    Distributor,
    WinBooksAdministration,
)
from winbooks_identity.events import (
    Author,
    Change,
    Event,
    Outsider,
    author_of,
    operator_of,
)
from winbooks_identity.language import Language
from winbooks_identity.level import Level
from winbooks_identity.life_cycle import Step
from winbooks_identity.names import CompanyName, PersonName
from winbooks_identity.phone import PhoneNumber
from winbooks_identity.portal_user import (
    CredentialSource,
    IdChange,
    PortalUser,
    Status,
)
from winbooks_identity.role import Role
from winbooks_identity.winbooks_id import WinBooksId


NOW = datetime(2026, 5, 1, 9, 30, tzinfo=UTC)

GRACE = attrs.evolve(EMPLOYEE, id=UUID(int=9))
AN = Distributor("WB-1", operator="An Peeters")


def changes(before: PortalUser | None, after: PortalUser) -> tuple[Change, ...]:
    """
    Return what is told of the way from *before* to *after*.
    """
    event = Event.of(Step.RECTIFY, before, after, by=Distributor("WB-1"), at=NOW)
    return event.changes


class TestChanges:
    """
    An event tells what changed, field by field, before and after.
    """

    @pytest.mark.parametrize(
        "after,expected",
        [
            (
                attrs.evolve(EMPLOYEE, winbooks_id=WinBooksId("Ada@example.org")),
                Change("winbooks_id", "ada@example.org", "Ada@example.org"),
            ),
            (
                attrs.evolve(EMPLOYEE, level=Level.ADMINISTRATOR),
                Change("level", "Power User", "Administrator"),
            ),
            (
                attrs.evolve(EMPLOYEE, status=Status.INACTIVE),
                Change("status", "active", "inactive"),
            ),
            (
                attrs.evolve(EMPLOYEE, credential_source=CredentialSource.ON_WEB),
                Change("credential_source", "portal", "on_web"),
            ),
            (
                attrs.evolve(EMPLOYEE, first_name=PersonName("Augusta")),
                Change("first_name", "Ada", "Augusta"),
            ),
            (
                attrs.evolve(EMPLOYEE, last_name=PersonName("King")),
                Change("last_name", "Lovelace", "King"),
            ),
            (
                attrs.evolve(EMPLOYEE, company_name=CompanyName("3M")),
                Change("company_name", "Fiduciaire Peeters", "3M"),
            ),
            (
                attrs.evolve(EMPLOYEE, language=Language.FRENCH),
                Change("language", "nl", "fr"),
            ),
            (
                attrs.evolve(EMPLOYEE, phone=PhoneNumber("+3225123456")),
                Change("phone", None, "+3225123456"),
            ),
            (
                attrs.evolve(EMPLOYEE, dossiers=frozenset({"1002", "1001"})),
                Change("dossiers", "1001", "1001, 1002"),
            ),
            (
                attrs.evolve(
                    EMPLOYEE,
                    roles=frozenset({Role.VIEW_ADMIN, Role.CONNECT_ACCOUNTANT}),
                ),
                Change("roles", "View.Admin", "Connect.Accountant, View.Admin"),
            ),
            (
                attrs.evolve(EMPLOYEE, notify_all_dossiers=True),
                Change("notify_all_dossiers", "no", "yes"),
            ),
            (
                attrs.evolve(
                    EMPLOYEE,
                    id_change=IdChange(
                        winbooks_id=WinBooksId("a@b.be"), expires_at=NOW
                    ),
                ),
                Change("id_change", None, "a@b.be"),
            ),
        ],
    )
    def test_each_field(self, after: PortalUser, expected: Change) -> None:
        """
        A changed field is told, and no other.
        """
        assert (expected,) == changes(EMPLOYEE, after)

    def test_no_field_is_forgotten(self) -> None:
        """
        A new user tells all that they have; key, licence and version name them.
        """
        full = attrs.evolve(
            EMPLOYEE,
            phone=PhoneNumber("+3225123456"),
            external_id="E-1",
            id_change=IdChange(winbooks_id=WinBooksId("a@b.be"), expires_at=NOW),
        )
        fields = {field.name for field in attrs.fields(PortalUser)}

        assert fields - {"id", "licence", "version"} == {
            each.field for each in changes(None, full)
        }

    def test_what_a_new_user_lacks_is_not_told(self) -> None:
        """
        No phone before and none after is no change.
        """
        told = {each.field for each in changes(None, EMPLOYEE)}

        assert set() == told & {"phone", "id_change"}


class TestEvent:
    """
    Who, what and when.
    """

    def test_of(self) -> None:
        """
        It is named by the user and by the version that it made.
        """
        after = attrs.evolve(EMPLOYEE, status=Status.INACTIVE, version=8)

        assert Event(
            user_id=UUID(int=1),
            version=8,
            licence="WB-1",
            step=Step.DEACTIVATE,
            by=UUID(int=9),
            at=NOW,
            changes=(Change("status", "active", "inactive"),),
        ) == Event.of(Step.DEACTIVATE, EMPLOYEE, after, by=GRACE, at=NOW)

    def test_erased(self) -> None:
        """
        It comes behind all others, and tells nothing of the person.
        """
        assert Event(
            user_id=UUID(int=1),
            version=2,
            licence="WB-1",
            step=Step.ERASE,
            by=UUID(int=9),
            at=NOW,
            changes=(),
        ) == Event.erased(EMPLOYEE, by=GRACE, at=NOW)

    def test_anonymised(self) -> None:
        """
        The internal key is all that is left of the person.
        """
        event = Event.of(Step.CREATE, None, EMPLOYEE, by=GRACE, at=NOW)

        assert (
            Event(
                user_id=UUID(int=1),
                version=1,
                licence="WB-1",
                step=Step.CREATE,
                by=UUID(int=9),
                at=NOW,
            )
            == event.anonymised()
        )

    def test_repr_shows_no_values(self) -> None:
        """
        A log says which fields changed, not whose name became what.
        """
        event = Event.of(Step.CREATE, None, EMPLOYEE, by=GRACE, at=NOW)

        assert (False, True) == ("Lovelace" in repr(event), "last_name" in repr(event))


class TestAuthor:
    """
    The history names a user by their internal key.
    """

    @pytest.mark.parametrize(
        "actor,author",
        [
            (EMPLOYEE, UUID(int=1)),
            (Distributor("WB-1"), Outsider.DISTRIBUTOR),
            (WinBooksAdministration(), Outsider.WINBOOKS),
        ],
    )
    def test_author_of(self, actor: Actor, author: Author) -> None:
        """
        Who acts from outside has no key.
        """
        assert author == author_of(actor)

    @pytest.mark.parametrize(
        "actor,operator",
        [
            (EMPLOYEE, None),
            (Distributor("WB-1"), None),
            (AN, "An Peeters"),
            (WinBooksAdministration(), None),
        ],
    )
    def test_operator_of(self, actor: Actor, operator: str | None) -> None:
        """
        The distributor is a firm; a person sits at the keyboard.  [S4]
        """
        assert operator == operator_of(actor)

    def test_the_operator_stands_in_the_history(self) -> None:
        """
        In every event of theirs, and it stays when the user is erased.  [S4]
        """
        created = Event.of(Step.CREATE, None, EMPLOYEE, by=AN, at=NOW)
        erased = Event.erased(EMPLOYEE, by=AN, at=NOW)

        assert {(Outsider.DISTRIBUTOR, "An Peeters")} == {
            (event.by, event.operator)
            for event in (created, created.anonymised(), erased)
        }
