"""
A judge holds everything that a policy needs to decide about a password.
"""

from collections.abc import Sequence

import pytest

from winbooks_identity import PasswordPolicy
from winbooks_identity.errors import Invalid
from winbooks_identity.passwords import PasswordJudge
from winbooks_identity.passwords.breached import (
    BreachCheck,
    Found,
    LookUp,
    NotFound,
    NotReachable,
    key_of,
)
from winbooks_identity.passwords.stamps import unasked_rules
from winbooks_identity.passwords.strength import Strength


GOOD = "Zv7!qL2#wX9@"
LEAKED = "Summer2019!!"
PERSONAL = PasswordPolicy(personal_words=True, min_unfamiliar=6)
CHECKED = PasswordPolicy(breach_check=BreachCheck.IF_REACHABLE)


class Leaks:
    """
    One leaked password, or a service that is away.
    """

    def __init__(self, *, is_reachable: bool = True) -> None:
        self._is_reachable = is_reachable

    def look_up(self, key: bytes) -> LookUp:
        """
        Return what is known about the password with this key.
        """
        if not self._is_reachable:
            return NotReachable()
        return Found(3) if key == key_of(LEAKED) else NotFound()


class EverythingIsWeak:
    """
    An estimator that trusts nothing.
    """

    def estimate(self, text: str, words: Sequence[str]) -> Strength:
        """
        Return the lowest score, whatever *text* is.
        """
        del text, words
        return Strength(score=0, guesses_log10=0.0, advice=(), estimator="test")


class TestJudge:
    """
    The judge passes on what it was given.
    """

    def test_personal_texts_are_familiar(self) -> None:
        """
        What others know of the person counts for nothing.
        """
        judge = PasswordJudge(policy=PERSONAL)

        found = judge.check("PeetersJan-2026-Peeters", personal=["Jan", "Peeters"])

        assert ["password.personal_words"] == [each.code for each in found]
        assert judge.check("PeetersJan-2026-Peeters", personal=["Ada"]) == ()

    def test_leaked_passwords_are_refused(self) -> None:
        """
        They are looked up where the judge was wired to.
        """
        judge = PasswordJudge(policy=CHECKED, breached=Leaks())

        assert ["password.breached"] == [
            each.code for each in judge.check(LEAKED, personal=())
        ]

    def test_parse_raises_every_problem(self) -> None:
        """
        What is accepted comes back as a password.
        """
        judge = PasswordJudge()

        assert judge.parse(GOOD, personal=()).reveal() == GOOD
        with pytest.raises(Invalid):
            judge.parse("short", personal=())


class TestStamp:
    """
    The stamp says which rules were really asked.
    """

    @pytest.mark.parametrize(
        "judge,personal,unasked",
        [
            (PasswordJudge(policy=CHECKED, breached=Leaks()), "", ()),
            (
                PasswordJudge(policy=CHECKED, breached=Leaks(is_reachable=False)),
                "",
                ("breach_check",),
            ),
            (PasswordJudge(policy=CHECKED), "", ("breach_check",)),
            (PasswordJudge(policy=PERSONAL), "", ("personal_words",)),
            (PasswordJudge(policy=PERSONAL), "Jan", ()),
            (PasswordJudge(), "", ()),
        ],
    )
    def test_unasked_rules_are_named(
        self, judge: PasswordJudge, personal: str, unasked: tuple[str, ...]
    ) -> None:
        """
        A look-up that failed and a person without a name are not "asked".
        """
        found = judge.judge(GOOD, personal=personal.split())

        assert found.problems == ()
        assert (judge.policy.fingerprint, unasked) == unasked_rules(found.stamp)


class TestGenerate:
    """
    A generated password is accepted for the person.
    """

    def test_no_personal_word_is_drawn(self) -> None:
        """
        Draws with too much of the person in them are thrown away.
        """
        judge = PasswordJudge(policy=PERSONAL)

        drawn = judge.generate(personal=["Jan"])

        assert judge.check(drawn.reveal(), personal=["Jan"]) == ()
        assert judge.stamp_of_generated() == PERSONAL.fingerprint

    def test_one_text_is_a_list_of_one(self) -> None:
        """
        The letters of a single string are not taken one by one.
        """
        judge = PasswordJudge(policy=PERSONAL)

        assert judge.check("PeetersJan-2026-Peeters", personal="Jan Peeters") != ()
        assert len(judge.generate(20, personal="Jan Peeters").reveal()) == 20

    def test_nothing_leaked_is_looked_up(self) -> None:
        """
        Where leaks are away, a policy that always asks still generates.
        """
        judge = PasswordJudge(policy=PasswordPolicy(breach_check=BreachCheck.ALWAYS))

        assert judge.generate(personal=()).reveal()

    def test_an_estimator_that_accepts_nothing(self) -> None:
        """
        It ends in a clear answer, not in endless draws.
        """
        judge = PasswordJudge(
            policy=PasswordPolicy(min_strength=2), estimator=EverythingIsWeak()
        )

        with pytest.raises(Invalid) as caught:
            judge.generate(personal=())

        assert ["password.too_weak"] == [each.code for each in caught.value.problems]
