"""
Whom does a change of policy hit, among those who choose passwords as people do?
"""

from collections import Counter
from pathlib import Path

import pytest

from winbooks_identity.adapters.password_list import choices_in
from winbooks_identity.passwords import PasswordPolicy
from winbooks_identity.passwords.breached import (
    BreachCheck,
    Found,
    LookUp,
    NotFound,
    key_of,
)
from winbooks_identity.passwords.habits import habitual
from winbooks_identity.passwords.named import NIST_MFA, PORTAL, RECOMMENDED
from winbooks_identity.passwords.people import (
    Choice,
    Hit,
    habitual_choices,
    hashed_choices,
    hit,
    private_choices,
    public_choices,
)


LONGER = PasswordPolicy(min_length=14)
CANARY = "Canary-Typed-1972"


class Leaked:
    """
    Knows one password that has leaked.
    """

    def look_up(self, key: bytes) -> LookUp:
        """
        Return whether it is that one.
        """
        return Found(1) if key == key_of("Boekhouding26!") else NotFound()


class TestHit:
    """
    People are counted, by what happens to their passwords.
    """

    def test_the_numbers(self) -> None:
        """
        A password counts for all who have it.
        """
        found = hit(
            PORTAL,
            PasswordPolicy(min_length=13, min_kinds=2),
            [
                Choice("Welkom2026!!", 3),
                Choice("Boekhouding26!", 2),
                Choice("boekhouding26", 5),
                Choice("welkom", 7),
                Choice(None, 11),
            ],
        )

        assert (
            Hit(
                people=28,
                accepted=5,
                refused=3,
                admitted=5,
                unknown=11,
                by_problem={"password.too_short": 3},
                refused_examples=(),
                admitted_examples=(),
                unasked=(),
            )
            == found
        )

    def test_every_broken_rule_counts(self) -> None:
        """
        A password breaks several at once.
        """
        new = PasswordPolicy(min_length=14, min_kinds=4)

        found = hit(PORTAL, new, [Choice("Welkom200026"), Choice("Welkom2026!!")])

        assert {"password.too_short": 2, "password.too_few_kinds": 1} == (
            found.by_problem
        )

    def test_strength_is_estimated_last(self) -> None:
        """
        It takes longest, so it is asked where nothing else refuses.
        """
        new = PasswordPolicy(min_length=13, min_strength=4)

        found = hit(PORTAL, new, [Choice("Welkom2026!!"), Choice("Wachtwoord1234")])

        assert {"password.too_short": 1, "password.too_weak": 1} == found.by_problem

    def test_leaks(self) -> None:
        """
        They are looked up where that is possible, and named where it is not.
        """
        new = PasswordPolicy(breach_check=BreachCheck.ALWAYS)
        choices = [Choice("Boekhouding26!"), Choice("Boekhouding27!")]

        looked_up = hit(PORTAL, new, choices, breached=Leaked())
        left_out = hit(PORTAL, new, choices)

        assert (1, ()) == (looked_up.refused, looked_up.unasked)
        assert (0, ("breach_check",)) == (left_out.refused, left_out.unasked)

    def test_persons_are_not_known(self) -> None:
        """
        A rule about names is named as one that was not asked.
        """
        assert ("personal_words", "breach_check") == hit(
            PORTAL, RECOMMENDED, []
        ).unasked

    def test_a_handful_is_shown_if_it_is_public(self) -> None:
        """
        Three each way, and nothing of a private list.
        """
        public = [Choice(f"Welkom{n}!!", may_be_shown=True) for n in range(2020, 2030)]
        old, new = PORTAL, LONGER

        found = hit(old, new, [Choice(CANARY), *public])
        back = hit(new, old, [Choice("Canary-12345"), *public])

        shown = ("Welkom2020!!", "Welkom2021!!", "Welkom2022!!")
        assert (10, shown, ()) == (
            found.refused,
            found.refused_examples,
            found.admitted_examples,
        )
        assert (11, (), shown) == (
            back.admitted,
            back.refused_examples,
            back.admitted_examples,
        )
        assert "Welkom" not in repr(found)


class TestLists:
    """
    A list is public, made up, or one's own.
    """

    def test_the_public_one(self) -> None:
        """
        Ten thousand passwords, or all of them, the most frequent first.
        """
        choices = [*public_choices(30_000)]

        assert list(public_choices()) == choices[:10_000]
        assert 30_000 == len({choice.text for choice in choices})
        assert Choice("123456", may_be_shown=True) in choices[:3]

    def test_habits(self) -> None:
        """
        The same in every run, and as many one as two words; the languages differ.
        """
        choices = [choice.text for choice in habitual_choices(500)]

        assert choices == [choice.text for choice in habitual_choices(500)]
        assert 1_000 == len(choices)
        assert max(Counter(choices).values()) <= 3
        assert len(set(choices)) > 950

    def test_of_a_private_one_the_public_part_may_be_shown(self) -> None:
        """
        What stands on the public list anyway.
        """
        assert [
            Choice(CANARY),
            Choice("123456", may_be_shown=True),
        ] == list(private_choices([CANARY, "123456"]))

    def test_hashes(self) -> None:
        """
        What is public or made after habits is found, and shown if it is public.
        """
        made = next(iter(habitual("fr-BE", 1)))
        hashes = [(key_of(made), 4), (key_of("123456"), 9), (key_of(CANARY), 1)]

        assert [
            Choice(made, 4),
            Choice("123456", 9, may_be_shown=True),
            Choice(None, 1),
        ] == list(hashed_choices(hashes))


class TestFiles:
    """
    A list is read as it comes, a line at a time.
    """

    @pytest.mark.parametrize(
        "content, expected",
        [
            (b"", []),
            (b"\n\r\n", []),
            (b"Welkom2026!\r\n\n two words \n", ["Welkom2026!", " two words "]),
            (b"\xef\xbb\xbfcaf\xc3\xa9", ["caf\u00e9"]),
            (b"a\xff\n", ["a\udcff"]),
            (b"x" * 30_000 + b"\nafter\n", ["after"]),
            (b"x" * 8_191 + b"\nafter", ["x" * 8_191, "after"]),
        ],
        ids=["empty", "blank", "lines", "UTF-8", "other", "too long", "long"],
    )
    def test_in_clear(
        self, tmp_path: Path, content: bytes, expected: list[str]
    ) -> None:
        """
        A line is a password, its blanks and all.
        """
        file = tmp_path / "list.txt"
        file.write_bytes(content)

        assert expected == [choice.text for choice in choices_in(file)]

    def test_hashes(self, tmp_path: Path) -> None:
        """
        Upper and lower case, with a count or without; what is no hash does not count.
        """
        first, second = key_of("123456").hex(), key_of(CANARY).hex().upper()
        file = tmp_path / "list.txt"
        file.write_text(f"{first}:12 \n# a comment\n{second}\n", encoding="ascii")

        assert [
            Choice("123456", 12, may_be_shown=True),
            Choice(None, 1),
        ] == list(choices_in(file))

    def test_a_looser_policy_lets_public_passwords_in(self) -> None:
        """
        Eight characters of any kind are a third of the public list.
        """
        found = hit(PORTAL, NIST_MFA, public_choices(30_000))

        assert (30_000, 1, 0) == (found.people, found.accepted, found.refused)
        assert found.admitted > 10_000
        assert ("password", "12345678", "123456789") == found.admitted_examples
