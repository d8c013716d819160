"""
Which password policies can a product have?
"""

from typing import Any, Final

from hypothesis import assume
from hypothesis import strategies as st

from ...errors import Invalid
from ...passwords import PasswordPolicy
from ...passwords.work import TooLarge


__all__ = ["password_policies"]

#: At least five of each kind, and a letter that is of none.
_ALLOWED: Final = "abcdefghéABCDEFGHÉ23456789!?-_.+字"

_WORDS: Final = ("winbooks", "welkom", "bonjour", "azerty", "2026", "Abc!")


@st.composite
def password_policies(draw: st.DrawFn) -> PasswordPolicy:
    """
    Draw a policy that can be met: lengths, kinds and up to four other rules.

    Rules about guessing are left off: they take an estimate or a look-up.
    """
    rules = draw(st.sets(st.sampled_from(sorted(_RULES)), max_size=4))
    settings: dict[str, Any] = {
        "min_length": draw(st.integers(1, 20)),
        "max_length": draw(st.integers(64, 160)),
        "min_kinds": draw(st.integers(0, 4)),
        **{rule: draw(_RULES[rule]) for rule in sorted(rules)},
    }
    try:
        return PasswordPolicy(**settings)
    except Invalid as invalid:  # pragma: no cover  One draw in many thousands.
        # Long, and of many rules: whether it can be met takes too long to find out.
        assume(not any(isinstance(each, TooLarge) for each in invalid.problems))
        raise


_FEW: Final = st.integers(0, 3)
_WORD_LISTS: Final = st.lists(
    st.sampled_from(_WORDS), min_size=1, max_size=3, unique=True
).map(tuple)

#: Together they leave two kinds without a limit, so that no length is out of
#: reach, and some characters of every kind.
_RULES: Final[dict[str, st.SearchStrategy[Any]]] = {
    "min_lower": _FEW,
    "min_upper": _FEW,
    "min_digits": _FEW,
    "min_special": _FEW,
    "max_digits": st.integers(3, 6),
    "max_special": st.integers(3, 6),
    "allowed_characters": st.just(_ALLOWED),
    "forbidden_characters": st.sampled_from((" ", "aA8!", "\u00a7€")),
    "forbidden_words": _WORD_LISTS,
    "forbidden_spellings": _WORD_LISTS,
    "denied": _WORD_LISTS,
    "denied_spellings": _WORD_LISTS,
    "max_run": st.integers(1, 4),
}
