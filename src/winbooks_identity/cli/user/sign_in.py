"""
Can a user sign in, and what waits for them?
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Final, Literal, final

import attrs

from ... import system
from ...attempts import Door
from ...authorization import Actor
from ...explain import Active, NotActive
from ...life_cycle import Step
from ...mail.outbox import MailKind, MailState, OutboxEntry
from ...portal import Portal
from ...portal_user import PortalUser
from ...services.lock_outs import LockOut
from ..answer import in_json
from ..screen import Screen


__all__ = ["SIGN_IN", "Said", "closed_until", "sign_in_of"]

#: What is explained of everyone, before what they want to open.
SIGN_IN: Final = "sign-in"

_STYLES: Final = {"+": "green", "-": "red", "*": "yellow"}

#: Steps after which no link to choose a password is good any more.  [Q11, S6]
_END_LINKS: Final = frozenset(
    {
        *(Step.CHANGE_PASSWORD, Step.SET_PASSWORD, Step.RESET_PASSWORD),
        *(Step.DEACTIVATE, Step.MOVE_TO_ON_WEB, Step.CONFIRM_ID),
    }
)


@final
@attrs.frozen
class Said:
    """
    One reason: for it, against it, or worth knowing.
    """

    document: Mapping[str, object]
    sign: Literal["+", "-", "*"]

    @property
    def style(self) -> str:
        """
        Return how it is shown.
        """
        return _STYLES[self.sign]


def sign_in_of(
    portal: Portal, user: PortalUser, *, by: Actor, screen: Screen
) -> list[Said]:
    """
    Return what lets *user* sign in, what keeps them out, and what waits for them.

    Raises:
        UnknownUser: *by* may not read what is kept of them.
        StorageBusy: call again.
    """
    now = system.now()
    active = Active() if user.is_active else NotActive()
    return [
        Said(in_json(active, screen), "+" if user.is_active else "-"),
        *_of_lock_outs(portal.lock_outs.current(user, by=by), now, screen),
        *_of_password(portal, user, by, screen),
        *_of_mails(portal, user, by, now, screen),
        *_of_new_id(user, now, screen),
    ]


def closed_until(found: Iterable[LockOut], now: datetime) -> datetime | None:
    """
    Return until when a password is not looked at, from one place at least.
    """
    ends = [now + each.ends_in for each in found if each.door is Door.PASSWORD]
    return max(ends, default=None)


def _of_lock_outs(
    found: Sequence[LockOut], now: datetime, screen: Screen
) -> Iterator[Said]:
    for door in Door:
        closed = [each for each in found if each.door is door]
        if not closed:
            continue
        until = max(now + each.ends_in for each in closed)
        places = sorted({each.source for each in closed if each.source is not None})
        document = _said(
            f"cli.explain.closed.{door.value}",
            screen,
            until,
            places=", ".join(places) or screen.text("cli.explain.any_place"),
        )
        yield Said(document, "-" if door is Door.PASSWORD else "*")


def _of_password(
    portal: Portal, user: PortalUser, by: Actor, screen: Screen
) -> Iterator[Said]:
    found = portal.administration.initial_password(user, by=by)
    if found.has_ended:
        yield Said(_said("cli.explain.password_ended", screen, found.ends_at), "-")
    elif found.must_change:
        code = "cli.explain.initial_password"
        code += "_until" if found.ends_at else ""
        yield Said(_said(code, screen, found.ends_at), "*")


def _of_mails(
    portal: Portal, user: PortalUser, by: Actor, now: datetime, screen: Screen
) -> Iterator[Said]:
    """
    Yield what the latest mails with a password or a link are doing.
    """
    latest: dict[MailKind, OutboxEntry] = {}
    for entry in portal.administration.mails(user, by=by):
        latest.setdefault(entry.kind, entry)
    for kind in (MailKind.CREDENTIALS, MailKind.SET_PASSWORD, MailKind.CONFIRM_ID):
        mail = latest.get(kind)
        if mail is not None and mail.state in {MailState.WAITING, MailState.DEAD}:
            code = f"cli.explain.mail.{mail.state.value}"
            what = screen.text(f"cli.mail_kind.{kind.value}")
            yield Said(_said(code, screen, mail=what, id=str(mail.mail_id)), "*")
    link = latest.get(MailKind.SET_PASSWORD)
    if link is None or link.state is not MailState.SENT or link.expires_at <= now:
        return
    events = portal.administration.history(user.id, by=by)
    if not any(e.step in _END_LINKS and e.at >= link.created_at for e in events):
        yield Said(_said("cli.explain.link", screen, link.expires_at), "*")


def _of_new_id(user: PortalUser, now: datetime, screen: Screen) -> Iterator[Said]:
    change = user.id_change
    if change is not None:
        code = "cli.explain.new_id"
        code += "" if change.expires_at > now else "_ended"
        new = change.winbooks_id.address
        yield Said(_said(code, screen, change.expires_at, winbooks_id=new), "*")


def _said(
    code: str, screen: Screen, until: datetime | None = None, **params: str
) -> dict[str, object]:
    moment = {} if until is None else {"until": screen.moment(until)}
    machine = {} if until is None else {"until": until.isoformat()}
    return {
        "code": code,
        "params": params | machine,
        "message": screen.text(code, **params, **moment),
    }
