"""
How are logins looked after from a shell: passwords, links and changes of ID?

What is mailed waits in the database, and goes out with `deliver`.
"""

from typing import Annotated

from cyclopts import Parameter

from ...adapters.opening import Parts
from ...authorization import Actor
from ...errors import InvalidFields
from ...fields import Fields, read_secret
from ...forms.new_user import GeneratedPassword
from ...passwords import Password
from ...portal import Portal
from ...portal_user import PortalUser
from ...winbooks_id import WinBooksId
from ..answer import Answer, withheld
from ..mailing import letters_with
from ..options import (
    Hasher,
    OnScreen,
    PasswordRules,
    PortalUrl,
    Sender,
    ShowPasswords,
)
from ..password import ask_new_password, read_password
from ..policy_file import judge_of
from ..screen import Screen
from ..usage import WrongUsage
from .carrying_out import Taken
from .letters import LinkMail, link_letters
from .options import Run, Users, Whom
from .report import show_password
from .running import for_all
from .whom import STANDARD_INPUT, Target, targets


__all__ = ["change_id", "reset_password", "send_link", "withdraw_id"]


def reset_password(
    whom: Whom = None,
    /,
    *,
    generate_password: Annotated[
        bool, Parameter(help="cli.option.generate_password")
    ] = False,
    send_credentials: Annotated[
        bool, Parameter(help="cli.option.send_credentials")
    ] = False,
    sender: Sender = None,
    portal_url: PortalUrl = None,
    rules: PasswordRules | None = None,
    show_passwords: ShowPasswords = False,
    users: Users,
    run: Run | None = None,
    screen: OnScreen,
    hasher: Hasher = None,
) -> Answer:
    """
    Give users another password, which they change at their first sign-in.
    """
    found = targets(whom, users.source)
    letters = None
    if send_credentials:
        letters = letters_with(sender, portal_url, screen.translator)
    judge = judge_of(rules, screen)
    password = _password(found, users, screen, is_generated=generate_password)
    is_generated = isinstance(password, GeneratedPassword)
    is_seen = show_passwords or screen.is_watched or send_credentials
    if is_generated and not (is_seen or (run or Run()).dry_run):
        return withheld(screen)

    def take(portal: Portal, user: PortalUser, *, by: Actor, target: Target) -> Taken:
        del target
        reset = portal.logins.reset_password(
            user, password, by=by, mailed=send_credentials
        )
        return Taken(
            user=reset.user,
            notices=reset.notices,
            password=reset.password if is_generated else None,
            mailed=reset.mailed,
        )

    return for_all(
        found,
        take,
        users=users,
        run=run,
        screen=screen,
        tell=lambda row: show_password(row, screen),
        hasher=hasher,
        letters=letters,
        policy=judge.policy,
        breached=judge.breached,
    )


def send_link(
    whom: Whom = None,
    /,
    *,
    link_mail: LinkMail | None = None,
    users: Users,
    run: Run | None = None,
    screen: OnScreen,
) -> Answer:
    """
    Mail users a link by which they choose a password themselves.
    """

    def take(portal: Portal, user: PortalUser, *, by: Actor, target: Target) -> Taken:
        del target
        portal.logins.send_password_link(user, by=by)
        return Taken(user=user, mailed=True, is_new=True)

    return for_all(
        targets(whom, users.source),
        take,
        users=users,
        run=run,
        screen=screen,
        link_letters=link_letters(link_mail, screen.translator),
    )


def change_id(
    whom: Annotated[str | None, Parameter(help="cli.option.whom")] = None,
    new: Annotated[str | None, Parameter(help="cli.option.new_id")] = None,
    /,
    *,
    confirmed: Annotated[
        bool, Parameter(negative="", help="cli.option.confirmed")
    ] = False,
    link_mail: LinkMail | None = None,
    users: Users,
    run: Run | None = None,
    screen: OnScreen,
) -> Answer:
    """
    Let users have another WinBooks ID, once its address is confirmed.

    On each line of a file, the new ID stands behind the present one and a semicolon.
    """
    if whom is not None and new is None:
        raise WrongUsage("cli.usage.new_id")

    def take(portal: Portal, user: PortalUser, *, by: Actor, target: Target) -> Taken:
        text = new if target.line is None else target.more
        fields = Fields({"new_winbooks_id": text})
        wanted = fields.read("new_winbooks_id", WinBooksId.parse)
        fields.raise_if_any()
        if confirmed:
            changed = portal.logins.replace_id(user, wanted.value, by=by)
            return Taken(user=changed, mailed=changed.version != user.version)
        if user.id_change and user.id_change.winbooks_id == wanted.value:
            return Taken(user=user)
        changed = portal.logins.change_id(user, wanted.value, by=by)
        return Taken(user=changed, mailed=True)

    found = targets(None if whom is None else [whom], users.source)
    parts = _letters(link_mail, screen, confirmed=confirmed)
    return for_all(found, take, users=users, run=run, screen=screen, **parts)


def withdraw_id(
    whom: Whom = None, /, *, users: Users, run: Run | None = None, screen: OnScreen
) -> Answer:
    """
    Let go of the WinBooks IDs that wait for their confirmation.
    """

    def take(portal: Portal, user: PortalUser, *, by: Actor, target: Target) -> Taken:
        del target
        if user.id_change is None:
            return Taken(user=user)
        return Taken(user=portal.logins.withdraw_id(user, by=by))

    return for_all(
        targets(whom, users.source), take, users=users, run=run, screen=screen
    )


def _letters(link_mail: LinkMail | None, screen: Screen, *, confirmed: bool) -> Parts:
    """
    Return who writes to both addresses, or to the earlier one only.

    Raises:
        WrongUsage: an address is missing or wrong.
    """
    if not confirmed:
        return {"link_letters": link_letters(link_mail, screen.translator)}
    given = link_mail or LinkMail()
    return {"letters": letters_with(given.sender, given.portal_url, screen.translator)}


def _password(
    found: list[Target], users: Users, screen: Screen, *, is_generated: bool
) -> Password | GeneratedPassword:
    if is_generated:
        return GeneratedPassword()
    if len(found) != 1 or users.source == STANDARD_INPUT:
        raise WrongUsage("cli.usage.one_password")
    text = ask_new_password(screen) if screen.can_ask else read_password(screen)
    if screen.can_ask and not text:
        return GeneratedPassword()
    reading = read_secret(text, Password)
    InvalidFields.raise_if_any({"password": reading.problems})
    return reading.value
