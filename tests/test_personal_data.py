"""
What the Portal knows of a person, when they ask.
"""

import json
from datetime import timedelta
from uuid import UUID

import attrs
import pytest

from office import Office
from people import ADA, GRACE, JOAN, NOW
from winbooks_identity.attempts import Door, FailedAttempt
from winbooks_identity.events import Change, Event, Outsider
from winbooks_identity.life_cycle import Step
from winbooks_identity.passwords import Password
from winbooks_identity.personal_data import personal_data
from winbooks_identity.phone import PhoneNumber
from winbooks_identity.portal_user import IdChange, PortalUser
from winbooks_identity.product_links import LinkedProduct, ProductLink
from winbooks_identity.refusals import SignInRefused, UnknownUser
from winbooks_identity.winbooks_id import WinBooksId


FULL = attrs.evolve(
    JOAN,
    phone=PhoneNumber("+3225123456"),
    external_id="E-7",
    id_change=IdChange(
        winbooks_id=WinBooksId("countess@example.org"),
        expires_at=NOW + timedelta(days=1),
    ),
)


class TestPersonalData:
    """
    All that is kept of a person, as a machine can read it.
    """

    def test_a_document(self) -> None:
        """
        Every value is plain, and none is a secret.
        """
        event = Event(
            user_id=JOAN.id,
            version=1,
            licence="WB-1",
            step=Step.CREATE,
            by=Outsider.DISTRIBUTOR,
            operator="An Peeters",
            at=NOW,
            changes=(Change("phone", None, "+3225123456"),),
        )
        by_somebody = attrs.evolve(event, by=UUID(int=9), operator=None, changes=())
        link = ProductLink(
            product=LinkedProduct.VIEW,
            licence="WB-1",
            user_id=JOAN.id,
            winbooks_id=JOAN.winbooks_id,
            linked_at=NOW,
        )

        failed = FailedAttempt(
            id=UUID(int=7),
            user_id=JOAN.id,
            door=Door.PASSWORD,
            source="192.0.2.7",
            at=NOW,
        )

        document = personal_data(
            FULL,
            events=[event, by_somebody],
            links=[link],
            failed_attempts=[failed],
        )

        assert {
            "format": 1,
            "id": "6a6f616e-2e2e-2e2e-2e2e-2e2e2e2e2e2e",
            "external_id": "E-7",
            "deactivated_by_feed": False,
            "address_proven": False,
            "winbooks_id": "joan@example.org",
            "new_winbooks_id": "countess@example.org",
            "licence": "WB-1",
            "level": "User",
            "status": "active",
            "credential_source": "portal",
            "first_name": "Joan",
            "last_name": "Lovelace",
            "company_name": "Fiduciaire Peeters",
            "phone": "+3225123456",
            "language": "en",
            "dossiers": ["1001"],
            "roles": ["View.User"],
            "notify_all_dossiers": True,
            "history": [
                {
                    "at": "2026-05-01T09:30:00+00:00",
                    "step": "create",
                    "by": "distributor",
                    "operator": "An Peeters",
                    "changes": [
                        {"field": "phone", "before": None, "after": "+3225123456"}
                    ],
                },
                {
                    "at": "2026-05-01T09:30:00+00:00",
                    "step": "create",
                    "by": "00000000-0000-0000-0000-000000000009",
                    "operator": None,
                    "changes": [],
                },
            ],
            "product_links": [
                {
                    "product": "View",
                    "windows_user": None,
                    "winbooks_id": "joan@example.org",
                    "linked_at": "2026-05-01T09:30:00+00:00",
                }
            ],
            "failed_attempts": [
                {
                    "door": "password",
                    "source": "192.0.2.7",
                    "at": "2026-05-01T09:30:00+00:00",
                }
            ],
        } == json.loads(json.dumps(document))

    def test_no_field_of_a_user_is_forgotten(self) -> None:
        """
        A field that is added to the user is added here too.
        """
        document = personal_data(FULL, events=[], links=[], failed_attempts=[])
        fields = {field.name for field in attrs.fields(PortalUser)}

        assert {"id_change", "version"} == fields - document.keys()


class TestExport:
    """
    A person gets their data, and so does who may see them.
    """

    @pytest.mark.parametrize("by", [JOAN, GRACE, ADA])
    def test_who_may(self, by: PortalUser) -> None:
        """
        With their history and their links.
        """
        office = Office()
        office.add(ADA, GRACE, JOAN)
        office.portal.linking.link(LinkedProduct.VIEW, JOAN.winbooks_id, by=JOAN)
        with pytest.raises(SignInRefused):
            office.portal.sign_in.verify(JOAN.winbooks_id, Password("wrong"))

        document = office.portal.administration.export(JOAN, by=by)

        assert document == personal_data(
            office.stored(JOAN) or JOAN,
            events=office.history(JOAN),
            links=office.run(lambda unit: unit.product_links.of_user(JOAN.id)),
            failed_attempts=office.run(
                lambda unit: unit.failed_attempts.of_user(JOAN.id)
            ),
        )

    def test_who_may_not(self) -> None:
        """
        An end customer learns nothing of the staff.
        """
        office = Office()
        office.add(GRACE, JOAN)

        with pytest.raises(UnknownUser):
            office.portal.administration.export(GRACE, by=JOAN)
