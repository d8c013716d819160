"""
What can a policy ask, and what is known of each of its rules?

The rules are data here.  Whatever reads them (checking, counting, comparing,
describing) takes `Rules`; `policy.PasswordPolicy` is the face on top.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from functools import cached_property
from types import MappingProxyType
from typing import Any, Final, cast

import attrs

from .breached import BreachCheck
from .canonical import Kind
from .limits import MAX_LENGTH_CEILING, distinct_characters, distinct_words


__all__ = ["OFF", "UNASKED", "Rules", "is_no_stricter", "meaning", "merged"]


def _smaller(one: int | None, other: int | None) -> int | None:
    numbers = [number for number in (one, other) if number is not None]
    return min(numbers, default=None)


def _shared(one: str | None, other: str | None) -> str | None:
    if one is None or other is None:
        return other if one is None else one
    return "".join(set(one) & set(other))


def _joined(one: Any, other: Any) -> Any:  # noqa: ANN401  Texts or tuples of texts.
    return one + other


def _stricter(one: BreachCheck, other: BreachCheck) -> BreachCheck:
    return max(one, other, key=list(BreachCheck).index)


def _by_length(words: Iterable[str]) -> Mapping[int, frozenset[str]]:
    found: defaultdict[int, set[str]] = defaultdict(set)
    for word in words:
        found[len(word)].add(word)
    return {length: frozenset(some) for length, some in found.items()}


def _facts(
    merge: Callable[[Any, Any], Any],
    *,
    off: Any = None,  # noqa: ANN401  Each rule has a type of its own.
    is_decidable: bool = True,
) -> dict[str, Any]:
    """
    Return what is known of a rule.

    Args:
        merge: returns the stricter of two.
        off: what the rule says when it asks for nothing.
        is_decidable: whether an automaton can decide it.
    """
    return {"merge": merge, "off": off, "is_decidable": is_decidable}


@attrs.frozen(kw_only=True, cache_hash=True)
class Rules:
    """
    The rules of a policy, as plain data.

    Args:
        min_length: the minimum number of characters.
        max_length: the most, never under 64, so that pass phrases fit.
        min_kinds: how many of the four kinds occur, whichever they are.
        min_lower: how many lower case letters there are at least.
        min_upper: how many upper case letters there are at least.
        min_digits: how many digits there are at least.
        min_special: how many special characters there are at least.
        max_lower: how many lower case letters there are at most.
        max_upper: how many upper case letters there are at most.
        max_digits: how many digits there are at most.
        max_special: how many special characters there are at most.
        allowed_characters: the only ones that occur.
        forbidden_characters: those that do not occur.
        forbidden_words: what occurs nowhere, in lower or upper case.
        forbidden_spellings: what occurs nowhere in exactly this spelling.
        denied: what is refused as a whole password, in lower or upper case.
        denied_spellings: what is refused as a whole in exactly this spelling.
        max_run: how often a character follows itself at most.
        min_unfamiliar: how many different characters there are at least outside
            of familiar words: those of the word lists, and personal ones.
        word_lists: the names of word lists; see `words.WORD_LISTS`.
        personal_words: whether what others know of the person is familiar.
        refuse_familiar: whether a familiar word is refused wherever it stands.
        min_strength: the least score of a strength estimator, from 0 to 4.
        breach_check: whether a password that has leaked is refused.
    """

    min_length: int = attrs.field(default=12, metadata=_facts(max, off=1))
    max_length: int = attrs.field(
        default=128, metadata=_facts(min, off=MAX_LENGTH_CEILING)
    )
    min_kinds: int = attrs.field(default=3, metadata=_facts(max, off=0))
    min_lower: int = attrs.field(default=0, metadata=_facts(max, off=0))
    min_upper: int = attrs.field(default=0, metadata=_facts(max, off=0))
    min_digits: int = attrs.field(default=0, metadata=_facts(max, off=0))
    min_special: int = attrs.field(default=0, metadata=_facts(max, off=0))
    max_lower: int | None = attrs.field(default=None, metadata=_facts(_smaller))
    max_upper: int | None = attrs.field(default=None, metadata=_facts(_smaller))
    max_digits: int | None = attrs.field(default=None, metadata=_facts(_smaller))
    max_special: int | None = attrs.field(default=None, metadata=_facts(_smaller))
    allowed_characters: str | None = attrs.field(
        default=None,
        converter=attrs.converters.optional(distinct_characters),
        metadata=_facts(_shared),
    )
    forbidden_characters: str = attrs.field(
        default="", converter=distinct_characters, metadata=_facts(_joined, off="")
    )
    forbidden_words: tuple[str, ...] = attrs.field(
        default=(), converter=distinct_words, metadata=_facts(_joined, off=())
    )
    forbidden_spellings: tuple[str, ...] = attrs.field(
        default=(), converter=distinct_words, metadata=_facts(_joined, off=())
    )
    denied: tuple[str, ...] = attrs.field(
        default=(), converter=distinct_words, metadata=_facts(_joined, off=())
    )
    denied_spellings: tuple[str, ...] = attrs.field(
        default=(), converter=distinct_words, metadata=_facts(_joined, off=())
    )
    max_run: int | None = attrs.field(default=None, metadata=_facts(_smaller))
    min_unfamiliar: int = attrs.field(
        default=0, metadata=_facts(max, off=0, is_decidable=False)
    )
    word_lists: tuple[str, ...] = attrs.field(
        default=(),
        converter=distinct_words,
        metadata=_facts(_joined, off=(), is_decidable=False),
    )
    personal_words: bool = attrs.field(
        default=False, metadata=_facts(max, off=False, is_decidable=False)
    )
    refuse_familiar: bool = attrs.field(
        default=False, metadata=_facts(max, off=False, is_decidable=False)
    )
    min_strength: int = attrs.field(
        default=0, metadata=_facts(max, off=0, is_decidable=False)
    )
    breach_check: BreachCheck = attrs.field(
        default=BreachCheck.OFF,
        converter=BreachCheck,
        metadata=_facts(_stricter, off=BreachCheck.OFF, is_decidable=False),
    )

    @cached_property
    def is_plain(self) -> bool:
        """
        Tell whether nothing but the length and the number of kinds matters.
        """
        return all(
            getattr(self, field.name) == field.default
            for field in attrs.fields(Rules)
            if field.name not in {"min_length", "max_length", "min_kinds"}
        )

    @cached_property
    def folded_words(self) -> Mapping[int, frozenset[str]]:
        """
        Return the forbidden words without their case, by their length.
        """
        return _by_length(word.casefold() for word in self.forbidden_words)

    @cached_property
    def exact_words(self) -> Mapping[int, frozenset[str]]:
        """
        Return the forbidden spellings, by their length.
        """
        return _by_length(self.forbidden_spellings)

    @cached_property
    def folded_denied(self) -> frozenset[str]:
        """
        Return the denied passwords without their case.
        """
        return frozenset(word.casefold() for word in self.denied)

    @cached_property
    def exact_denied(self) -> frozenset[str]:
        """
        Return the denied spellings.
        """
        return frozenset(self.denied_spellings)

    @property
    def undecidable_rules(self) -> tuple[str, ...]:
        """
        Return the rules in force that no comparison and no count can decide.
        """
        return tuple(
            name
            for name, is_on in (
                ("min_unfamiliar", self.min_unfamiliar > 0),
                ("refuse_familiar", self.refuse_familiar),
                ("min_strength", self.min_strength > 0),
                ("breach_check", self.breach_check is not BreachCheck.OFF),
            )
            if is_on
        )

    def minimum_of(self, kind: Kind) -> int:
        """
        Return how many characters of *kind* there are at least.
        """
        return {
            Kind.LOWER: self.min_lower,
            Kind.UPPER: self.min_upper,
            Kind.DIGIT: self.min_digits,
            Kind.SPECIAL: self.min_special,
        }[kind]

    def maximum_of(self, kind: Kind) -> int | None:
        """
        Return how many characters of *kind* there are at most; `None` is any number.
        """
        return {
            Kind.LOWER: self.max_lower,
            Kind.UPPER: self.max_upper,
            Kind.DIGIT: self.max_digits,
            Kind.SPECIAL: self.max_special,
        }[kind]


#: What each rule that an automaton decides says when it asks for nothing.
OFF: Final = MappingProxyType(
    {
        field.name: field.metadata["off"]
        for field in attrs.fields(Rules)
        if field.metadata["is_decidable"]
    }
)


#: What each rule that no automaton decides says when it was not asked.
UNASKED: Final = MappingProxyType(
    {
        field.name: field.metadata["off"]
        for field in attrs.fields(Rules)
        if not field.metadata["is_decidable"]
    }
)


def merged(one: Rules, other: Rules) -> dict[str, Any]:
    """
    Return every rule of *one* and of *other* by its name, the stricter of each.
    """
    return {
        field.name: field.metadata["merge"](
            getattr(one, field.name), getattr(other, field.name)
        )
        for field in attrs.fields(Rules)
    }


def is_no_stricter(one: Rules, other: Rules) -> bool:
    """
    Tell whether *other* asks for all that *one* asks for, rule by rule.

    Only the rules that an automaton decides count. Where one rule asks for more and
    others make up for it, this does not see it.
    """
    return all(
        meaning(field.metadata["merge"](before, after)) == meaning(after)
        for field in attrs.fields(Rules)
        if field.metadata["is_decidable"]
        and (before := getattr(one, field.name))
        != (after := getattr(other, field.name))
    )


def meaning(value: object) -> object:
    """
    Return what the *value* of a rule says: characters and words have no order.
    """
    if isinstance(value, str | tuple):
        return frozenset(cast("Iterable[str]", value))
    return value
