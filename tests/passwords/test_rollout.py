"""
From when does a policy ask what of whom?
"""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from winbooks_identity.errors import Invalid
from winbooks_identity.passwords import PasswordPolicy
from winbooks_identity.passwords.impact import Stamp, StoredPasswordOutcome
from winbooks_identity.passwords.notation import UnknownRule, WrongType
from winbooks_identity.passwords.rollout import (
    DATES,
    PasswordNotice,
    Rollout,
    RolloutInARollout,
    RolloutOrder,
    RolloutStage,
)
from winbooks_identity.passwords.rules import Rules
from winbooks_identity.passwords.stamps import (
    broken_by,
    stamp_of,
    unasked_rules,
    with_broken,
)


JANUARY, FEBRUARY, APRIL, JULY = (date(2027, month, 1) for month in (1, 2, 4, 7))
DAY = timedelta(days=1)
BEFORE = PasswordPolicy(min_length=10)
ROLLOUT = Rollout(
    asked=JANUARY, notice=FEBRUARY, change=APRIL, refusal=JULY, before=BEFORE
)
POLICY = PasswordPolicy(min_length=14, rollout=ROLLOUT)

DAYS = st.dates(date(2027, 1, 1), date(2027, 12, 31))


@st.composite
def rollouts(draw: st.DrawFn) -> Rollout:
    """
    Draw a rollout of some stages, in order.
    """
    names = [name for name in DATES if draw(st.booleans())]
    days = sorted(draw(st.lists(DAYS, min_size=len(names), max_size=len(names))))
    said: dict[str, Any] = dict(zip(names, days, strict=True))
    return Rollout(**said, before=draw(st.sampled_from([None, BEFORE])))


class TestStages:
    """
    Each day begins a stage, and a stage ends where the next one begins.  [S44]
    """

    @pytest.mark.parametrize(
        "day,stage",
        [
            (JANUARY - DAY, RolloutStage.WAITING),
            (JANUARY, RolloutStage.ASKED),
            (FEBRUARY - DAY, RolloutStage.ASKED),
            (FEBRUARY, RolloutStage.NOTICE),
            (APRIL - DAY, RolloutStage.NOTICE),
            (APRIL, RolloutStage.CHANGE),
            (JULY - DAY, RolloutStage.CHANGE),
            (JULY, RolloutStage.REFUSAL),
            (date(2099, 1, 1), RolloutStage.REFUSAL),
        ],
    )
    def test_each_day(self, day: date, stage: RolloutStage) -> None:
        """
        The first day of a stage belongs to it.
        """
        assert stage is POLICY.stage_on(day)

    @given(rollouts(), DAYS)
    def test_it_never_goes_back(self, rollout: Rollout, day: date) -> None:
        """
        A day later it is as far, or further; and what comes next comes.
        """
        today, tomorrow = rollout.stage_on(day), rollout.stage_on(day + DAY)
        coming = rollout.next_after(day)

        assert today <= tomorrow
        if coming is None:
            assert today is rollout.stage_on(date(2099, 1, 1))
        else:
            stage, first = coming
            assert today < stage
            assert today is rollout.stage_on(first - DAY)
            assert stage is rollout.stage_on(first)

    def test_without_days(self) -> None:
        """
        New passwords are asked at once, and stored ones never.
        """
        assert RolloutStage.ASKED is Rollout().stage_on(JANUARY)
        assert RolloutStage.ASKED is PasswordPolicy().stage_on(JANUARY)

    def test_a_later_stage_alone(self) -> None:
        """
        Where no day is said for new passwords, they are asked from the beginning.
        """
        assert RolloutStage.ASKED is Rollout(change=APRIL).stage_on(JANUARY)

    def test_new_passwords(self) -> None:
        """
        Until the day, the policy before is asked: the Portal's, if none is named.
        """
        unnamed = PasswordPolicy(min_length=14, rollout=Rollout(asked=JANUARY))

        assert BEFORE == POLICY.asked_on(JANUARY - DAY)
        assert PasswordPolicy() == unnamed.asked_on(JANUARY - DAY)
        assert POLICY is POLICY.asked_on(JANUARY)
        plain = PasswordPolicy()
        assert plain is plain.asked_on(JANUARY)

    def test_the_rules_are_the_same_on_every_day(self) -> None:
        """
        A rollout changes neither the fingerprint nor what is checked.
        """
        plain = PasswordPolicy(min_length=14)

        assert plain.fingerprint == POLICY.fingerprint
        assert plain.check("Abcdefghijk1") == POLICY.check("Abcdefghijk1")
        assert POLICY.is_plain


class TestNotice:
    """
    People are told until when they have time.
    """

    @pytest.mark.parametrize(
        "locale,expected",
        [
            ("en", "before 1 April 2027."),
            ("nl", "v\u00f3\u00f3r 1 april 2027."),
            ("fr", "avant le 1 avril 2027."),
            ("de", "vor dem 1 April 2027."),
        ],
    )
    def test_with_a_day(self, locale: str, expected: str) -> None:
        """
        The day is that of the next stage, in words.
        """
        notice = ROLLOUT.notice_on(FEBRUARY)

        assert PasswordNotice("2027-04-01") == notice
        assert notice.message(locale).endswith(expected)

    def test_without_a_day(self) -> None:
        """
        Where no further stage is planned, no day is told.
        """
        notice = Rollout(notice=FEBRUARY).notice_on(FEBRUARY)

        assert PasswordNotice("") == notice
        assert notice.message().endswith("Please change it.")


class TestSense:
    """
    A rollout that means nothing is refused.
    """

    def test_order(self) -> None:
        """
        Every pair of days in the wrong order is named.
        """
        with pytest.raises(Invalid) as caught:
            Rollout(asked=FEBRUARY, notice=JANUARY, refusal=date(2026, 1, 1))

        assert (
            RolloutOrder("asked", "notice"),
            RolloutOrder("notice", "refusal"),
        ) == caught.value.problems

    def test_one_day_for_two_stages(self) -> None:
        """
        The later stage begins.
        """
        rollout = Rollout(notice=APRIL, change=APRIL)

        assert RolloutStage.CHANGE is rollout.stage_on(APRIL)
        assert (RolloutStage.CHANGE, APRIL) == rollout.next_after(JANUARY)

    def test_a_rollout_before_a_rollout(self) -> None:
        """
        What comes before is one policy.
        """
        with pytest.raises(Invalid) as caught:
            PasswordPolicy(rollout=Rollout(before=POLICY))

        assert (RolloutInARollout(),) == caught.value.problems
        with pytest.raises(TypeError, match="a PasswordPolicy is in force"):
            PasswordPolicy(rollout=Rollout(before=Rules()))

    @pytest.mark.parametrize("day", ["2027-01-01", datetime(2027, 1, 1, tzinfo=UTC)])
    def test_a_day_is_a_date(self, day: date) -> None:
        """
        A text or an instant is not taken for one.
        """
        with pytest.raises(TypeError, match="asked is a date"):
            Rollout(asked=day)


class TestNotation:
    """
    A rollout is a table of the policy file.
    """

    @given(rollouts())
    def test_every_notation(self, rollout: Rollout) -> None:
        """
        What is written is read again.
        """
        policy = PasswordPolicy(min_length=14, rollout=rollout)

        assert policy == PasswordPolicy.from_toml(policy.to_toml())
        assert policy == PasswordPolicy.from_json(policy.to_json())
        assert policy == PasswordPolicy.from_mapping(policy.to_mapping())

    def test_as_people_write_it(self) -> None:
        """
        A step back is one line less.
        """
        written = """\
min_length = 14

[rollout]
asked = 2027-01-01
notice = 2027-02-01
change = "2027-04-01"
refusal = 2027-07-01

[rollout.before]
min_length = 10
"""
        back = written.replace("refusal = 2027-07-01\n", "")

        assert POLICY == PasswordPolicy.from_toml(written)
        assert RolloutStage.CHANGE is PasswordPolicy.from_toml(back).stage_on(JULY)

    @pytest.mark.parametrize(
        "said,problem",
        [
            (1, WrongType("rollout", "table")),
            ({"asked": "soon"}, WrongType("rollout.asked", "date")),
            ({"asked": 2027}, WrongType("rollout.asked", "date")),
            (
                {"asked": datetime(2027, 1, 1, tzinfo=UTC)},
                WrongType("rollout.asked", "date"),
            ),
            ({"before": "portal"}, WrongType("rollout.before", "table")),
            ({"notices": "2027-01-01"}, UnknownRule("rollout.notices")),
            (
                {"asked": "2027-02-01", "notice": "2027-01-01"},
                RolloutOrder("asked", "notice"),
            ),
            ({"before": {"min_lenght": 1}}, UnknownRule("min_lenght")),
        ],
    )
    def test_misfits(self, said: object, problem: object) -> None:
        """
        What is no rollout is named.
        """
        with pytest.raises(Invalid) as caught:
            PasswordPolicy.from_mapping({"rollout": said})

        assert (problem,) == caught.value.problems
        assert "rollout" in caught.value.problems[
            0
        ].message() or problem == UnknownRule("min_lenght")

    def test_all_misfits_at_once(self) -> None:
        """
        Those of the rules and those of the rollout.
        """
        with pytest.raises(Invalid) as caught:
            PasswordPolicy.from_mapping({"min_length": "x", "rollout": {"x": 1}})

        assert (
            WrongType("min_length", "integer"),
            UnknownRule("rollout.x"),
        ) == caught.value.problems


class TestStamps:
    """
    A stamp remembers a policy that the password was seen to break.
    """

    @given(st.sampled_from(["", "breach_check"]), st.lists(st.sampled_from("def")))
    def test_the_last_one_stays(self, unasked: str, seen: list[str]) -> None:
        """
        What was asked and what was not stays as it was.
        """
        stamp = begin = stamp_of("abc", filter(None, [unasked]))

        for fingerprint in seen:
            stamp = with_broken(stamp, fingerprint)

        assert unasked_rules(begin) == unasked_rules(stamp)
        assert (seen[-1] if seen else "") == broken_by(stamp)

    def test_it_counts(self) -> None:
        """
        Under that policy it breaks; under another one, it is what it was.
        """
        old = PasswordPolicy()
        stored = with_broken(old.fingerprint, POLICY.fingerprint)
        other = PasswordPolicy(min_length=13)

        found = POLICY.impact([Stamp("A", stored)], [old]).total
        elsewhere = other.impact([Stamp("A", stored)], [old]).total

        assert 1 == found[StoredPasswordOutcome.BREAKS]
        assert 1 == elsewhere[StoredPasswordOutcome.CHECK_AT_SIGN_IN]

    def test_a_stamp_of_the_policy_is_safe_whatever_its_rollout(self) -> None:
        """
        The days of a rollout may move.
        """
        plain = PasswordPolicy(min_length=14)

        found = POLICY.impact([Stamp("A", plain.fingerprint)], [plain]).total

        assert 1 == found[StoredPasswordOutcome.SAFE]
