"""
How does a product in another language prove that it checks like this library?
"""

from collections.abc import Iterator, Mapping
from typing import Final, final

import attrs

from .canonical import Kind
from .checking import broken_rules
from .consistency import witness
from .rules import Rules


__all__ = ["Vector", "vectors_of"]


@final
@attrs.frozen
class Vector:
    """
    A text, and the problems that are to be found in it, in their order.
    """

    password: str
    problems: tuple[tuple[str, Mapping[str, str | int]], ...]


#: Texts on which implementations differ: how they count, compose and classify.
_TEXTS: Final = (
    "",
    "Abcdefghijk1",
    "Abcdefghijk!",
    "ABCDEFGHIJ1!",
    "Abcdefghij k",
    "Ab1!Ab1!Ab1",
    "Ab1!Ab1!Ab1!",
    "abcdefghijkl",
    "            ",
    " Abcdefghij1 ",
    "Abcdefghi\u00e91\u00c9",
    "Abcdefghi1e\u0301",
    "e\u0301" * 12,
    "\u00e9\u00c91\u00e9\u00c91\u00e9\u00c91\u00e9\u00c91",
    "abcdefghij\u00b2\u00b3",
    "abcdefghijk\u0663A",
    "\u00aa" * 11 + "1",
    "\u6f22\u5b57\u6f22\u5b57\u6f22\u5b57\u6f22\u5b57aB1!",
    "Abcdefgh\U0001f600\U0001f600\U0001f600",
    "Abcdefghijk\U0001f600",
    "Abcdefghij\u00a0k",
    "Abcdefghij\u3000k",
    "Abcdefghij\u200dk1",
    "Abcdefghij1\u200d",
    "Abcdefghij1\U0001f469\u200d\U0001f4bb",
    "aA1" + "\u200b" * 9,
    "Abcdefghijk1\u00ad",
    "Abcdefghijk1\ufe0f",
    "\u01c5abcdefghij1",
    "STRA\u1e9eE-stra\u00dfe-1",
    "I\u0130\u0131i-abcdefg1",
    "Abcdefghijk1\n",
    "Abcdefghijk\t1",
    "Abcdefghijk1\u2028",
    "Abcdefghijk1\uffff",
    "aaaaaaaaaaaaaaaB1",
)


def vectors_of(policy: Rules) -> tuple[Vector, ...]:
    """
    Return texts at the edges of *policy*, with what `PasswordPolicy.check` finds.

    Rules that need more than the text are left out.
    """
    texts = dict.fromkeys((*_TEXTS, *_edges(policy)))
    return tuple(
        Vector(
            text,
            tuple(
                (problem.code, problem.params) for problem in broken_rules(policy, text)
            ),
        )
        for text in texts
    )


def _edges(policy: Rules) -> Iterator[str]:
    accepted = witness(policy)
    yield accepted
    yield accepted[1:]
    yield ("aB1!" * policy.max_length)[: policy.max_length]
    yield "aB1!" * 300
    for kind, character in zip(Kind, "aB1!", strict=True):
        for number in (policy.minimum_of(kind), policy.maximum_of(kind)):
            yield character * (number or 0) + "\u00aa" * policy.min_length
            yield character * ((number or 0) + 1) + "\u00aa" * policy.min_length
    run = policy.max_run or 0
    yield from ("aB1!" + "x" * run + "aB1!aB1!", "aB1!" + "x" * (run + 1) + "aB1!aB1!")
    for word in policy.forbidden_words + policy.forbidden_spellings:
        yield from (f"aB1!-{word}-aB1!", f"aB1!-{word.upper()}-aB1!")
    for text in policy.denied + policy.denied_spellings:
        yield from (text, text.upper(), text + "!")
