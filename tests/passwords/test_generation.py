"""
How many passwords are accepted, and how is one of them drawn?
"""

import itertools
import math
import string
from collections import Counter
from collections.abc import Callable, Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from winbooks_identity.errors import Invalid
from winbooks_identity.passwords import Password, PasswordPolicy
from winbooks_identity.passwords.alphabet import (
    PRINTABLE_ASCII,
    UNAMBIGUOUS,
    AlphabetEmpty,
    AlphabetRepeats,
    AlphabetUnusable,
)
from winbooks_identity.passwords.automaton import Machine
from winbooks_identity.passwords.counting import Ranking
from winbooks_identity.passwords.parts import PlainStart
from winbooks_identity.passwords.sampling import (
    LengthNotAccepted,
    NothingToGenerate,
    number_below,
)


PORTAL = PasswordPolicy()
RARE = PasswordPolicy(min_length=1, min_kinds=0, min_lower=3, min_upper=3)


def bytes_of(numbers: Iterator[int]) -> Callable[[int], bytes]:
    """
    Return a source of chance that gives these numbers, one after the other.
    """
    return lambda size: bytes(itertools.islice(numbers, size))


class TestCount:
    """
    How many passwords are accepted is known exactly.
    """

    @pytest.mark.parametrize(
        "length, alphabet, count",
        [
            (12, PRINTABLE_ASCII, 536365096923054294152400),
            (16, PRINTABLE_ASCII, 43966542166845205317987336676800),
            (20, PRINTABLE_ASCII, 3584315358215781339930539979890592558000),
            (12, PRINTABLE_ASCII.replace(" ", ""), 472594068432420501405696),
            (11, PRINTABLE_ASCII, 0),
            (129, PRINTABLE_ASCII, 0),
            (12, "abc", 0),
            (12, "abcABC", 0),
        ],
    )
    def test_portal(self, length: int, alphabet: str, count: int) -> None:
        """
        The Portal's policy, by length and alphabet.
        """
        assert count == PORTAL.count(length, alphabet=alphabet)

    @pytest.mark.parametrize("length", [12, 16, 20])
    def test_agrees_with_inclusion_and_exclusion(self, length: int) -> None:
        """
        All strings, less those of at most two kinds.
        """
        sizes = (25, 24, 8, 16)
        pairs = sum((a + b) ** length for a, b in itertools.combinations(sizes, 2))
        singles = sum(size**length for size in sizes)

        assert sum(sizes) ** length - pairs + 2 * singles == PORTAL.count(length)

    def test_entropy_of_the_default(self) -> None:
        """
        A generated password of the default length is worth 99 bits.
        """
        assert 99.034 == round(math.log2(PORTAL.count(16)), 3)

    @pytest.mark.parametrize(
        "alphabet, problems",
        [
            ("", (AlphabetEmpty(),)),
            ("aab", (AlphabetRepeats(),)),
            ("ae\u0301", (AlphabetUnusable(),)),
            ("a\na", (AlphabetRepeats(), AlphabetUnusable())),
        ],
    )
    def test_refuses_an_unsound_alphabet(
        self, alphabet: str, problems: tuple[object, ...]
    ) -> None:
        """
        Strings that are not canonical, or counted twice, are not counted.
        """
        with pytest.raises(Invalid) as caught:
            PORTAL.count(12, alphabet=alphabet)

        assert problems == caught.value.problems


class TestAlphabet:
    """
    The default alphabet is without look-alikes.
    """

    def test_sizes(self) -> None:
        """
        25 small letters, 24 capitals, 8 digits and 16 special characters.
        """
        counted = Counter(
            "lower"
            if c in string.ascii_lowercase
            else "upper"
            if c in string.ascii_uppercase
            else "digit"
            if c in string.digits
            else "special"
            for c in UNAMBIGUOUS
        )

        assert {"lower": 25, "upper": 24, "digit": 8, "special": 16} == counted

    def test_has_no_look_alikes(self) -> None:
        """
        Nothing that is read for something else, and nothing behind AltGr.
        """
        assert set(UNAMBIGUOUS).isdisjoint("0O1lI|@#{[]}\\~^`'\"<>& ")


class TestGenerate:
    """
    A generated password is drawn uniformly from what the policy accepts.  [R16]
    """

    @given(st.integers(12, 128))
    def test_every_one_is_accepted(self, length: int) -> None:
        """
        The Portal never refuses its own password, whatever its length.
        """
        password = PORTAL.generate(length).reveal()

        assert ((), length) == (PORTAL.check(password), len(password))

    def test_is_a_secret_of_sixteen(self) -> None:
        """
        The default length is 16, and the result is masked.
        """
        password = PORTAL.generate()

        assert isinstance(password, Password)
        assert 16 == len(password.reveal())

    def test_two_draws_differ(self) -> None:
        """
        The operating system's randomness is the source.  [R17]
        """
        assert PORTAL.generate().reveal() != PORTAL.generate().reveal()

    @pytest.mark.parametrize("length", [0, 11, 129])
    def test_refuses_a_length_outside_the_policy(self, length: int) -> None:
        """
        The problem says which lengths there are.
        """
        with pytest.raises(Invalid) as caught:
            PORTAL.generate(length)

        assert (LengthNotAccepted(12, 128),) == caught.value.problems

    @pytest.mark.parametrize("alphabet", ["abc", "abcABC"])
    def test_refuses_an_alphabet_without_passwords(self, alphabet: str) -> None:
        """
        Two kinds never make three.
        """
        with pytest.raises(Invalid) as caught:
            PORTAL.generate(alphabet=alphabet)

        assert (NothingToGenerate(),) == caught.value.problems

    def test_refuses_an_alphabet_that_favours_a_character(self) -> None:
        """
        What stands twice would be drawn twice as often.
        """
        with pytest.raises(Invalid) as caught:
            PORTAL.generate(alphabet="aaB1!")

        assert (AlphabetRepeats(),) == caught.value.problems

    @pytest.mark.parametrize(
        "policy",
        [
            PORTAL,
            PasswordPolicy(max_run=1, min_digits=3),
            PasswordPolicy(min_length=1, min_kinds=2, min_special=15),
            PasswordPolicy(allowed_characters="a!=+-", min_kinds=2),
        ],
        ids=["plain", "rules", "mostly signs", "by number"],
    )
    def test_a_plain_start(self, policy: PasswordPolicy) -> None:
        """
        A letter or digit comes first, where that is asked for.
        """
        drawn = [policy.generate(16, plain_start=True).reveal() for _ in range(100)]

        assert all(text[0].isalnum() and not policy.check(text) for text in drawn)

    def test_a_plain_start_is_uniform(self) -> None:
        """
        Each of the possible first characters comes as often as the others.
        """
        policy = PasswordPolicy(min_length=1, min_kinds=0)

        first = Counter(
            policy.generate(1, alphabet="ab=+", plain_start=True).reveal()
            for _ in range(4_000)
        )

        assert {"a", "b"} == first.keys()
        assert abs(first["a"] - first["b"]) < 5 * 4_000**0.5

    def test_a_plain_start_that_hardly_ever_comes(self) -> None:
        """
        It is not waited for: the number of such a password is drawn.
        """
        policy = PasswordPolicy(min_length=1, min_kinds=0, min_special=127)

        text = policy.generate(128, alphabet="a=", plain_start=True).reveal()

        assert "a" + 127 * "=" == text
        assert 1 == policy.count(128, alphabet="a=", plain_start=True)

    @given(
        st.builds(
            PasswordPolicy,
            min_length=st.just(1),
            min_kinds=st.integers(0, 2),
            max_run=st.sampled_from([None, 1, 2]),
            forbidden_words=st.sampled_from([(), ("ab",), ("=a",)]),
        )
    )
    def test_plain_starts_are_counted(self, policy: PasswordPolicy) -> None:
        """
        So the entropy of what is drawn is known exactly.
        """
        alphabet = "aB1=+"
        accepted = {
            text
            for text in map("".join, itertools.product(alphabet, repeat=3))
            if text[0].isalnum() and not policy.check(text)
        }
        machine = Machine(policy, alphabet=alphabet, plain_start=True)
        ranking = Ranking(machine, 3)

        assert len(accepted) == policy.count(3, alphabet=alphabet, plain_start=True)
        assert accepted == set(map(ranking.password, range(ranking.total)))
        assert len(accepted) == ranking.total

    def test_no_plain_start(self) -> None:
        """
        Where every password begins with a sign, that is said.
        """
        policy = PasswordPolicy(min_kinds=1, allowed_characters="=+")

        with pytest.raises(Invalid) as caught:
            policy.generate(plain_start=True, alphabet="=+")

        assert (NothingToGenerate(),) == caught.value.problems

    def test_follows_further_rules(self) -> None:
        """
        What the policy asks beyond the kinds is followed too.
        """
        policy = PasswordPolicy(max_run=1, min_digits=3, forbidden_words=["ab", "ba"])

        assert all(not policy.check(policy.generate().reveal()) for _ in range(200))

    @pytest.mark.parametrize("alphabet", ["aB1€", "aB1\U0001f600"])
    def test_draws_from_any_alphabet(self, alphabet: str) -> None:
        """
        Characters beyond Latin-1 are drawn too.
        """
        password = PORTAL.generate(alphabet=alphabet).reveal()

        assert not PORTAL.check(password)
        assert set(password) <= set(alphabet)

    def test_gives_up_where_other_rules_refuse_everything(self) -> None:
        """
        Rules that no automaton decides are asked for each draw, not for ever.
        """
        policy = PasswordPolicy(min_kinds=0, min_unfamiliar=3)

        with pytest.raises(Invalid) as caught:
            policy.generate(12, alphabet="ab")

        assert (NothingToGenerate(),) == caught.value.problems

    def test_finds_the_needle(self) -> None:
        """
        Where one string in millions is accepted, it is drawn at once.
        """
        policy = PasswordPolicy(min_kinds=0, min_digits=15)
        password = policy.generate(16, alphabet=string.ascii_letters + "7").reveal()

        assert password.count("7") >= 15

    def test_refuses_chance_that_never_varies(self) -> None:
        """
        A broken source of chance does not hang the caller.
        """
        with pytest.raises(ValueError, match="never varies"):
            RARE.generate(6, alphabet="aB", randomness=lambda size: b"\xff" * size)

    def test_a_short_draw_is_thrown_away(self) -> None:
        """
        When too many bytes are dropped, all are drawn again.

        Of the first 34 bytes fifteen are kept, of every kind, and one is missing.
        """
        surplus, rest = [255] * 19, itertools.cycle([0, 25, 49, 57])
        source = bytes_of(itertools.chain(surplus, rest))

        assert "!aA2" * 4 == PORTAL.generate(randomness=source).reveal()

    def test_three_kinds_are_enough(self) -> None:
        """
        A draw with no more kinds than are asked for is as good as any.
        """
        source = bytes_of(itertools.cycle([0, 25, 49]))

        assert "aA2aA2aA2aA2aA2a" == PORTAL.generate(randomness=source).reveal()

    def test_the_longest(self) -> None:
        """
        A password may be as long as the policy accepts.
        """
        assert 128 == len(PORTAL.generate(128).reveal())


class TestUniform:
    """
    Each accepted password is as likely as any other.
    """

    def test_ranking_is_a_bijection(self) -> None:
        """
        Every number has its own password, and every accepted string its number.
        """
        policy = PasswordPolicy(min_length=1, max_run=2, forbidden_words=["b1"])
        ranking = Ranking(Machine(policy, alphabet="acbC1!"), 5)
        accepted = {
            "".join(one)
            for one in itertools.product("acbC1!", repeat=5)
            if not policy.check("".join(one))
        }

        assert len(accepted) == ranking.total
        assert accepted == {ranking.password(n) for n in range(ranking.total)}

    def test_a_byte_chooses_its_character_evenly(self) -> None:
        """
        Of 256 bytes, 219 stand for the 73 characters, three each.
        """
        policy = PasswordPolicy(min_length=1, min_kinds=0)
        drawn = Counter(
            policy.generate(1, randomness=bytes_of(itertools.repeat(byte))).reveal()
            for byte in range(219)
        )

        assert dict.fromkeys(UNAMBIGUOUS, 3) == drawn

    @pytest.mark.parametrize("byte", [219, 237, 255])
    def test_a_byte_too_many_chooses_nothing(self, byte: int) -> None:
        """
        The other 37 would make some characters likelier, so they are dropped.
        """
        policy = PasswordPolicy(min_length=1, min_kinds=0)
        source = bytes_of(itertools.chain([byte], itertools.repeat(1)))

        assert UNAMBIGUOUS[1] == policy.generate(1, randomness=source).reveal()

    def test_a_number_too_large_is_drawn_again(self) -> None:
        """
        Of the eight numbers of three bits, five are kept: 0 to 4.
        """
        source = bytes_of(number << 5 for number in (7, 5, 4))

        assert 4 == number_below(5, source)

    def test_digits_are_as_frequent_as_they_should_be(self) -> None:
        """
        The mean number of digits is that of the uniform law, within five sigma.
        """
        policy = PasswordPolicy(min_length=4)
        alphabet = "aB1!"
        accepted = [
            "".join(one)
            for one in itertools.product(alphabet, repeat=4)
            if not policy.check("".join(one))
        ]
        mean = sum(one.count("1") for one in accepted) / len(accepted)
        draws = 20_000
        drawn = sum(
            policy.generate(4, alphabet=alphabet).reveal().count("1")
            for _ in range(draws)
        )

        assert abs(drawn / draws - mean) < 5 * 0.8 / math.sqrt(draws)


def test_a_plain_start_mentions_no_character() -> None:
    """
    It is for drawing from an alphabet, which names them all.
    """
    start = PlainStart()

    assert frozenset() == start.mentioned
    assert ("may", "") == (start.symbol("a"), start.symbol("-"))
