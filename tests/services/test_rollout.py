"""
What does a policy that is rolled out ask of whom, and from when?
"""

from datetime import UTC, date, datetime, timedelta
from typing import Final

import attrs
import pytest

from office import Office
from people import ADA, GRACE, PASSWORD, person
from winbooks_identity.authorization import WinBooksAdministration
from winbooks_identity.credential import Credential
from winbooks_identity.errors import InvalidFields
from winbooks_identity.forms.new_user import GeneratedPassword
from winbooks_identity.forms.problem_details import problem_details
from winbooks_identity.level import Level
from winbooks_identity.passwords import Password, PasswordPolicy
from winbooks_identity.passwords.breached import BreachCheck, LookUp, NotReachable
from winbooks_identity.passwords.impact import StoredPasswordOutcome
from winbooks_identity.passwords.rollout import PasswordNotice, Rollout
from winbooks_identity.passwords.stamps import broken_by
from winbooks_identity.portal_user import CredentialSource
from winbooks_identity.refusals import PasswordChangeRequired, PasswordRefused
from winbooks_identity.services.password_impact import impact
from winbooks_identity.services.sign_in import SignedIn


ROLLOUT: Final = Rollout(
    asked=date(2027, 1, 4),
    notice=date(2027, 2, 1),
    change=date(2027, 4, 1),
    refusal=date(2027, 7, 1),
)
POLICY: Final = PasswordPolicy(min_length=16, rollout=ROLLOUT)
LONG: Final = Password("Correct-Horse-Battery-1")
ON_WEB: Final = person("joan", Level.POWER_USER, source=CredentialSource.ON_WEB)

DECEMBER, JANUARY, FEBRUARY, APRIL, JULY = (
    datetime(2026, 12, 15, tzinfo=UTC),
    datetime(2027, 1, 4, tzinfo=UTC),
    datetime(2027, 2, 1, tzinfo=UTC),
    datetime(2027, 4, 1, tzinfo=UTC),
    datetime(2027, 7, 1, tzinfo=UTC),
)


class Away:
    """
    A look-up that is away.
    """

    def look_up(self, key: bytes) -> LookUp:
        """
        Tell that it cannot be reached.
        """
        del key
        return NotReachable()


@pytest.fixture
def office() -> Office:
    """
    Return an office whose passwords were accepted by the Portal's policy.
    """
    found = Office()
    found.add(ADA, GRACE)
    found.add(ON_WEB, password=None)
    found.on_web.add(ON_WEB.winbooks_id, PASSWORD)
    found.policy = POLICY
    return found


def sign_in(office: Office, password: Password = PASSWORD) -> SignedIn:
    """
    Sign Ada in.
    """
    return office.portal.sign_in.verify(ADA.winbooks_id, password)


def put(office: Office, credential: Credential) -> None:
    """
    Store *credential*.
    """
    office.run(lambda unit: unit.credentials.put(credential))


def counts(office: Office) -> dict[str, int]:
    """
    Return what is known of the stored passwords under the policy.
    """
    found = impact(
        office.storage,
        POLICY,
        known=[PasswordPolicy()],
        by=WinBooksAdministration(),
    ).total
    return {outcome.name.lower(): found[outcome] for outcome in StoredPasswordOutcome}


class TestSignIn:
    """
    A stored password that breaks the policy leads to more and more.  [S44]
    """

    @pytest.mark.parametrize(
        "now", [DECEMBER, JANUARY, FEBRUARY - timedelta(seconds=1)]
    )
    def test_before_the_notice(self, office: Office, now: datetime) -> None:
        """
        Nothing is said, and the product can see what is broken.
        """
        office.clock.now = now

        signed_in = sign_in(office)

        assert signed_in.notice is None
        assert ["password.too_short"] == [each.code for each in signed_in.broken_rules]

    def test_notice(self, office: Office) -> None:
        """
        They are signed in, and told until when they have time.
        """
        office.clock.now = FEBRUARY

        assert PasswordNotice("2027-04-01") == sign_in(office).notice

    def test_change(self, office: Office) -> None:
        """
        They have to change it first, and can.
        """
        office.clock.now = APRIL

        with pytest.raises(PasswordChangeRequired) as caught:
            sign_in(office)

        assert ["sign_in.password_outgrown", "password.too_short"] == [
            each.code for each in caught.value.problems
        ]
        assert 403 == problem_details(caught.value)["status"]
        office.portal.own_login.change_password(ADA.winbooks_id, PASSWORD, LONG)
        assert SignedIn(user=ADA, broken_rules=()) == attrs.evolve(
            sign_in(office, LONG), user=ADA
        )

    def test_refusal(self, office: Office) -> None:
        """
        It opens nothing, not even its change; a link does.
        """
        office.clock.now = JULY

        with pytest.raises(PasswordRefused) as caught:
            sign_in(office)
        with pytest.raises(PasswordRefused):
            office.portal.own_login.change_password(ADA.winbooks_id, PASSWORD, LONG)

        assert "sign_in.password_refused" == caught.value.problems[0].code
        assert 403 == problem_details(caught.value)["status"]
        office.forget_password(ADA.winbooks_id)
        office.portal.own_login.set_password(office.token_to("ada@example.org"), LONG)
        assert () == sign_in(office, LONG).broken_rules

    @pytest.mark.parametrize("now", [DECEMBER, FEBRUARY, APRIL, JULY])
    def test_a_password_that_keeps_the_policy(
        self, office: Office, now: datetime
    ) -> None:
        """
        It signs in on every day, and is known as one from then on.
        """
        office.add(person("alan", Level.USER), password=LONG)
        office.clock.now = now

        signed_in = office.portal.sign_in.verify(
            person("alan", Level.USER).winbooks_id, LONG
        )

        assert ((), None) == (signed_in.broken_rules, signed_in.notice)
        stored = office.credential(person("alan", Level.USER))
        assert POLICY.fingerprint == stored.policy

    def test_a_step_back(self, office: Office) -> None:
        """
        What was asked yesterday is asked no more.
        """
        office.clock.now = JULY
        with pytest.raises(PasswordRefused):
            sign_in(office)

        office.policy = attrs.evolve(
            POLICY, rollout=attrs.evolve(ROLLOUT, refusal=None)
        )
        with pytest.raises(PasswordChangeRequired):
            sign_in(office)
        back = attrs.evolve(ROLLOUT, change=None, refusal=None)
        office.policy = attrs.evolve(POLICY, rollout=back)

        assert PasswordNotice("") == sign_in(office).notice

    @pytest.mark.parametrize("now", [APRIL, JULY])
    def test_on_web(self, office: Office, now: datetime) -> None:
        """
        Their password is on Web's, so nothing is asked of it here.
        """
        office.run(
            lambda unit: unit.credentials.put(
                Credential(
                    user_id=ON_WEB.id,
                    password_hash=office.hasher.hash(PASSWORD),
                    policy=PasswordPolicy().fingerprint,
                )
            )
        )
        office.clock.now = now

        signed_in = office.portal.sign_in.verify(ON_WEB.winbooks_id, PASSWORD)

        assert signed_in.notice is None
        assert ["password.too_short"] == [each.code for each in signed_in.broken_rules]
        assert ON_WEB == office.portal.sign_in.prove_owner(ON_WEB.winbooks_id, PASSWORD)

    @pytest.mark.parametrize("now", [APRIL, JULY])
    @pytest.mark.parametrize(
        "breached,code",
        [(None, "password.no_leaked_passwords"), (Away(), "password.breach_unknown")],
    )
    def test_a_look_up_that_failed(
        self, office: Office, now: datetime, breached: Away | None, code: str
    ) -> None:
        """
        A service that is away forces no one to change anything.
        """
        office.policy = PasswordPolicy(breach_check=BreachCheck.ALWAYS, rollout=ROLLOUT)
        office.clock.now, office.breached = now, breached

        signed_in = sign_in(office)

        assert signed_in.notice is None
        assert [code] == [each.code for each in signed_in.broken_rules]
        assert "" == broken_by(office.credential(ADA).policy)

    def test_an_initial_password(self, office: Office) -> None:
        """
        It has to be changed anyway, and can be.
        """
        initial = attrs.evolve(office.credential(ADA), must_change=True)
        office.run(lambda unit: unit.credentials.put(initial))
        office.clock.now = JULY

        with pytest.raises(PasswordChangeRequired) as caught:
            sign_in(office)
        office.portal.own_login.change_password(ADA.winbooks_id, PASSWORD, LONG)

        assert ["sign_in.password_change_required"] == [
            each.code for each in caught.value.problems
        ]


class TestNewPasswords:
    """
    Every way to a new password asks the policy of the day.  [S44]
    """

    def test_a_change(self, office: Office) -> None:
        """
        What is accepted on the last day before is refused on the first.
        """
        new = Password("Another-Horse-2")
        office.clock.now = JANUARY
        with pytest.raises(InvalidFields):
            office.portal.own_login.change_password(ADA.winbooks_id, PASSWORD, new)

        office.clock.now = JANUARY - timedelta(seconds=1)
        office.portal.own_login.change_password(ADA.winbooks_id, PASSWORD, new)

        assert PasswordPolicy().fingerprint == office.credential(ADA).policy

    @pytest.mark.parametrize("now", [DECEMBER, JANUARY])
    def test_a_link_and_a_reset(self, office: Office, now: datetime) -> None:
        """
        Typed by others, generated, or behind a link.
        """
        new = Password("Another-Horse-2")
        office.clock.now = now
        asked = POLICY.asked_on(now.date())
        office.forget_password(ADA.winbooks_id)
        token = office.token_to("ada@example.org")

        generated = office.portal.logins.reset_password(
            GRACE, GeneratedPassword(), mailed=False, by=ADA
        )
        assert generated is not None
        assert asked.fingerprint == office.credential(GRACE).policy
        grace = office.stored(GRACE)
        assert grace is not None
        if now == DECEMBER:
            office.portal.logins.reset_password(grace, new, mailed=False, by=ADA)
            office.portal.own_login.set_password(token, new)
        else:
            with pytest.raises(InvalidFields):
                office.portal.logins.reset_password(grace, new, mailed=False, by=ADA)
            with pytest.raises(InvalidFields):
                office.portal.own_login.set_password(token, new)

    def test_forms(self, office: Office) -> None:
        """
        A product's own forms ask the judge of today.
        """
        office.clock.now = DECEMBER
        portal = office.portal

        assert PasswordPolicy() == portal.judge.policy
        office.clock.now = JANUARY
        assert POLICY == portal.judge.policy


class TestProgress:
    """
    What a sign-in learns is counted.
    """

    def test_counts(self, office: Office) -> None:
        """
        What was unknown is seen to keep the policy, or to break it.
        """
        office.add(person("alan", Level.USER), password=LONG)
        for user in (ADA, person("alan", Level.USER)):
            put(office, attrs.evolve(office.credential(user), policy="0" * 64))
        assert {"safe": 0, "breaks": 0, "check_at_sign_in": 1, "unknown": 2} == (
            counts(office) | {"check_at_sign_in": 1}
        )

        office.clock.now = FEBRUARY
        sign_in(office)
        office.portal.sign_in.verify(person("alan", Level.USER).winbooks_id, LONG)

        found = counts(office)
        assert (1, 1, 0) == (found["safe"], found["breaks"], found["unknown"])

    def test_nothing_is_learnt_without_a_rollout(self, office: Office) -> None:
        """
        Whether a password breaks a policy is written down while that is rolled out.
        """
        office.policy = PasswordPolicy(min_length=16)

        sign_in(office)

        assert PasswordPolicy().fingerprint == office.credential(ADA).policy
