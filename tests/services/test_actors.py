"""
Only the known kinds of actors are listened to, at every door.
"""

import inspect
from collections.abc import Callable, Mapping
from types import SimpleNamespace
from typing import Any, Final, NoReturn, cast
from uuid import UUID

import attrs
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from people import ADA, DOSSIERS, LICENCE, NOW
from winbooks_identity import authorization
from winbooks_identity.adapters.aesgcm import AesGcmSealer
from winbooks_identity.adapters.argon2 import CHEAPEST, Argon2Hasher
from winbooks_identity.adapters.letters import StandardLetters, StandardLinkLetters
from winbooks_identity.authorization import Distributor, WinBooksAdministration
from winbooks_identity.events import author_of
from winbooks_identity.forms.new_user import GeneratedPassword
from winbooks_identity.level import Level
from winbooks_identity.life_cycle import Details
from winbooks_identity.mail.one_time_link import OneTimeLinks
from winbooks_identity.passwords import PasswordPolicy
from winbooks_identity.portal import Portal
from winbooks_identity.portal_user import PortalUser
from winbooks_identity.product_links import LinkedProduct, ProductLink
from winbooks_identity.services.password_impact import impact
from winbooks_identity.synchronisation.moving import Move
from winbooks_identity.synchronisation.plan import Plan


class Untouched:
    """
    A storage and a gateway that fail when anything is read.
    """

    def run(self, *_: object) -> NoReturn:
        """
        Fail.
        """
        raise AssertionError("something was read")

    read = run
    snapshot = run


PORTAL: Final = Portal(
    Untouched(),
    hasher=Argon2Hasher(CHEAPEST),
    letters=StandardLetters("portal@firm.example", "https://firm.example/"),
    sealer=AesGcmSealer({"1": b"s" * 32}),
    links=OneTimeLinks([b"l" * 32]),
    queue=cast("Any", Untouched()),
    link_letters=StandardLinkLetters(
        "portal@firm.example",
        "https://firm.example/",
        set_password_url="https://firm.example/password",
        confirm_id_url="https://firm.example/confirm",
    ),
)
LINK: Final = ProductLink(
    product=LinkedProduct.VIEW,
    licence="WB-1",
    windows_user=None,
    user_id=ADA.id,
    winbooks_id=ADA.winbooks_id,
    linked_at=NOW,
)
PLAN: Final[Any] = object.__new__(Plan)
MOVE: Final = Move(
    licence=LICENCE,
    before=LICENCE,
    moving=(),
    without_login=(),
    on_the_portal=0,
    on_web=0,
)
NEW: Final[Any] = None

Arguments = tuple[tuple[Any, ...], dict[str, Any]]

#: What is given to each method besides *by*.
ARGUMENTS: Final[Mapping[Callable[..., object], Arguments]] = {
    PORTAL.provisioning.register_licence: ((LICENCE,), {}),
    PORTAL.provisioning.create: ((NEW,), {}),
    PORTAL.provisioning.find: ((ADA.winbooks_id,), {}),
    PORTAL.provisioning.users: ((), {}),
    PORTAL.provisioning.licence: ((), {}),
    PORTAL.provisioning.dossiers: ((), {}),
    PORTAL.administration.activate: ((ADA,), {}),
    PORTAL.administration.deactivate: ((ADA,), {}),
    PORTAL.administration.change_level: ((ADA, Level.USER), {}),
    PORTAL.administration.grant_dossiers: ((ADA, {"1001"}), {}),
    PORTAL.administration.revoke_dossiers: ((ADA, {"1001"}), {}),
    PORTAL.administration.grant_roles: ((ADA, set()), {}),
    PORTAL.administration.revoke_roles: ((ADA, set()), {}),
    PORTAL.administration.notify: ((ADA,), {"all_dossiers": True}),
    PORTAL.administration.rectify: ((ADA, Details.of(ADA)), {}),
    PORTAL.administration.erase: ((ADA,), {}),
    PORTAL.administration.steps: ((ADA,), {}),
    PORTAL.administration.export: ((ADA,), {}),
    PORTAL.administration.failed_attempts: ((ADA,), {}),
    PORTAL.administration.mails: ((ADA,), {}),
    PORTAL.administration.initial_password: ((ADA,), {}),
    PORTAL.administration.history: ((ADA.id,), {}),
    PORTAL.administration.must_change: (([ADA],), {}),
    PORTAL.administration.never_signed_in: (([ADA],), {}),
    PORTAL.licences.rename: (("WB-1", LICENCE.holder), {}),
    PORTAL.licences.rename_dossier: (("WB-1", DOSSIERS[0]), {}),
    PORTAL.licences.add_dossier: (("WB-1", DOSSIERS[0]), {}),
    PORTAL.licences.close_dossier: (("WB-1", "1001"), {}),
    PORTAL.licences.revise: ((LICENCE,), {}),
    PORTAL.logins.reset_password: ((ADA, GeneratedPassword()), {}),
    PORTAL.logins.send_password_link: ((ADA,), {}),
    PORTAL.logins.change_id: ((ADA, ADA.winbooks_id), {}),
    PORTAL.logins.replace_id: ((ADA, ADA.winbooks_id), {}),
    PORTAL.logins.withdraw_id: ((ADA,), {}),
    PORTAL.lock_outs.lift: ((ADA,), {}),
    PORTAL.lock_outs.current: ((ADA,), {}),
    PORTAL.managed_mails.entries: ((set(),), {}),
    PORTAL.managed_mails.may_put_back: (([],), {}),
    PORTAL.managed_mails.put_back: (([],), {}),
    PORTAL.managed_mails.may_discard: (([],), {}),
    PORTAL.managed_mails.discard: (([],), {}),
    PORTAL.linking.link: ((LinkedProduct.VIEW, ADA.winbooks_id), {}),
    PORTAL.linking.unlink: ((LINK,), {}),
    PORTAL.linking.links: ((ADA,), {}),
    PORTAL.linking.windows_user: (("OFFICE\\Counter",), {}),
    PORTAL.moves.plan: (("WB-1", Untouched()), {}),
    PORTAL.moves.apply: ((MOVE,), {}),
    PORTAL.offices.plan: ((NEW,), {}),
    PORTAL.offices.apply: ((NEW,), {}),
    PORTAL.synchronisation.plan: ((Untouched(),), {}),
    PORTAL.synchronisation.apply: ((PLAN,), {}),
    PORTAL.reports.find: ((ADA.winbooks_id,), {}),
    PORTAL.reports.users: ((), {}),
    PORTAL.reports.export: ((ADA,), {}),
    PORTAL.reports.failed_attempts: ((ADA,), {}),
    PORTAL.reports.mails: ((ADA,), {}),
    PORTAL.reports.links: ((ADA,), {}),
    PORTAL.reports.history: ((ADA.id,), {}),
    PORTAL.reports.must_change: (([ADA],), {}),
    PORTAL.reports.never_signed_in: (([ADA],), {}),
    PORTAL.reports.impact: ((PasswordPolicy(),), {"known": ()}),
    impact: ((PORTAL.storage, PasswordPolicy()), {"known": ()}),
}

#: The functions that look at an actor themselves.
LOOKS: Final[tuple[Callable[[Any], object], ...]] = (
    author_of,
    authorization.check_counting,
    authorization.check_own_word,
    authorization.check_registration,
    authorization.check_synchronisation,
    authorization.licence_of,
    lambda by: authorization.check(by, before=None, after=None),
    lambda by: authorization.check_password_reset(by, ADA),
    lambda by: authorization.opens(by, "1001"),
    lambda by: authorization.reads_personal_data(by, ADA),
    lambda by: authorization.sees(by, ADA),
    lambda by: authorization.sees_erased(by, "WB-1"),
)

SERVICES: Final[tuple[object, ...]] = (
    PORTAL.provisioning,
    PORTAL.administration,
    PORTAL.logins,
    PORTAL.own_login,
    PORTAL.sign_in,
    PORTAL.licences,
    PORTAL.linking,
    PORTAL.lock_outs,
    PORTAL.managed_mails,
    PORTAL.sessions,
    PORTAL.reports,
    PORTAL.moves,
    PORTAL.offices,
    PORTAL.synchronisation,
)


def doors() -> list[Callable[..., object]]:
    """
    Return every public method of a service that is asked in someone's name.
    """
    found: list[Callable[..., object]] = []
    for service in SERVICES:
        for name, method in inspect.getmembers(service, inspect.ismethod):
            named = "by" in inspect.signature(method).parameters
            if named and not name.startswith("_"):
                found.append(method)
    return found


def look_alike(kind: type) -> object:
    """
    Return an instance of a subclass of *kind*, which may decide otherwise.
    """
    subclass = attrs.frozen(type(f"My{kind.__name__}", (kind,), {}))
    given: dict[str, Any] = {
        PortalUser: attrs.asdict(ADA, recurse=False),
        Distributor: {"licence": "WB-1"},
    }.get(kind, {})
    return subclass(**given)


SUBCLASSES: Final = (
    look_alike(PortalUser),
    look_alike(Distributor),
    look_alike(WinBooksAdministration),
)

#: What no product should pass, and might.
STRANGERS: Final = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.text(),
    st.uuids(),
    st.sampled_from((Distributor, PortalUser, *SUBCLASSES)),
    st.builds(
        SimpleNamespace,
        licence=st.just("WB-1"),
        id=st.sampled_from((ADA.id, UUID(int=0))),
        level=st.sampled_from(Level),
        is_active=st.booleans(),
        is_staff=st.booleans(),
    ),
)


class TestActors:
    """
    Anything but the known kinds is a mistake in the product, and said aloud.
    """

    def test_every_door_is_tried(self) -> None:
        """
        A method that is new has to be added here.
        """
        assert set(doors()) | {impact} == set(ARGUMENTS)

    @pytest.mark.parametrize("door", ARGUMENTS, ids=lambda door: door.__name__)
    @given(by=STRANGERS)
    @example(by=SimpleNamespace(licence="WB-1"))
    @example(by=SUBCLASSES[0])
    @example(by=SUBCLASSES[1])
    @example(by=SUBCLASSES[2])
    def test_a_stranger_at_a_door(
        self, door: Callable[..., object], by: object
    ) -> None:
        """
        Nothing is read, and the error says what an actor is.  [S1]
        """
        args, kwargs = ARGUMENTS[door]

        with pytest.raises(TypeError, match="an actor is one of"):
            door(*args, by=by, **kwargs)

    @pytest.mark.parametrize("look", LOOKS)
    @given(by=STRANGERS)
    def test_a_stranger_at_a_rule(
        self, look: Callable[[Any], object], by: object
    ) -> None:
        """
        Every function that looks at an actor asks for itself.  [S1]
        """
        with pytest.raises(TypeError, match="an actor is one of"):
            look(by)

    @pytest.mark.parametrize("licence", [None, 1, b"WB-1", SimpleNamespace()])
    def test_a_distributor_somewhere_else(self, licence: object) -> None:
        """
        A licence is named by text.
        """
        with pytest.raises(TypeError, match="licence"):
            Distributor(licence)  # type: ignore[arg-type]  # That is the test.
