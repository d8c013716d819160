"""
A mail with a link that is void does not wait, whatever happens at one time.  [R71]
"""

from collections.abc import Callable, Generator
from contextlib import contextmanager
from threading import Thread

import attrs
import pytest
from sqlalchemy import Engine, event

from office import Office
from people import ADA, person
from winbooks_identity.adapters.sqlalchemy import SqlAlchemyStorage
from winbooks_identity.forms.new_user import GeneratedPassword
from winbooks_identity.level import Level
from winbooks_identity.mail.outbox import Mail, MailKind, MailState
from winbooks_identity.portal_user import PortalUser
from winbooks_identity.ports import IdChangeLetter, LinkLetter, LinkLetters
from winbooks_identity.refusals import OutOfDate


GRACE = person("grace", Level.POWER_USER)

Act = Callable[[Office], object]


def grace(office: Office) -> PortalUser:
    """
    Return Grace as she is stored.
    """
    stored = office.stored(GRACE)
    assert stored is not None
    return stored


def sent_by_administrator(office: Office) -> None:
    """
    Let Ada mail a link.
    """
    office.portal.logins.send_password_link(grace(office), by=ADA)


def answered_by_relay(office: Office) -> None:
    """
    Let a relay answer Grace, who forgot her password.
    """
    office.portal.own_login.send_password_link(GRACE.winbooks_id)
    office.portal.link_requests.answer()


def deactivate(office: Office) -> None:
    """
    Lock Grace out.
    """
    office.portal.administration.deactivate(grace(office), by=ADA)


def reset(office: Office) -> None:
    """
    Give Grace another password.
    """
    office.portal.logins.reset_password(
        grace(office), GeneratedPassword(), by=ADA, mailed=True
    )


#: What stores a mail, and what locks a user.
STORED = "INSERT INTO winbooks_outbox"
LOCKED = "FOR NO KEY UPDATE"

SENDERS = pytest.mark.parametrize("send", [sent_by_administrator, answered_by_relay])


def waiting(office: Office) -> int:
    """
    Return how many mails with a link wait for Grace.
    """
    mails = office.run(lambda unit: [*unit.outbox.of_user(GRACE.id)])
    return sum(
        (x.kind, x.state) == (MailKind.SET_PASSWORD, MailState.WAITING) for x in mails
    )


@contextmanager
def at_the_first(
    statement: str, engine: Engine, act: Callable[[], object]
) -> Generator[None, None, None]:
    """
    Let *act* happen before the first such *statement*, and end if it can.
    """
    thread = Thread(target=act)
    threads: list[Thread] = []

    def begin(*execution: object) -> None:
        if statement in str(execution[2]) and not threads:
            threads.append(thread)
            thread.start()
            # Where it has to wait for this unit of work, that one ends first.
            thread.join(timeout=0.5)

    event.listen(engine, "before_cursor_execute", begin)
    yield
    event.remove(engine, "before_cursor_execute", begin)
    thread.join()
    assert [thread] == threads


@attrs.define
class Interrupting:
    """
    Letters that are written while something else happens.
    """

    happens: Callable[[], object]
    letters: LinkLetters

    def set_password(self, letter: LinkLetter) -> Mail:
        """
        Write *letter* after what happens.
        """
        self.happens()
        return self.letters.set_password(letter)

    def confirm_id(self, letter: LinkLetter) -> Mail:
        """
        Write *letter*.
        """
        return self.letters.confirm_id(letter)

    def id_change(self, letter: IdChangeLetter) -> Mail:
        """
        Write *letter*.
        """
        return self.letters.id_change(letter)


@pytest.fixture
def office(engine: Engine) -> Office:
    """
    Return an office in a database.
    """
    office = Office(storage=SqlAlchemyStorage(engine))
    office.add(ADA, GRACE)
    return office


@SENDERS
@pytest.mark.parametrize("step", [deactivate, reset])
def test_a_step_while_the_mail_is_stored(
    office: Office, engine: Engine, send: Act, step: Act
) -> None:
    """
    It comes after the mail, and withdraws it.
    """
    with at_the_first(STORED, engine, lambda: step(office)):
        send(office)

    assert 0 == waiting(office)


@SENDERS
@pytest.mark.parametrize("other", [sent_by_administrator, answered_by_relay])
def test_two_links_at_one_time(
    office: Office, engine: Engine, send: Act, other: Act
) -> None:
    """
    The later one takes the place of the other.
    """
    with at_the_first(STORED, engine, lambda: other(office)):
        send(office)

    assert 1 == waiting(office)


@SENDERS
@pytest.mark.parametrize("step", [deactivate, reset])
def test_a_step_while_the_letter_is_written(
    office: Office, send: Act, step: Act
) -> None:
    """
    The link is void already, so its mail is not stored.
    """
    interrupting = Interrupting(lambda: step(office), office.link_letters)
    busy = attrs.evolve(office, link_letters=interrupting)

    if send is sent_by_administrator:
        with pytest.raises(OutOfDate):
            send(busy)
    else:
        send(busy)

    assert 0 == waiting(office)


@pytest.mark.parametrize("step", [deactivate, reset])
def test_a_step_between_the_look_and_the_lock(postgresql: Engine, step: Act) -> None:
    """
    What a relay looked at before is not believed.
    """
    office = Office(storage=SqlAlchemyStorage(postgresql))
    office.add(ADA, GRACE)

    with at_the_first(LOCKED, postgresql, lambda: step(office)):
        answered_by_relay(office)

    assert 0 == waiting(office)
