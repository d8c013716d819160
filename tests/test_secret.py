"""
What carries a secret does not leave by accident.  [S36]
"""

import copy
import json
import pickle
import traceback
from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from uuid import UUID

import attrs
import pytest

from winbooks_identity.errors import Invalid
from winbooks_identity.forms.new_user import NewEmployee
from winbooks_identity.language import Language
from winbooks_identity.mail.outbox import Mail
from winbooks_identity.names import CompanyName
from winbooks_identity.passwords import Password, PasswordJudge, PasswordPolicy
from winbooks_identity.phone import PhoneNumber
from winbooks_identity.ports import CredentialsLetter, LinkLetter
from winbooks_identity.secret import Secret
from winbooks_identity.testing.samples import licence
from winbooks_identity.winbooks_id import WinBooksId


CANARY = "Canary-Secret-1972"
NOW = datetime(2026, 5, 1, tzinfo=UTC)
ADA = WinBooksId("ada@example.org")
FIRM = CompanyName("Fiduciaire Peeters")

MAIL = Mail(
    message_id="<1@example.org>",
    sender="portal@example.org",
    recipient="ada@example.org",
    content=CANARY.encode(),
)
LINK = LinkLetter(
    message_id=UUID(int=1),
    written_at=NOW,
    recipient=ADA,
    token=Secret(CANARY),
    licence_holder=FIRM,
    language=Language.DUTCH,
    expires_at=NOW,
)
CREDENTIALS = CredentialsLetter(
    message_id=UUID(int=1),
    written_at=NOW,
    winbooks_id=ADA,
    password=Password(CANARY),
    licence_holder=FIRM,
    language=Language.DUTCH,
    is_active=True,
    expires_at=NOW,
)
CARRIERS = {
    "password": Password(CANARY),
    "secret": Secret(CANARY),
    "mail": MAIL,
    "link": LINK,
    "credentials": CREDENTIALS,
}


@pytest.mark.parametrize("carrier", CARRIERS.values(), ids=CARRIERS.keys())
class TestCarriers:
    """
    Passwords, tokens, mails and letters.
    """

    @pytest.mark.parametrize("protocol", range(pickle.HIGHEST_PROTOCOL + 1))
    def test_it_is_not_pickled(self, carrier: object, protocol: int) -> None:
        """
        A queue of tasks, a cache or a session would keep it.
        """
        with pytest.raises(TypeError, match="not serialised"):
            pickle.dumps([carrier], protocol)

    def test_it_is_not_shown(self, carrier: object) -> None:
        """
        However it is printed.
        """
        assert CANARY not in f"{carrier} {carrier!r} {[carrier]}"

    def test_it_is_no_mapping(self, carrier: object) -> None:
        """
        What ``asdict`` and ``astuple`` give holds it masked.
        """

        @attrs.frozen
        class Holder:
            carried: object

        given = [attrs.asdict(Holder(carrier)), attrs.astuple(Holder(carrier))]

        assert CANARY not in json.dumps(given, default=str)
        assert CANARY not in repr(given)

    def test_it_is_no_json(self, carrier: object) -> None:
        """
        Nor its attributes.
        """
        with pytest.raises(TypeError):
            json.dumps(carrier)
        with pytest.raises(TypeError):
            json.dumps(vars(carrier))


class TestConcealed:
    """
    What is held stays usable.
    """

    def test_a_copy_is_itself(self) -> None:
        """
        There is no second one to look after.
        """
        for carrier in (Password(CANARY), Secret(CANARY), MAIL):
            assert carrier is copy.copy(carrier)
            assert carrier is copy.deepcopy(carrier)

    def test_it_is_given_out_once_asked(self) -> None:
        """
        By a word to search for.
        """
        assert (CANARY, False) == (
            Secret(CANARY).reveal(),
            Secret(CANARY) == Secret(CANARY),
        )

    def test_its_state_is_no_one_elses(self) -> None:
        """
        Tools that copy by the state get none.
        """
        with pytest.raises(TypeError, match="not serialised"):
            MAIL.__getstate__()

    def test_mails_are_compared_by_their_parts(self) -> None:
        """
        As a test of a mailer wants it.
        """
        again = Mail(
            message_id="<1@example.org>",
            sender="portal@example.org",
            recipient="ada@example.org",
            content=CANARY.encode(),
        )
        other = Mail(
            message_id="<1@example.org>",
            sender="portal@example.org",
            recipient="ada@example.org",
            content=b"",
        )

        assert ({MAIL}, True) == ({MAIL, again}, MAIL != other)
        assert MAIL != MAIL.message_id


class TestFrames:
    """
    A collector of local variables finds no refused password in frames of ours.
    """

    @pytest.mark.parametrize(
        "parse",
        [
            PasswordPolicy(min_length=40).parse,
            partial(PasswordJudge(policy=PasswordPolicy()).parse, personal=()),
        ],
        ids=["policy", "judge"],
    )
    def test_of_a_policy(self, parse: Callable[[str], object]) -> None:
        """
        What was refused is let go of, whoever refused it.
        """
        with pytest.raises(Invalid) as caught:
            parse("Canary-7f3a")

        frames = [frame for frame, _ in traceback.walk_tb(caught.tb)][1:]
        assert frames
        assert "Canary" not in repr([frame.f_locals for frame in frames])

    def test_of_a_form(self) -> None:
        """
        A form is let go of before it is read, so a fault behind it shows no password.
        """

        def fail(_text: str) -> PhoneNumber:
            raise ZeroDivisionError

        form = {"password": "Canary-7f3a", "phone": "+32 470 12 34 56"}
        with pytest.raises(ZeroDivisionError) as caught:
            NewEmployee.parse(form, licence=licence(), phone=fail)

        frames = [frame for frame, _ in traceback.walk_tb(caught.tb)][1:]
        assert "parse" in {frame.f_code.co_name for frame in frames}
        assert "Canary" not in repr([frame.f_locals for frame in frames])
