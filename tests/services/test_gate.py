"""
How often strangers may try, at every door, and what is kept of it.
"""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor, wait
from datetime import timedelta
from threading import Event, Lock
from typing import Any

import attrs
import pytest

from office import Office
from people import ADA, GRACE, JOAN, NOW, PASSWORD, person
from winbooks_identity.adapters.argon2 import CHEAPEST, Argon2Hasher
from winbooks_identity.adapters.memory import InMemoryAttempts
from winbooks_identity.attempts import Door, FailedAttempt, Standing
from winbooks_identity.errors import HasherBusy, InvalidFields, OnWebUnavailable
from winbooks_identity.level import Level
from winbooks_identity.passwords import Password
from winbooks_identity.portal_user import CredentialSource, PortalUser, Status
from winbooks_identity.refusals import (
    LinkRefused,
    PasswordChangeRequired,
    SignInRefused,
    TooManyAttempts,
    UnknownUser,
)
from winbooks_identity.winbooks_id import WinBooksId


WRONG = Password("Wrong-Horse-12")
NEW = Password("Battery-Staple-2")
UNKNOWN = WinBooksId("unknown@example.org")
INACTIVE = attrs.evolve(person("hedy", Level.POWER_USER), status=Status.INACTIVE)
ON_WEB = person("mary", Level.POWER_USER, source=CredentialSource.ON_WEB)
HERE, THERE = "192.0.2.7", "198.51.100.9"


@pytest.fixture
def office() -> Office:
    """
    Return an office that limits attempts, with one person of every kind.
    """
    found = Office()
    found.attempts = InMemoryAttempts(clock=found.clock)
    found.add(ADA, GRACE, JOAN, INACTIVE)
    found.add(ON_WEB, password=None)
    found.on_web.add(ON_WEB.winbooks_id, PASSWORD)
    return found


def guess(office: Office, winbooks_id: WinBooksId, source: str | None = HERE) -> str:
    """
    Return the name of what a wrong password is answered with.
    """
    try:
        office.portal.sign_in.verify(winbooks_id, WRONG, source=source)
    except (SignInRefused, TooManyAttempts) as refused:
        return type(refused).__name__
    raise AssertionError("a wrong password was right")


class TestSignIn:
    """
    A password is guessed at ten times from one source.  [S20, S21]
    """

    @pytest.mark.parametrize(
        "winbooks_id",
        [UNKNOWN, ADA.winbooks_id, INACTIVE.winbooks_id, ON_WEB.winbooks_id],
        ids=["unknown", "known", "inactive", "on Web"],
    )
    def test_all_look_alike(self, office: Office, winbooks_id: WinBooksId) -> None:
        """
        Whomever an ID belongs to, its guesses are counted.
        """
        answers = [guess(office, winbooks_id) for _ in range(12)]

        assert ["SignInRefused"] * 10 + ["TooManyAttempts"] * 2 == answers

    def test_two_spellings(self, office: Office) -> None:
        """
        Of one ID are one subject.  [R4]
        """
        for _ in range(10):
            guess(office, WinBooksId("ADA@example.org"))

        assert "TooManyAttempts" == guess(office, ADA.winbooks_id)

    def test_the_refusal(self, office: Office) -> None:
        """
        It says how long to wait, and the password is not even looked at.
        """
        for _ in range(10):
            guess(office, ADA.winbooks_id)
        office.clock.advance(timedelta(minutes=4, seconds=10))

        with pytest.raises(TooManyAttempts) as caught:
            office.portal.sign_in.verify(ADA.winbooks_id, PASSWORD, source=HERE)

        assert timedelta(minutes=10, seconds=50) == caught.value.retry_after
        assert "attempts.too_many(minutes=11)" == str(caught.value)

    def test_later(self, office: Office) -> None:
        """
        After a quarter of an hour the owner signs in again.
        """
        for _ in range(10):
            guess(office, ADA.winbooks_id)
        office.clock.advance(timedelta(minutes=15))

        assert ADA == office.portal.sign_in.verify(ADA.winbooks_id, PASSWORD).user

    def test_the_owner_elsewhere(self, office: Office) -> None:
        """
        An attacker at another source does not keep them out.
        """
        for _ in range(20):
            guess(office, ADA.winbooks_id)

        assert ADA == _sign_in(office, ADA, THERE)

    def test_the_owner_among_many_attackers(self, office: Office) -> None:
        """
        Where they signed in before, not even a hundred machines keep them out.
        """
        _sign_in(office, ADA, THERE)
        answers = [
            guess(office, ADA.winbooks_id, f"203.0.113.{number}")
            for number in range(110)
        ]

        assert 100 == answers.count("SignInRefused")
        assert ADA == _sign_in(office, ADA, THERE)

    def test_one_password_on_everyone(self, office: Office) -> None:
        """
        A source has a hundred guesses, whatever IDs it makes up.
        """
        answers = [
            guess(office, WinBooksId(f"user{number}@example.org"))
            for number in range(110)
        ]

        assert 100 == answers.count("SignInRefused")
        assert ADA == _sign_in(office, ADA, THERE)

    def test_an_initial_password_is_right(self, office: Office) -> None:
        """
        It signs no one in, and it is no guess.  [S5]
        """
        initial = attrs.evolve(office.credential(ADA), must_change=True)
        office.run(lambda unit: unit.credentials.put(initial))

        for _ in range(20):
            with pytest.raises(PasswordChangeRequired):
                office.portal.sign_in.verify(ADA.winbooks_id, PASSWORD, source=HERE)

        assert [] == office.failed_attempts(ADA)

    @pytest.mark.parametrize("kind", ["on Web", "hasher"])
    def test_what_is_away_is_no_guess(self, office: Office, kind: str) -> None:
        """
        Trying until it works again locks no one out.
        """
        user = ON_WEB if kind == "on Web" else ADA
        office.hasher = office.hasher if kind == "on Web" else BusyHasher(office)
        office.on_web.is_reachable = False

        for _ in range(20):
            with pytest.raises((OnWebUnavailable, HasherBusy)):
                office.portal.sign_in.verify(user.winbooks_id, PASSWORD, source=HERE)

        assert [] == office.failed_attempts(user)

    def test_without_limits(self, office: Office) -> None:
        """
        A product that limits attempts elsewhere gives none, and failures are kept.
        """
        office.attempts = None

        answers = {guess(office, ADA.winbooks_id) for _ in range(20)}

        assert {"SignInRefused"} == answers
        assert 20 == len(office.failed_attempts(ADA))


class TestThreads:
    """
    A hundred threads that guess lock no one out.  [S24]
    """

    def test_at_one_password(self, office: Office) -> None:
        """
        Ten of them reach the hasher.
        """
        hasher = CountingHasher(office)
        office.hasher = hasher

        with ThreadPoolExecutor(100) as threads:
            answers = list(
                threads.map(lambda _: guess(office, ADA.winbooks_id), range(100))
            )

        assert (10, 90) == (hasher.verified, answers.count("TooManyAttempts"))

    @pytest.mark.parametrize("known", [False, True], ids=["new", "known"])
    def test_at_everyones(self, office: Office, *, known: bool) -> None:
        """
        Where each guesses at another ID, the hasher keeps places for people.
        """
        hasher = Argon2Hasher(CHEAPEST, workers=1, max_waiting=63)
        office.hasher = hasher
        if known:
            _sign_in(office, ADA, THERE)
        opened = Event()
        with ThreadPoolExecutor(103) as threads:
            threads.submit(hasher._pool.run, lambda: opened.wait(30), Standing.KNOWN)
            guesses = [
                threads.submit(_guess_busily, office, f"user{number}@example.org")
                for number in range(100)
            ]
            while sum(each.done() for each in guesses) + hasher._pool._taken < 101:
                wait(guesses, timeout=0.01)
            signed_in = threads.submit(_sign_in, office, ADA, THERE)
            wait([signed_in], timeout=0.05)
            opened.set()

            assert ADA == signed_in.result()
        answers = [each.result() for each in guesses]
        assert {"SignInRefused", "HasherBusy"} == set(answers)
        assert 26 <= answers.count("SignInRefused") <= 48


class TestChangePassword:
    """
    The present password is guessed at no more often here than at the sign-in.
    """

    def test_together(self, office: Office) -> None:
        """
        Both count.
        """
        for _ in range(5):
            guess(office, ADA.winbooks_id)
            with pytest.raises(SignInRefused):
                office.portal.own_login.change_password(
                    ADA.winbooks_id, WRONG, NEW, source=HERE
                )

        with pytest.raises(TooManyAttempts):
            office.portal.own_login.change_password(
                ADA.winbooks_id, PASSWORD, NEW, source=HERE
            )
        assert "TooManyAttempts" == guess(office, ADA.winbooks_id)

    def test_a_weak_new_password_is_no_guess(self, office: Office) -> None:
        """
        The present one was right.
        """
        for _ in range(20):
            with pytest.raises(InvalidFields):
                office.portal.own_login.change_password(
                    ADA.winbooks_id, PASSWORD, Password("weak"), source=HERE
                )


class TestLinks:
    """
    Tokens are tried thirty times from one source.
    """

    @pytest.mark.parametrize("kind", ["set_password", "confirm_id"])
    def test_from_one_source(self, office: Office, kind: str) -> None:
        """
        What is no token counts as well.
        """
        use = _use(office, kind)
        for _ in range(30):
            with pytest.raises(LinkRefused):
                use("no token", source=HERE)

        with pytest.raises(TooManyAttempts):
            use("no token", source=HERE)
        with pytest.raises(LinkRefused):
            use("no token", source=THERE)

    @pytest.mark.parametrize("kind", ["set_password", "confirm_id"])
    def test_about_one_user(self, office: Office, kind: str) -> None:
        """
        From wherever, also where the product does not say.
        """
        use = _use(office, kind)
        token = _used_up(office, kind)
        for _ in range(30):
            with pytest.raises(LinkRefused):
                use(token, source=None)

        with pytest.raises(TooManyAttempts):
            use(token, source=None)
        with pytest.raises(TooManyAttempts):
            use(token, source=HERE)

    def test_a_weak_password_is_no_guess(self, office: Office) -> None:
        """
        The link was good.
        """
        token = _token(office, "set_password")
        for _ in range(40):
            with pytest.raises(InvalidFields):
                office.portal.own_login.set_password(
                    token, Password("weak"), source=HERE
                )

        assert (
            2 == office.portal.own_login.set_password(token, NEW, source=HERE).version
        )


class TestFailedAttempts:
    """
    What failed is kept for the person and those who manage them.  [S2, S22]
    """

    @pytest.mark.parametrize("winbooks_id", [ADA.winbooks_id, INACTIVE.winbooks_id])
    def test_kept(self, office: Office, winbooks_id: WinBooksId) -> None:
        """
        What was tried, from where and when; never with what.
        """
        guess(office, winbooks_id)
        user = office.run(lambda unit: unit.users.find_by_winbooks_id(winbooks_id))
        assert user is not None

        (kept,) = office.failed_attempts(user)

        expected = FailedAttempt(
            id=kept.id, user_id=user.id, door=Door.PASSWORD, source=HERE, at=NOW
        )
        assert expected == kept

    def test_about_nobody(self, office: Office) -> None:
        """
        A mistyped ID is not written down, nor where it was typed.
        """
        guess(office, UNKNOWN)

        (kept,) = office.failed_attempts()

        assert (
            FailedAttempt(
                id=kept.id, user_id=None, door=Door.PASSWORD, source=None, at=NOW
            )
            == kept
        )

    @pytest.mark.parametrize(
        "source,expected",
        [
            ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
            ("::ffff:192.0.2.7", "192.0.2.7"),
            ("<script>", None),
            ("1/2", None),
            ("", None),
            (None, None),
        ],
    )
    def test_the_source(
        self, office: Office, source: str | None, expected: str | None
    ) -> None:
        """
        An address or a network; other text may be a stranger's.
        """
        guess(office, ADA.winbooks_id, source)

        assert [expected] == [each.source for each in office.failed_attempts(ADA)]

    def test_a_refused_attempt_is_not_kept(self, office: Office) -> None:
        """
        Or an attacker would fill the table.
        """
        for _ in range(50):
            guess(office, ADA.winbooks_id)

        assert 10 == len(office.failed_attempts(ADA))

    @pytest.mark.parametrize("kind", ["set_password", "confirm_id"])
    def test_a_link(self, office: Office, kind: str) -> None:
        """
        One that names a user is kept as theirs, and others as no one's.
        """
        use, token = _use(office, kind), _used_up(office, kind)
        for tried in (token, "no token"):
            with pytest.raises(LinkRefused):
                use(tried, source=HERE)

        assert [(Door.LINK, HERE)] == [
            (each.door, each.source) for each in office.failed_attempts(JOAN)
        ]
        assert [(Door.LINK, None)] == [
            (each.door, each.source) for each in office.failed_attempts()
        ]

    def test_a_link_of_somebody_erased(self, office: Office) -> None:
        """
        It names no one any more.
        """
        token = _token(office, "set_password")
        office.portal.administration.erase(JOAN, by=ADA)

        with pytest.raises(LinkRefused):
            office.portal.own_login.set_password(token, NEW, source=HERE)

        assert [None] == [each.source for each in office.failed_attempts()]

    @pytest.mark.parametrize("by", [ADA, GRACE, JOAN], ids=["ADA", "GRACE", "JOAN"])
    def test_who_reads_them(self, office: Office, by: PortalUser) -> None:
        """
        The person and those who manage them, the latest first.
        """
        guess(office, JOAN.winbooks_id)
        office.clock.advance(timedelta(seconds=1))
        guess(office, JOAN.winbooks_id, THERE)

        found = office.portal.administration.failed_attempts(JOAN, by=by)

        assert [THERE, HERE] == [each.source for each in found]

    def test_who_does_not(self, office: Office) -> None:
        """
        An end customer learns nothing of the staff.
        """
        with pytest.raises(UnknownUser):
            office.portal.administration.failed_attempts(GRACE, by=JOAN)


class CountingHasher:
    """
    A hasher that counts the passwords that it looks at.
    """

    def __init__(self, office: Office) -> None:
        self._verify = office.hasher.verify
        self._lock = Lock()
        self.verified = 0
        self.dummy_hash = office.hasher.dummy_hash
        self.hash = office.hasher.hash
        self.needs_rehash = office.hasher.needs_rehash

    def verify(
        self, password_hash: str, password: Password, *, standing: Standing
    ) -> None:
        """
        Count, and verify.
        """
        with self._lock:
            self.verified += 1
        self._verify(password_hash, password, standing=standing)


class BusyHasher:
    """
    A hasher that has no place for anyone.
    """

    def __init__(self, office: Office) -> None:
        self._hasher = office.hasher
        self.dummy_hash = office.hasher.dummy_hash
        self.hash = office.hasher.hash
        self.needs_rehash = office.hasher.needs_rehash

    def verify(self, *_: object, **__: object) -> None:
        """
        Say so.
        """
        raise HasherBusy


def _guess_busily(office: Office, address: str) -> str:
    try:
        return guess(office, WinBooksId(address))
    except HasherBusy:
        return "HasherBusy"


def _sign_in(office: Office, user: PortalUser, source: str) -> PortalUser:
    return office.portal.sign_in.verify(user.winbooks_id, PASSWORD, source=source).user


def _use(office: Office, kind: str) -> Callable[..., Any]:
    if kind == "confirm_id":
        return office.portal.own_login.confirm_id
    return lambda token, *, source: office.portal.own_login.set_password(
        token, NEW, source=source
    )


def _token(office: Office, kind: str) -> str:
    if kind == "confirm_id":
        office.portal.logins.change_id(JOAN, WinBooksId("joanna@example.org"), by=ADA)
        return office.token_to("joanna@example.org")
    office.portal.logins.send_password_link(JOAN, by=ADA)
    return office.token_to("joan@example.org")


def _used_up(office: Office, kind: str) -> str:
    token = _token(office, kind)
    _use(office, kind)(token, source=THERE)
    return token
