"""
Who signs in, and what an attacker learns.
"""

from datetime import timedelta

import attrs
import pytest

from office import Office
from people import ADA, NOW, PASSWORD, person
from winbooks_identity.adapters.argon2 import CHEAPEST, Argon2Hasher, Argon2Profile
from winbooks_identity.attempts import Standing
from winbooks_identity.credential import Credential
from winbooks_identity.errors import OnWebUnavailable
from winbooks_identity.level import Level
from winbooks_identity.passwords import Password, PasswordPolicy
from winbooks_identity.passwords.named import NAMED
from winbooks_identity.passwords.problems import TooShort
from winbooks_identity.portal_user import CredentialSource, PortalUser, Status
from winbooks_identity.refusals import (
    PasswordChangeRequired,
    SignInRefused,
    UnknownLicence,
)
from winbooks_identity.services.sign_in import SignedIn, SignInService
from winbooks_identity.winbooks_id import WinBooksId


WRONG = Password("Wrong-Horse-12")
INACTIVE = attrs.evolve(person("grace", Level.POWER_USER), status=Status.INACTIVE)
ON_WEB = person("joan", Level.POWER_USER, source=CredentialSource.ON_WEB)
LACKING = person("mary", Level.POWER_USER)


class CountingHasher:
    """
    A hasher that notes what it had to do.
    """

    def __init__(self) -> None:
        self._hasher = Argon2Hasher(CHEAPEST)
        self.verified: list[str] = []

    @property
    def dummy_hash(self) -> str:
        """
        Return the hash of no password.
        """
        return self._hasher.dummy_hash

    def hash(self, password: Password) -> str:
        """
        Return a hash of *password*.
        """
        return self._hasher.hash(password)

    def verify(
        self, password_hash: str, password: Password, *, standing: Standing
    ) -> None:
        """
        Note *password_hash* and check it.
        """
        self.verified.append(password_hash)
        self._hasher.verify(password_hash, password, standing=standing)

    def needs_rehash(self, password_hash: str) -> bool:
        """
        Tell whether it is out of date.
        """
        return self._hasher.needs_rehash(password_hash)


@pytest.fixture
def hasher() -> CountingHasher:
    """
    Return a hasher that notes what it did.
    """
    return CountingHasher()


@pytest.fixture
def office(hasher: CountingHasher) -> Office:
    """
    Return an office with someone of every kind.
    """
    found = Office(hasher=hasher)
    found.add(ADA, INACTIVE)
    found.add(ON_WEB, LACKING, password=None)
    found.on_web.add(ON_WEB.winbooks_id, PASSWORD)
    return found


def ended(office: Office, user: PortalUser) -> None:
    """
    Let the password of *user* end now.
    """
    credential = attrs.evolve(office.credential(user), expires_at=NOW, must_change=True)
    office.run(lambda unit: unit.credentials.put(credential))


class TestVerify:
    """
    The products ask whether an ID and a password belong together.
    """

    def test_right(self, office: Office) -> None:
        """
        The user comes back, with nothing to do.
        """
        expected = SignedIn(user=ADA, broken_rules=())

        assert expected == office.portal.sign_in.verify(ADA.winbooks_id, PASSWORD)

    def test_another_spelling(self, office: Office) -> None:
        """
        It is the same ID.  [R4]
        """
        found = office.portal.sign_in.verify(WinBooksId("ADA@example.org"), PASSWORD)

        assert ADA == found.user

    def test_an_id_that_waits(self, office: Office) -> None:
        """
        It opens nothing before it is confirmed.  [Q14]
        """
        new_id = WinBooksId("countess@example.org")
        office.portal.logins.change_id(ADA, new_id, by=ADA)

        with pytest.raises(SignInRefused):
            office.portal.sign_in.verify(new_id, PASSWORD)

    def test_a_mailed_password(self, office: Office) -> None:
        """
        It signs no one in before it is changed.  [Q8, S5]
        """
        credential = attrs.evolve(
            office.credential(ADA),
            must_change=True,
            expires_at=NOW + timedelta(seconds=1),
        )
        office.run(lambda unit: unit.credentials.put(credential))

        with pytest.raises(PasswordChangeRequired) as caught:
            office.portal.sign_in.verify(ADA.winbooks_id, PASSWORD)

        assert ["sign_in.password_change_required"] == [
            problem.code for problem in caught.value.problems
        ]


class TestUniform:
    """
    Unknown, inactive, wrong and ended get one answer at one cost.  [Q11]
    """

    @pytest.mark.parametrize(
        "winbooks_id,password",
        [
            (WinBooksId("nobody@example.org"), PASSWORD),
            (ADA.winbooks_id, WRONG),
            (INACTIVE.winbooks_id, PASSWORD),
            (LACKING.winbooks_id, PASSWORD),
            (ON_WEB.winbooks_id, WRONG),
        ],
        ids=["unknown", "wrong", "inactive", "no password", "on Web"],
    )
    def test_answer_and_cost(
        self,
        office: Office,
        hasher: CountingHasher,
        winbooks_id: WinBooksId,
        password: Password,
    ) -> None:
        """
        One refusal that says nothing more, and one hash.
        """
        with pytest.raises(SignInRefused) as caught:
            office.portal.sign_in.verify(winbooks_id, password)

        assert (1, "sign_in.refused") == (len(hasher.verified), str(caught.value))

    def test_ended(self, office: Office, hasher: CountingHasher) -> None:
        """
        A mailed password ends, however right it is.  [Q8]
        """
        ended(office, ADA)

        with pytest.raises(SignInRefused):
            office.portal.sign_in.verify(ADA.winbooks_id, PASSWORD)

        assert 1 == len(hasher.verified)

    def test_the_dummy_has_the_parameters_of_the_others(
        self, office: Office, hasher: CountingHasher
    ) -> None:
        """
        Or it would cost something else.
        """
        stored = office.credential(ADA).password_hash

        assert stored.split("$")[:4] == hasher.dummy_hash.split("$")[:4]


class TestOnWeb:
    """
    The password of an on Web user is on Web's, today's.  [R60, R63, Q10]
    """

    def test_right(self, office: Office) -> None:
        """
        On Web says so; nothing is kept here.
        """
        found = office.portal.sign_in.verify(ON_WEB.winbooks_id, PASSWORD)

        assert SignedIn(user=ON_WEB, broken_rules=()) == found

    def test_changed_on_web(self, office: Office) -> None:
        """
        What was stored when they were made by hand does not count any more.
        """
        stored = Credential(
            user_id=ON_WEB.id,
            password_hash=office.hasher.hash(WRONG),
            policy=office.policy.fingerprint,
        )
        office.run(lambda unit: unit.credentials.put(stored))

        with pytest.raises(SignInRefused):
            office.portal.sign_in.verify(ON_WEB.winbooks_id, WRONG)

    def test_stored_before(self, office: Office) -> None:
        """
        What is stored is left as it is.
        """
        stored = Credential(
            user_id=ON_WEB.id, password_hash="old", policy=office.policy.fingerprint
        )
        office.run(lambda unit: unit.credentials.put(stored))

        office.portal.sign_in.verify(ON_WEB.winbooks_id, PASSWORD)

        assert stored == office.credential(ON_WEB)

    def test_unreachable(self, office: Office) -> None:
        """
        That says nothing about the password.
        """
        office.on_web.is_reachable = False

        with pytest.raises(OnWebUnavailable):
            office.portal.sign_in.verify(ON_WEB.winbooks_id, PASSWORD)

    @pytest.mark.parametrize(
        "winbooks_id,expected",
        [
            (WinBooksId("unknown@example.org"), SignInRefused),
            (ADA.winbooks_id, SignInRefused),
            (INACTIVE.winbooks_id, SignInRefused),
            (ON_WEB.winbooks_id, OnWebUnavailable),
        ],
        ids=["unknown", "wrong", "inactive", "on Web"],
    )
    def test_what_its_absence_tells(
        self,
        office: Office,
        hasher: CountingHasher,
        winbooks_id: WinBooksId,
        expected: type[Exception],
    ) -> None:
        """
        That an active user is on Web's; all others are answered as ever.  [S25]
        """
        office.on_web.is_reachable = False

        with pytest.raises(expected):
            office.portal.sign_in.verify(winbooks_id, WRONG)

        assert 1 == len(hasher.verified)

    def test_an_inactive_user(self, office: Office) -> None:
        """
        On Web is not even asked, so its absence tells nothing of them.  [S25]
        """
        office.on_web.is_reachable = False
        office.portal.administration.deactivate(ON_WEB, by=ADA)

        with pytest.raises(SignInRefused):
            office.portal.sign_in.verify(ON_WEB.winbooks_id, PASSWORD)

    def test_no_directory(self, office: Office) -> None:
        """
        A product that did not name one cannot ask.
        """
        service = SignInService(office.storage, hasher=office.hasher)

        with pytest.raises(OnWebUnavailable):
            service.verify(ON_WEB.winbooks_id, PASSWORD)


class TestRenewal:
    """
    What is stored of a password keeps up with the times.
    """

    def test_old_parameters(self, office: Office) -> None:
        """
        The hash is made anew, and nothing else changes.
        """
        before = office.credential(ADA)
        office.hasher = Argon2Hasher(Argon2Profile(memory_kib=16, passes=1, lanes=1))

        office.portal.sign_in.verify(ADA.winbooks_id, PASSWORD)

        after = office.credential(ADA)
        assert "m=16," in after.password_hash
        assert before == attrs.evolve(after, password_hash=before.password_hash)

    def test_present_parameters(self, office: Office) -> None:
        """
        Nothing is written.
        """
        before = office.credential(ADA)

        office.portal.sign_in.verify(ADA.winbooks_id, PASSWORD)

        assert before == office.credential(ADA)

    def test_a_policy_that_it_keeps(self, office: Office) -> None:
        """
        It is stored as accepted by the new one, and not checked again.
        """
        office.policy = PasswordPolicy(min_length=13)

        found = office.portal.sign_in.verify(ADA.winbooks_id, PASSWORD)

        assert ((), office.policy.fingerprint) == (
            found.broken_rules,
            office.credential(ADA).policy,
        )

    def test_a_policy_that_it_breaks(self, office: Office) -> None:
        """
        The product is told which rules, every time, and decides.
        """
        before = office.credential(ADA)
        office.policy = PasswordPolicy(min_length=20)

        found = office.portal.sign_in.verify(ADA.winbooks_id, PASSWORD)

        assert ((TooShort(20, 5),), before) == (
            found.broken_rules,
            office.credential(ADA),
        )

    def test_a_password_that_was_changed_meanwhile(self, office: Office) -> None:
        """
        The new one is not overwritten by the renewal of the old one.
        """
        earlier = office.credential(ADA)
        newer = attrs.evolve(earlier, password_hash="newer")
        office.run(lambda unit: unit.credentials.put(newer))

        stored = office.run(
            lambda unit: unit.credentials.replace(
                earlier, attrs.evolve(earlier, password_hash="renewed")
            )
        )

        assert (False, newer) == (stored, office.credential(ADA))


class TestPersonal:
    """
    What others know of the person is read where the rules need it.
    """

    def test_a_licence_that_is_gone(self) -> None:
        """
        It is named, and no rule is left out in silence.
        """
        office = Office(policy=NAMED["recommended"])
        stray = person("stray", Level.POWER_USER, licence="WB-404")
        office.add(stray)
        stored = office.credential(stray)
        office.run(
            lambda unit: unit.credentials.put(attrs.evolve(stored, policy="unknown"))
        )

        with pytest.raises(UnknownLicence):
            office.portal.sign_in.verify(stray.winbooks_id, PASSWORD)
