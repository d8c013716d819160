"""
What does a class have to do to be a `LicenceManagementGateway`?
"""

from collections.abc import Mapping, Sequence
from typing import Final, Protocol

import pytest

from ...errors import LicenceManagementUnavailable
from ...language import Language
from ...licence import Licence, Product
from ...names import CompanyName, PersonName
from ...phone import PhoneNumber
from ...synchronisation import (
    Complete,
    DesiredUser,
    LicenceManagementGateway,
    Partial,
)
from ...winbooks_id import WinBooksId
from .suite import Contract


__all__ = ["GatewayContract", "MakeGateway"]

_LICENCE: Final = Licence(
    number="4711",
    product=Product.ON_WEB,
    holder=CompanyName("Kantoor Lovelace"),
    language=Language.DUTCH,
)

_ADA: Final = {
    "external_id": "E-1",
    "login": "Ada@example.org",
    "first_name": "Ada",
    "last_name": "Lovelace",
    "language": "fr",
    "phone": "+32 470 12 34 56",
    "is_active": "yes",
    "is_licence_admin": "yes",
}
_GRACE: Final = {
    "external_id": "E-2",
    "login": "grace@example.org",
    "first_name": "Zoë",
    "last_name": "D'Hondt née Müller",
    "language": "",
    "phone": "",
    "is_active": "no",
    "is_licence_admin": "",
}


class MakeGateway(Protocol):
    """
    Makes a gateway to a licence management that holds *records*.
    """

    def __call__(
        self, records: Sequence[Mapping[str, str]], *, whole: bool
    ) -> LicenceManagementGateway:
        """
        Return it; unless *whole*, its last record was lost on the way.
        """
        ...


class GatewayContract(Contract):
    """
    A gateway says everything, or says that it does not.

    Supply the fixtures `make_gateway` and `gateway_down`.
    """

    @pytest.fixture
    def make_gateway(self) -> MakeGateway:
        """
        Return what makes a gateway to given records.
        """
        raise NotImplementedError("supply the fixture make_gateway")

    @pytest.fixture
    def gateway_down(self) -> LicenceManagementGateway:
        """
        Return a gateway to a licence management that does not answer.
        """
        raise NotImplementedError("supply the fixture gateway_down")

    def test_everybody_comes(self, make_gateway: MakeGateway) -> None:
        """
        Every field is carried over, and what is empty is not given.
        """
        snapshot = make_gateway([_ADA, _GRACE], whole=True).snapshot(_LICENCE)

        assert (
            DesiredUser(
                external_id="E-1",
                login=WinBooksId("Ada@example.org"),
                first_name=PersonName("Ada"),
                last_name=PersonName("Lovelace"),
                language=Language.FRENCH,
                phone=PhoneNumber("+32470123456"),
                is_active=True,
                is_licence_admin=True,
            ),
            DesiredUser(
                external_id="E-2",
                login=WinBooksId("grace@example.org"),
                first_name=PersonName("Zoë"),
                last_name=PersonName("D'Hondt née Müller"),
                is_active=False,
            ),
        ) == tuple(snapshot.users)

    def test_a_whole_source_is_complete(self, make_gateway: MakeGateway) -> None:
        """
        It says how many there are, and they are.
        """
        snapshot = make_gateway([_ADA, _GRACE], whole=True).snapshot(_LICENCE)

        assert isinstance(snapshot, Complete)
        assert 2 == snapshot.count

    def test_an_empty_source_is_complete(self, make_gateway: MakeGateway) -> None:
        """
        An empty list is an answer too.
        """
        snapshot = make_gateway([], whole=True).snapshot(_LICENCE)

        assert Complete(users=(), count=0) == snapshot

    def test_a_source_that_lost_something_is_partial(
        self, make_gateway: MakeGateway
    ) -> None:
        """
        Users who are missing from it are not gone.  [Q17]
        """
        snapshot = make_gateway([_ADA, _GRACE], whole=False).snapshot(_LICENCE)

        assert isinstance(snapshot, Partial)

    def test_a_bad_record_is_told(self, make_gateway: MakeGateway) -> None:
        """
        The others come all the same, and it says whom it may mean.  [R69]
        """
        bad = {**_GRACE, "login": "grace"}

        snapshot = make_gateway([bad, _ADA], whole=True).snapshot(_LICENCE)

        assert ["E-1"] == [desired.external_id for desired in snapshot.users]
        assert [("E-2", "winbooks_id.no_at_sign", "login")] == [
            (bad.external_id, reason.code, reason.field)
            for bad in snapshot.bad
            for reason in bad.reasons
        ]
        assert [True] == [bad.place >= 1 for bad in snapshot.bad]
        assert isinstance(snapshot, Complete)

    def test_it_says_the_same_again(self, make_gateway: MakeGateway) -> None:
        """
        Reading changes nothing.
        """
        gateway = make_gateway([_ADA, _GRACE], whole=True)

        assert gateway.snapshot(_LICENCE) == gateway.snapshot(_LICENCE)

    def test_no_answer_is_no_snapshot(
        self, gateway_down: LicenceManagementGateway
    ) -> None:
        """
        An empty snapshot would be an answer.  [Q17]
        """
        with pytest.raises(LicenceManagementUnavailable):
            gateway_down.snapshot(_LICENCE)
