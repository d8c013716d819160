"""
How is a text built that has so many characters of each kind, and keeps to a policy?

First it is settled how many characters of each kind there are, then they are put
in an order, and then filled in, without those that would complete a forbidden
word or a row that is too long.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import combinations, product
from string import ascii_letters, digits, punctuation
from typing import Final, NamedTuple, Self, TypeAlias, final

import attrs
from hypothesis import reject
from hypothesis import strategies as st

from ...passwords import PasswordPolicy
from ...passwords.canonical import Kind, kind_of


__all__ = ["COMMON", "Recipe"]

#: Letters, digits and signs that Belgian keyboards have beside ASCII, then one
#: of each sort that programs forget: a title case letter, letters without case,
#: a digit of another script, a symbol outside the first 65,536 characters.
_BEYOND_ASCII: Final = "éèçàùâêîôûëïüöÿñœÉÇÀ£€§µ²³°" + "ǅ字א٣\U0001f511"

#: Examples shrink to the first ones.
COMMON: Final = ascii_letters + digits + punctuation + " " + _BEYOND_ASCII

#: How many characters more than the least are used; the most comes on top.
_MORE: Final = 12

#: What a character counts for; `None` is for no kind.
_Counts: TypeAlias = Mapping[Kind | None, int]

_KINDS: Final[tuple[Kind | None, ...]] = (*Kind, None)
_SUBSETS: Final = [
    kinds
    for number in range(1, len(_KINDS) + 1)
    for kinds in combinations(_KINDS, number)
]


@final
@attrs.frozen(kw_only=True)
class Recipe:
    """
    Texts that keep to `policy`, but for what the other fields say.

    Args:
        policy: its lists of characters and words, and its runs, are kept to.
        lengths: how many characters there are.
        kinds: how many of the four kinds occur.
        least: how many characters of each kind there are at least.
        most: how many there are at most.
        pieces: one of them stands in the text, whatever the policy says of it.
    """

    policy: PasswordPolicy
    lengths: Sequence[int]
    kinds: range
    least: _Counts
    most: _Counts
    pieces: Sequence[str] = ("",)

    @classmethod
    def of(cls, policy: PasswordPolicy) -> Self:
        """
        Return the recipe of the texts that *policy* accepts.
        """
        least: _Counts = {kind: policy.minimum_of(kind) for kind in Kind}
        limits = {kind: policy.maximum_of(kind) for kind in Kind}
        most: _Counts = {kind: n for kind, n in limits.items() if n is not None}
        shortest = max(policy.min_length, policy.min_kinds, sum(least.values()))
        longest = policy.max_length
        return cls(
            policy=policy,
            lengths=sorted({*range(shortest, min(shortest + _MORE, longest)), longest}),
            kinds=range(policy.min_kinds, len(Kind) + 1),
            least=least,
            most=most,
        )

    def with_exactly(self, number: int, kind: Kind) -> Self:
        """
        Return the recipe with so many characters of *kind*.
        """
        return attrs.evolve(
            self,
            least={**self.least, kind: number},
            most={**self.most, kind: number},
        )

    def texts(self) -> st.SearchStrategy[str]:
        """
        Return a strategy for the texts; it is empty if there can be none.
        """
        mixes = list(self._mixes())
        return _texts(self, mixes) if mixes else st.nothing()

    def room(self, mix: "_Mix") -> dict[Kind | None, range]:
        """
        Return how many characters of each kind *mix* can have.
        """
        given = Counter(map(kind_of, mix.piece))
        return {
            kind: range(
                max(1, given[kind], self.least.get(kind, 0)),
                self.most.get(kind, mix.length) + 1,
            )
            for kind in mix.kinds
        }

    def _mixes(self) -> Iterator["_Mix"]:
        asked = {kind for kind, least in self.least.items() if least}
        subsets = [
            kinds
            for kinds in _SUBSETS
            if asked <= {*kinds}
            and len({*kinds} - {None}) in self.kinds
            and all(_pool(self.policy, kind) for kind in kinds)
        ]
        for piece, length, kinds in product(self.pieces, self.lengths, subsets):
            if not {*map(kind_of, piece)} <= {*kinds}:
                continue
            mix = _Mix(length, piece, kinds)
            room = self.room(mix).values()
            if (
                all(room)
                and sum(counts[0] for counts in room) <= length
                and sum(counts[-1] for counts in room) >= length
            ):
                yield mix


class _Mix(NamedTuple):
    """
    A length, a piece that is part of the text, and the kinds that occur.
    """

    length: int
    piece: str
    kinds: tuple[Kind | None, ...]

    def __repr__(self) -> str:
        # Hypothesis writes hundreds of them down, and warns of long texts.
        return f"{self.length}"


@lru_cache(maxsize=256)
def _pool(policy: PasswordPolicy, kind: Kind | None) -> str:
    """
    Return the characters of *kind* that *policy* does not rule out.
    """
    allowed = policy.allowed_characters
    return "".join(
        character
        for character in (COMMON if allowed is None else allowed)
        if kind_of(character) is kind and character not in policy.forbidden_characters
    )


@st.composite
def _texts(draw: st.DrawFn, recipe: Recipe, mixes: Sequence[_Mix]) -> str:
    mix = draw(st.sampled_from(mixes))
    slots = draw(_slots(recipe, mix))
    text = ""
    for place, slot in enumerate(draw(st.permutations(slots)), start=1):
        if isinstance(slot, str):
            text += slot
            continue
        fitting = [
            character
            for character in _pool(recipe.policy, slot)
            if _goes_on(recipe.policy, text + character, is_last=place == len(slots))
        ]
        if not fitting:
            # A policy of a handful of characters can lead nowhere.
            reject()  # pragma: no cover  Chance decides whether it does.
        text += draw(st.sampled_from(fitting))
    return text


@st.composite
def _slots(draw: st.DrawFn, recipe: Recipe, mix: _Mix) -> list[str | Kind | None]:
    """
    Draw what the text of *mix* is made of: its piece, and a kind for each character.
    """
    room = recipe.room(mix)
    given = Counter(map(kind_of, mix.piece))
    left = mix.length - sum(counts[0] for counts in room.values())
    elsewhere = sum(len(counts) - 1 for counts in room.values())
    slots: list[str | Kind | None] = [mix.piece] if mix.piece else []
    for kind, counts in room.items():
        spare = len(counts) - 1
        elsewhere -= spare
        more = draw(st.integers(max(0, left - elsewhere), min(spare, left)))
        left -= more
        slots += [kind] * (counts[0] + more - given[kind])
    return slots


def _goes_on(policy: PasswordPolicy, text: str, *, is_last: bool) -> bool:
    """
    Tell whether *text* completes nothing that *policy* refuses.
    """
    folded = text.casefold()
    run = len(text) - len(text.rstrip(text[-1]))
    return (
        (policy.max_run is None or run <= policy.max_run)
        and not any(word.casefold() in folded for word in policy.forbidden_words)
        and not any(word in text for word in policy.forbidden_spellings)
        and not (is_last and folded in policy.folded_denied)
        and not (is_last and text in policy.denied_spellings)
    )
