"""
When are two WinBooks IDs the same, and how is one shown?
"""

from typing import TYPE_CHECKING, Self, final

import attrs

from .plain_address import plain_address


if TYPE_CHECKING:
    from ..problems import Problem


__all__ = ["WinBooksId"]


def _looked_at(text: str) -> "str | tuple[Problem, ...]":
    """
    Return the canonical spelling of *text*, or why it has none.
    """
    if (plain := plain_address(text)) is not None:
        return plain
    from .address import canonical

    return canonical(text)


def _canonical(text: str) -> str:
    """
    Return the canonical spelling of *text*.

    Raises:
        Invalid: it has none.
    """
    spelled = _looked_at(text)
    if isinstance(spelled, str):
        return spelled
    from ..errors import Invalid

    raise Invalid(spelled)


def _checked_key(winbooks_id: "WinBooksId") -> str:
    # Making the key is the check, so none is made of an unchecked address.
    spelled = _canonical(winbooks_id.address)
    if spelled == winbooks_id.address:
        return spelled.lower()
    from ..errors import Invalid
    from .problems import NotCanonical

    raise Invalid((NotCanonical(),))


@final
@attrs.frozen(order=True)
class WinBooksId:
    """
    The unique key of one person to the Portal: an e-mail address.  [R1, R4, R5]

    Two of them are the same, hash and sort by `key` alone, and only among
    themselves: a comparison with plain text would skip the canonical spelling.
    Dots, tags after a plus and look-alikes make different WinBooks IDs.

    >>> ada = WinBooksId.parse("Ada@Example.ORG")
    >>> ada.address, ada.key
    ('Ada@example.org', 'ada@example.org')
    >>> ada == WinBooksId.parse("ADA@example.org")
    True
    >>> [problem.code for problem in WinBooksId.check("ada@example")]
    ['winbooks_id.no_top_level_domain']

    Args:
        address: an address in its canonical spelling, as `parse` makes it.

    Raises:
        Invalid: *address* is none, or is spelled otherwise.
    """

    #: The address as registered, the domain as A-labels: mail goes here.
    address: str = attrs.field(eq=False)

    #: The address in lower case: uniqueness and look-up use this.  [R3, R4]
    key: str = attrs.field(
        init=False, default=attrs.Factory(_checked_key, takes_self=True)
    )

    def __str__(self) -> str:
        return self.address

    def __repr__(self) -> str:
        top_level_domain = self.key.rpartition(".")[2]
        return f"<WinBooksId {self.key[0]}…@….{top_level_domain}>"

    def __reduce__(self) -> tuple[type[Self], tuple[str]]:
        # Copies and pickles go through the constructor, so they are checked too.
        return type(self), (self.address,)

    @classmethod
    def check(cls, text: str) -> "tuple[Problem, ...]":
        """
        Return why *text* is no WinBooks ID; empty means that it is one.
        """
        spelled = _looked_at(text)
        return () if isinstance(spelled, str) else spelled

    @classmethod
    def parse(cls, text: str) -> Self:
        """
        Bring *text* into its canonical spelling and construct.  [R4]

        Blanks around it are not trimmed; a form does that.

        Raises:
            Invalid: *text* is no WinBooks ID.
        """
        spelled = _canonical(text)
        # The constructor would ask email-validator the same once more.
        winbooks_id = cls.__new__(cls)
        object.__setattr__(winbooks_id, "address", spelled)
        object.__setattr__(winbooks_id, "key", spelled.lower())
        return winbooks_id
