"""
Which text is a password, once it no longer matters how it was typed?
"""

import random
import re
import string
import sys
import unicodedata

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from winbooks_identity.errors import Invalid
from winbooks_identity.invisible import HIDDEN, hidden_characters
from winbooks_identity.passwords import PasswordPolicy
from winbooks_identity.passwords.canonical import (
    Kind,
    canonical,
    canonical_spelling,
    categories,
    count_of_kinds,
    counted,
    kind_of,
    kinds_among,
    stands_alone,
    unusable,
)
from winbooks_identity.passwords.problems import (
    CharacterNotAllowed,
    ControlCharacter,
    NotUnicode,
    TooLong,
    UnassignedCharacter,
)
from winbooks_identity.problems import HiddenCharacter, NotText


EVERY_CHARACTER = [chr(point) for point in range(sys.maxunicode + 1)]


def problems_of(raw: object) -> tuple[object, ...]:
    """
    Return why *raw* has no canonical form.
    """
    with pytest.raises(Invalid) as caught:
        canonical(raw)  # type: ignore[arg-type]
    return caught.value.problems


#: What a password can be made of.
VISIBLE = st.characters(exclude_categories=["Cc", "Cs", "Cn", "Zl", "Zp"]).filter(
    lambda character: not [*unusable(character, {"Lo"})]
)


class TestSpelling:
    """
    Spaces become U+0020, the text is composed, nothing else changes.  [R20]
    """

    @pytest.mark.parametrize(
        "space",
        ["\u00a0", "\u1680", "\u2000", "\u200a", "\u202f", "\u205f", "\u3000"],
    )
    def test_maps_every_space(self, space: str) -> None:
        """
        A space that a keyboard or a text editor made special is a plain one.
        """
        assert "a b" == canonical(f"a{space}b")

    def test_maps_all_of_unicodes_spaces(self) -> None:
        """
        No character of the category Zs is left out.
        """
        spaces = [c for c in EVERY_CHARACTER if unicodedata.category(c) == "Zs"]

        assert " " * len(spaces) == canonical("".join(spaces))

    def test_composes(self) -> None:
        """
        A letter and its accent are the composed letter.
        """
        assert "\u00e9" == canonical("e\u0301")

    @pytest.mark.parametrize(
        "text", [" Abc ", "ABC", "\ufb03", "\uff21", "a\u200d\ufe0fb", ""]
    )
    def test_leaves_the_rest(self, text: str) -> None:
        """
        Nothing is trimmed, folded or replaced by something that looks like it.
        """
        assert text == canonical(text)

    @given(st.text(VISIBLE))
    def test_is_reached_in_one_step(self, raw: str) -> None:
        """
        The canonical form of the canonical form is itself.
        """
        assert canonical(raw) == canonical(canonical(raw))


class TestHidden:
    """
    No one sees these characters, so no one can type them again.  [R20]
    """

    @pytest.mark.parametrize(
        "character",
        [
            *("\u00ad", "\u034f", "\u061c", "\u115f", "\u1160", "\u17b4", "\u17b5"),
            *("\u180b", "\u180e", "\u180f", "\u200b", "\u200c", "\u200e", "\u200f"),
            *("\u202a", "\u202e", "\u2060", "\u2064", "\u2066", "\u206f", "\u3164"),
            *("\ufe00", "\ufe0e", "\ufeff", "\uffa0", "\U0001bca0", "\U0001bca3"),
            *("\U0001d173", "\U0001d17a", "\U000e0001", "\U000e0020", "\U000e01ef"),
        ],
    )
    def test_refused(self, character: str) -> None:
        """
        From both ends of each range of Default_Ignorable_Code_Point (UAX #44).
        """
        assert (HiddenCharacter(),) == problems_of(f"a{character}b")

    @pytest.mark.parametrize(
        "character",
        [
            *("\u2800", "\U00016fe4", "\U0001d159", "\ufff9", "\ufffb"),
            *("\U00013430", "\U00013438"),
        ],
    )
    def test_what_else_shows_nothing(self, character: str) -> None:
        """
        Symbols that are empty, and format characters that are not ignorable.
        """
        assert (HiddenCharacter(),) == problems_of(f"a{character}b")

    def test_every_format_character(self) -> None:
        """
        Refused, but for the joiner and what encloses a number, which is seen.

        The latter are Prepended_Concatenation_Mark of Unicode's PropList.txt.
        """
        formats = {
            character
            for character in map(chr, range(sys.maxunicode + 1))
            if "Cf" == unicodedata.category(character)
        }
        seen = {*map(chr, (*range(0x600, 0x606), 0x6DD, 0x70F, 0x890, 0x891, 0x8E2))}
        seen |= {"\U000110bd", "\U000110cd"}

        assert {"\u200d"} | seen == {
            one for one in formats if not [*unusable(one, categories(one))]
        }

    def test_they_are_listed_as_the_class_has_them(self) -> None:
        """
        A form trims what a password is refused for.
        """
        listed = hidden_characters()

        assert len(listed) == len(set(listed))
        assert set(listed) == set(
            re.findall(f"[{HIDDEN}]", "".join(map(chr, range(sys.maxunicode + 1))))
        )

    @pytest.mark.parametrize("joiner", ["\u200d", "\ufe0f"])
    def test_no_joiner_among_allowed_characters(self, joiner: str) -> None:
        """
        Where only some characters are allowed, one that counts for nothing is not.
        """
        allowed = string.ascii_letters + string.digits
        policy = PasswordPolicy(allowed_characters=allowed)

        assert () == policy.check("Abcdefgh1234")
        assert (CharacterNotAllowed(policy.allowed_characters or ""),) == policy.check(
            f"Abcdefgh1234{joiner}"
        )

    @pytest.mark.parametrize(
        "character", ["\u200d", "\ufe0f", "\u00ac", "\u00ae", "\u200a", "\ufe10"]
    )
    def test_accepted(self, character: str) -> None:
        """
        What joins emoji, and the neighbours of the ranges.
        """
        text = f"a{character}b"

        assert text.replace("\u200a", " ") == canonical(text)

    def test_nine_of_them_are_no_characters(self) -> None:
        """
        The Portal's policy wants twelve that can be seen.
        """
        codes = [each.code for each in PasswordPolicy().check("aA1" + "\u200b" * 9)]

        assert ["field.hidden_character"] == codes

    @given(st.text(VISIBLE), st.lists(st.sampled_from("\u200d\ufe0f")), st.randoms())
    def test_what_joins_counts_for_nothing(
        self, text: str, joiners: list[str], chance: random.Random
    ) -> None:
        """
        Put anywhere behind a character, it changes no verdict but that of length.
        """
        policy = PasswordPolicy(
            min_length=3, max_run=2, forbidden_words=["ab"], min_digits=1, max_length=64
        )
        plain = counted(canonical_spelling(text))
        mixed = plain
        for joiner in joiners:
            place = chance.randint(0, len(mixed))
            mixed = mixed[:place] + joiner + mixed[place:]
        assume(canonical_spelling(mixed) == mixed)
        assume(len(mixed) <= 64)

        assert policy.check(plain) == policy.check(mixed)


class TestRefusals:
    """
    What no form can send and no encoding can carry is refused, all of it at once.
    """

    @pytest.mark.parametrize(
        "character", ["\0", "\n", "\x7f", "\x9f", "\u2028", "\u2029"]
    )
    def test_control_characters(self, character: str) -> None:
        """
        Controls and both separators of lines are refused.
        """
        assert (ControlCharacter(),) == problems_of(f"a{character}b")

    @pytest.mark.parametrize("point", [0xD800, 0xDFFF])
    def test_half_a_pair(self, point: int) -> None:
        """
        A lone surrogate is no character.
        """
        assert (NotUnicode(),) == problems_of(f"a{chr(point)}")

    @pytest.mark.parametrize("character", ["\u0378", "\ufffe", "\U0010ffff"])
    def test_unassigned(self, character: str) -> None:
        """
        Unassigned code points and noncharacters are refused.
        """
        assert (UnassignedCharacter(),) == problems_of(character)

    def test_all_at_once(self) -> None:
        """
        Each reason is said once, in one go.
        """
        assert (NotUnicode(), ControlCharacter(), UnassignedCharacter()) == problems_of(
            "\n\ud800\u0378\n"
        )

    @pytest.mark.parametrize("value", [None, 12, b"bytes", ["list"]])
    def test_no_text(self, value: object) -> None:
        """
        Only text is looked at.
        """
        assert (NotText(),) == problems_of(value)

    @pytest.mark.parametrize("character", ["a", "\u00e9"])
    def test_longest(self, character: str) -> None:
        """
        4,096 code points are looked at.
        """
        assert character * 4096 == canonical(character * 4096)

    @pytest.mark.parametrize("character", ["a", "\u0301"])
    def test_too_long(self, character: str) -> None:
        """
        More of them are refused unseen, since composing takes quadratic time.
        """
        assert (TooLong(4096),) == problems_of(character * 4097)


class TestKinds:
    """
    The general category says which of the four kinds a character counts for.  [R18]
    """

    @pytest.mark.parametrize(
        "character, kind",
        [
            ("a", Kind.LOWER),
            ("\u00e9", Kind.LOWER),
            ("\u00df", Kind.LOWER),
            ("A", Kind.UPPER),
            ("\u00c9", Kind.UPPER),
            ("\u01c5", Kind.UPPER),
            ("0", Kind.DIGIT),
            ("\u0663", Kind.DIGIT),
            (" ", Kind.SPECIAL),
            ("\u20ac", Kind.SPECIAL),
            ("_", Kind.SPECIAL),
            ("\U0001f600", Kind.SPECIAL),
            ("\u6f22", None),
            ("\u00aa", None),
            ("\u00b2", None),
            ("\u2167", None),
            ("\u0301", None),
            ("\u200d", None),
        ],
    )
    def test_examples(self, character: str, kind: Kind | None) -> None:
        """
        Case and value count as Unicode has them, not as ASCII has.
        """
        assert kind is kind_of(character)

    def test_every_category_of_symbols_and_punctuation_is_special(self) -> None:
        """
        Punctuation, symbols and the space are special, whichever sort they are.
        """
        special = {
            unicodedata.category(c)
            for c in EVERY_CHARACTER
            if kind_of(c) is Kind.SPECIAL
        }

        assert special == {
            unicodedata.category(c)
            for c in EVERY_CHARACTER
            if unicodedata.category(c)[0] in "PS" or unicodedata.category(c) == "Zs"
        }

    @example("")
    @given(st.text(st.characters(max_codepoint=0x7E, min_codepoint=0x20), max_size=6))
    def test_count_in_ascii(self, text: str) -> None:
        """
        The short way to count kinds in printable ASCII and the long one agree.
        """
        assert len(kinds_among(categories(text))) == count_of_kinds(text)


class TestStandsAlone:
    """
    An alphabet may name only characters that no neighbour changes.
    """

    @pytest.mark.parametrize(
        "character",
        [
            *("\u0301", "\u09be", "\u1160", "\u11ff", "\u00a0", "\u2126"),
            *("\n", "\u0378", "\u2028", "\u2029"),
        ],
    )
    def test_refused(self, character: str) -> None:
        """
        Marks, Korean vowels and finals, and what is spelled otherwise do not.
        """
        assert not stands_alone(character)

    @pytest.mark.parametrize(
        "character", ["a", "\u00e9", " ", "\u6f22", "\u1100", "\u1200"]
    )
    def test_accepted(self, character: str) -> None:
        """
        Letters, spaces and symbols in their canonical spelling do.
        """
        assert stands_alone(character)

    @given(st.text(st.characters().filter(stands_alone)))
    def test_strings_of_them_are_canonical(self, text: str) -> None:
        """
        However they follow each other, nothing composes.
        """
        assert text == canonical_spelling(text)

    def test_nothing_composes_with_what_follows(self) -> None:
        """
        No character that stands alone is the second half of a composed one.
        """
        halves = (
            unicodedata.decomposition(character).split()
            for character in EVERY_CHARACTER
        )
        seconds = {
            chr(int(half[1], 16))
            for half in halves
            if len(half) == 2 and "<" not in half[0]
        }
        composing = {c for c in seconds if stands_alone(c)}

        assert set() == composing
