"""
What happens when such a page is sent, whatever framework received it?

Each step takes the form as the framework has it (a mapping, or one with several
values under a name, or `Fields`) and the portal, and answers with values.  [S70]

The form is let go of first: a collector of local variables shows passwords in it.
"""

from collections.abc import Callable, Mapping
from typing import ClassVar, Final, TypeAlias, final
from urllib.parse import urlsplit

import attrs

from .. import authorization
from ..authorization import Actor
from ..errors import Invalid
from ..fields import Fields
from ..language import Language
from ..life_cycle import Details
from ..names import CompanyName, PersonName
from ..passwords import Password
from ..passwords.rollout import PasswordNotice
from ..phone import PhoneNumber
from ..portal import Portal
from ..portal_user import PortalUser
from ..problems import NotPossible, Problem
from ..refusals import NotAuthorised, OutOfDate, SessionEnded, UnknownUser
from ..secret import Secret
from ..winbooks_id import WinBooksId


__all__ = [
    "Entered",
    "Form",
    "FromAnotherSite",
    "change_password",
    "confirm_id",
    "edit_user",
    "ensure_own_site",
    "find_user",
    "forgotten_password",
    "own_place",
    "parse_version",
    "resume",
    "set_password",
    "sign_in",
]


#: As the framework has it, or read by the adapter.
Form: TypeAlias = Mapping[str, object] | Fields


@attrs.frozen
class FromAnotherSite(Problem):
    """
    A form that another website sent, in the name of who is signed in, does nothing.
    """

    code: ClassVar[str] = "request.from_another_site"


@final
@attrs.frozen(kw_only=True)
class Entered:
    """
    Who is in from now on, and what their session is recognised by.

    `broken_rules` are those that their password breaks by now, and `notice` is what
    they are told of it.  [S44]
    """

    user: PortalUser
    stamp: str
    broken_rules: tuple[Problem, ...] = ()
    notice: PasswordNotice | None = None


def sign_in(portal: Portal, form: Form, *, source: str | None) -> Entered:
    """
    Let in who is right.  [S70]

    Raises:
        InvalidFields: a field is empty, or is no WinBooks ID.
        IdentityError: what `SignInService.verify` raises.
    """
    fields = Fields.of(form)
    del form
    winbooks_id = fields.read("winbooks_id", WinBooksId.parse)
    password = fields.read_secret("password", Password)
    fields.raise_if_any()
    signed_in = portal.sign_in.verify(winbooks_id.value, password.value, source=source)
    return Entered(
        user=signed_in.user,
        stamp=portal.sessions.begin(signed_in.user),
        broken_rules=signed_in.broken_rules,
        notice=signed_in.notice,
    )


def change_password(portal: Portal, form: Form, *, source: str | None) -> Entered:
    """
    Change a password, also an initial one; other sessions end, and this one begins.

    Raises:
        InvalidFields: a field is wrong, or the new password breaks a rule.
        IdentityError: what `OwnLoginService.change_password` raises.
    """
    fields = Fields.of(form)
    del form
    winbooks_id = fields.read("winbooks_id", WinBooksId.parse)
    current = fields.read_secret("current_password", Password)
    new = fields.read_secret("password", Password)
    fields.raise_if_any()
    user = portal.own_login.change_password(
        winbooks_id.value, current.value, new.value, source=source
    )
    return Entered(user=user, stamp=portal.sessions.begin(user))


def forgotten_password(portal: Portal, form: Form, *, source: str | None) -> None:
    """
    Let a link be mailed; the answer is the same for everyone.

    Raises:
        InvalidFields: that is no WinBooks ID.
        TooManyAttempts: too many links were asked for.
        Unavailable: the storage failed.
    """
    fields = Fields.of(form)
    del form
    winbooks_id = fields.read("winbooks_id", WinBooksId.parse)
    fields.raise_if_any()
    portal.own_login.send_password_link(winbooks_id.value, source=source)


def set_password(portal: Portal, form: Form, *, source: str | None) -> None:
    """
    Let the reader of a link choose a password; their sessions end.

    Raises:
        InvalidFields: a field is wrong, or the password breaks a rule.
        IdentityError: what `OwnLoginService.set_password` raises.
    """
    fields = Fields.of(form)
    del form
    token = fields.read_secret("token", Secret)
    new = fields.read_secret("password", Password)
    fields.raise_if_any()
    portal.own_login.set_password(token.value.reveal(), new.value, source=source)


def confirm_id(portal: Portal, form: Form, *, source: str | None) -> None:
    """
    Give the reader of a link the WinBooks ID that waits; their sessions end.

    Raises:
        InvalidFields: there is no token.
        IdentityError: what `OwnLoginService.confirm_id` raises.
    """
    fields = Fields.of(form)
    del form
    token = fields.read_secret("token", Secret)
    fields.raise_if_any()
    portal.own_login.confirm_id(token.value.reveal(), source=source)


def find_user(portal: Portal, winbooks_id: str, *, by: Actor) -> PortalUser:
    """
    Return the user whose details *by* may edit.  [S2]

    Raises:
        UnknownUser: there is no such user, or not for *by*.
        StorageBusy: the storage failed.
    """
    try:
        found = portal.provisioning.find(WinBooksId.parse(winbooks_id), by=by)
    except Invalid:
        raise UnknownUser from None
    if authorization.check(by, before=found, after=found):
        raise UnknownUser
    return found


def edit_user(
    portal: Portal,
    winbooks_id: str,
    form: Form,
    *,
    by: Actor,
    phone: Callable[[str], PhoneNumber] = PhoneNumber.parse,
) -> PortalUser:
    """
    Put the details in *form* in the place of those of a user; their rights stay.

    Args:
        portal: where they are.
        winbooks_id: whose details they are.
        form: all of them, and the version that was shown.
        by: who asks.
        phone: reads a phone number; international notation by default.

    Raises:
        UnknownUser: there is no such user, or not for *by*.
        InvalidFields: with every problem of every field.
        OutOfDate: they were saved since they were shown.
        IdentityError: what `AdministrationService.rectify` raises.
    """
    user = find_user(portal, winbooks_id, by=by)
    fields = Fields.of(form)
    del form
    first_name = fields.read("first_name", PersonName.parse)
    last_name = fields.read("last_name", PersonName.parse)
    company_name = fields.read("company_name", CompanyName.parse)
    number = fields.read("phone", phone, None)
    language = fields.read("language", Language.parse)
    version = fields.read_number("version", parse_version)
    fields.raise_if_any()
    if version.value != user.version:
        raise OutOfDate(version.value)
    details = Details(
        first_name=first_name.value,
        last_name=last_name.value,
        company_name=company_name.value,
        phone=number.value,
        language=language.value,
    )
    return portal.administration.rectify(user, details, by=by)


def resume(portal: Portal, stamp: object) -> PortalUser:
    """
    Return whose session has *stamp*, as they are now.  [S70]

    Raises:
        SessionEnded: there is no session, or it ended.
        StorageBusy: the storage failed.
    """
    user = portal.sessions.resume(stamp) if isinstance(stamp, str) else None
    if user is None:
        raise SessionEnded
    return user


def own_place(wanted: object) -> str | None:
    """
    Return the path *wanted* if it is one of this site, to go on there.

    A browser reads a backslash as a slash, and leaves tabs and line ends out.
    """
    if not isinstance(wanted, str) or not wanted.startswith("/"):
        return None
    is_plain = wanted.isprintable() and " " not in wanted and "\\" not in wanted
    return wanted if is_plain and not wanted.startswith("//") else None


#: Digits.
_LONGEST_VERSION: Final = 9

#: Where browsers say that a request comes from the site itself, or from no site.
_OWN_SITES: Final = {"same-origin", "none"}

#: The schemes of websites.
_WEB: Final = {"http", "https"}


def ensure_own_site(headers: Mapping[str, str], host: str) -> None:
    """
    Refuse what another website sends, in the name of who is signed in.

    Browsers say so in ``Sec-Fetch-Site``, older ones in ``Origin``; a program that
    sends neither carries nobody's cookies.

    Args:
        headers: those of the request, found in any case.
        host: the name and port that the request was sent to.

    Raises:
        NotAuthorised: another site sent it.
    """
    site, origin = headers.get("sec-fetch-site"), headers.get("origin")
    if site is not None:
        is_own = site in _OWN_SITES
    else:
        is_own = origin is None or _host_of(origin) == host
    if not is_own:
        raise NotAuthorised((FromAnotherSite(),))


def _host_of(origin: str) -> str | None:
    """
    Return the name and port of a website; `None` if *origin* is none.
    """
    try:
        parts = urlsplit(origin)
    except ValueError:
        return None
    return parts.netloc if parts.scheme in _WEB else None


def parse_version(text: str) -> int:
    """
    Parse the version that the page with a user's details sends.

    Raises:
        Invalid: it is none.
    """
    if not (text.isascii() and text.isdecimal() and len(text) <= _LONGEST_VERSION):
        raise Invalid((NotPossible(),))
    return int(text)
