"""
Which addresses are canonical as they stand, seen at a glance?

A process that meets no others loads no problem, nor anything that finds one.
"""

import re
from typing import Final


__all__ = [
    "MAX_DOMAIN_LENGTH",
    "MAX_LABEL_LENGTH",
    "MAX_LENGTH",
    "MAX_LOCAL_LENGTH",
    "SPECIAL_USE",
    "plain_address",
]

#: Characters; RFC 5321, 4.5.3.1.3, as corrected by errata 1690 of RFC 3696.
MAX_LENGTH: Final = 254

#: Characters before the @ sign; RFC 5321, 4.5.3.1.1.
MAX_LOCAL_LENGTH: Final = 64

#: Characters after the @ sign and between two of its dots; RFC 1035, 2.3.4.
MAX_DOMAIN_LENGTH: Final = 253
MAX_LABEL_LENGTH: Final = 63

#: Endings that no public mail server has: the special-use names of RFC 2606,
#: 6761, 6762, 7686 and 9476, those that ICANN withheld (corp, home, mail in 2018,
#: internal in 2024), and two that routers and resolvers use.
SPECIAL_USE: Final = frozenset(
    {"arpa", "invalid", "local", "localhost", "onion", "test"}
    | {"alt", "corp", "home", "internal", "lan", "localdomain", "mail"}
)

#: Common addresses that are canonical as they stand, so that email-validator need
#: not load: a part of what it takes.  Capitals in the domain are left to it, and
#: local parts of letters only with a capital, as it lowers INFO and the other names
#: of RFC 2142.  No quantifier backtracks: the pattern takes linear time.
_PLAIN: Final = re.compile(
    r"(?![a-z]*+[A-Z][a-zA-Z]*+@)"
    r"[a-zA-Z0-9_+'-]++(?:\.[a-zA-Z0-9_+'-]++)*+@"
    r"(?:[a-z0-9]++(?:-[a-z0-9]++)*+\.)++"
    rf"(?!(?:{'|'.join(sorted(SPECIAL_USE))})\Z)[a-z]{{2,}}+"
)

#: At this length no part of an address can be too long.
_MAX_PLAIN_LENGTH: Final = min(MAX_LOCAL_LENGTH, MAX_LABEL_LENGTH)


def plain_address(text: object) -> str | None:
    """
    Return *text* if it is such an address; other canonical ones take a closer look.
    """
    if not isinstance(text, str) or len(text) > _MAX_PLAIN_LENGTH:
        return None
    plain = _PLAIN.fullmatch(text)
    return None if plain is None else plain[0]
