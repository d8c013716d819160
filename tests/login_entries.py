"""
A portal behind each framework, so that one test asks them all.
"""

from collections.abc import Callable, Mapping, Sequence
from copy import copy
from typing import Any, Final, Self

import attrs
from werkzeug.datastructures import MultiDict

from login_portal import (
    ADDRESS,
    CHOSEN,
    DISTRIBUTOR,
    mailed_token,
    new_portal,
    settled_user,
)
from winbooks_identity import Portal, WinBooksId
from winbooks_identity.adapters import login_steps
from winbooks_identity.adapters.login_pages import (
    CONFIRM_ID,
    EDIT_USER,
    SET_PASSWORD,
    SIGN_IN,
    LoginPage,
)
from winbooks_identity.adapters.memory import InMemoryStorage
from winbooks_identity.errors import InvalidFields, Refused
from winbooks_identity.forms.description import problems_by_field


#: What is wrong, by field, each as its sentence; nothing, where the step was taken.
Answer = Mapping[str, Sequence[str]]
Pairs = Sequence[tuple[str, str]]

NEW: Final = "velours Anker 28 gieter!"
ELSEWHERE: Final = "grace@example.org"

#: What is filled in to be taken.
GOOD: Final[dict[str, dict[str, str]]] = {
    "sign_in": {"winbooks_id": ADDRESS, "password": CHOSEN},
    "change_password": {
        "winbooks_id": ADDRESS,
        "current_password": CHOSEN,
        "password": NEW,
    },
    "forgotten_password": {"winbooks_id": ADDRESS},
    "set_password": {"token": "", "password": NEW},
    "confirm_id": {"token": ""},
    "edit_user": {
        "first_name": "Ada",
        "last_name": "King",
        "company_name": "Kantoor King",
        "phone": "+32 470 12 34 56",
        "language": "fr",
        "version": "2",
    },
}


def sentences(error: InvalidFields | Refused) -> Answer:
    """
    Return what *error* says.
    """
    return {
        field: [problem.message() for problem in problems]
        for field, problems in problems_by_field(error).items()
    }


class Core:
    """
    The steps themselves, on a portal in memory.
    """

    def __init__(self, *, limited: bool = False) -> None:
        portal = new_portal()
        if not limited:
            portal = attrs.evolve(portal, attempts=None)
        self.user = settled_user(portal)
        self.portal: Portal = portal

    def token(self, page: LoginPage) -> str:
        """
        Return what the link of *page* has, asked for just now.
        """
        return token_for(self.portal, page)

    def answer(self, page: LoginPage, form: Any) -> Answer:  # noqa: ANN401  Pairs, or what JSON says.
        """
        Return what is said of *form*.
        """
        given = form if isinstance(form, Mapping) else MultiDict(form)
        step: Callable[..., object] = getattr(login_steps, page.name)
        try:
            if page is EDIT_USER:
                step(self.portal, ADDRESS, given, by=self.user)
            else:
                step(self.portal, given, source=None)
        except (InvalidFields, Refused) as error:
            return sentences(error)
        return {}

    def kept(self) -> object:
        """
        Return everything that is stored, but failed attempts.
        """
        assert isinstance(self.portal.storage, InMemoryStorage)
        return self.portal.storage.change(
            lambda state: {
                field.name: str(sorted(map(repr, getattr(state, field.name).items())))
                for field in attrs.fields(type(state))
                if field.name != "failed_attempts"
                and isinstance(getattr(state, field.name), dict)
            }
        )


def token_for(portal: Portal, page: LoginPage) -> str:
    """
    Return what the link of *page* has, asked for just now.
    """
    if page is SET_PASSWORD:
        portal.own_login.send_password_link(WinBooksId(ADDRESS))
        portal.link_requests.answer()
    elif page is CONFIRM_ID:
        user = portal.provisioning.find(WinBooksId(ADDRESS), by=DISTRIBUTOR)
        portal.logins.change_id(user, WinBooksId(ELSEWHERE), by=DISTRIBUTOR)
    else:
        return ""
    return mailed_token(portal)


@attrs.frozen(kw_only=True)
class Seen:
    """
    An answer: what it says is wrong, and what a person or a program sees.
    """

    status: int
    said: Answer
    text: str
    headers: Mapping[str, str]

    @property
    def is_taken(self) -> bool:
        """
        Tell whether it was done.
        """
        return self.status < 400


class Entry(Core):
    """
    An application with the pages of a framework, and a browser.
    """

    browser: Any

    def new_browser(self) -> Any:  # noqa: ANN401  That of the framework.
        """
        Return a browser that knows no one.
        """
        raise NotImplementedError

    def send(self, page: LoginPage, form: Any, *, whom: str = ADDRESS) -> Seen:  # noqa: ANN401  Pairs, or what JSON says.
        """
        Return the answer to *form*; *whom* are the details about.
        """
        raise NotImplementedError

    def read(self, whom: str) -> int:
        """
        Return the status of the page with the details of *whom*.
        """
        status: int = self.browser.get(self.address(EDIT_USER, whom)).status_code
        return status

    def who(self) -> str:
        """
        Return who the application says is signed in; "" is no one.
        """
        raise NotImplementedError

    def address(self, page: LoginPage, whom: str) -> str:
        """
        Return where *page* is.
        """
        is_edit = page is EDIT_USER
        return f"/users/{whom}" if is_edit else f"/{page.name.replace('_', '-')}"

    def answer(self, page: LoginPage, form: Any) -> Answer:  # noqa: ANN401  Pairs, or what JSON says.
        """
        Return what is wrong with *form*.
        """
        return self.send(page, form).said

    def sign_in(self, password: str = CHOSEN, winbooks_id: str = ADDRESS) -> Seen:
        """
        Sign in by the page.
        """
        return self.fill_in(SIGN_IN, winbooks_id=winbooks_id, password=password)

    def fill_in(self, page: LoginPage, whom: str = ADDRESS, **form: str) -> Seen:
        """
        Fill a page in and send it.
        """
        return self.send(page, [*form.items()], whom=whom)

    def elsewhere(self) -> Self:
        """
        Return another browser of the same application.
        """
        other = copy(self)
        other.browser = self.new_browser()
        return other
