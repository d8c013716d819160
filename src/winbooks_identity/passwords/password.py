"""
How is a password held, so that it does not leak by accident?
"""

from typing import final

from ..secret import Concealed
from .canonical import canonical


__all__ = ["Password"]


@final
class Password(Concealed):
    """
    A password in its canonical form, which only `reveal` gives out.  [R19]

    It is shown masked however it is printed. It equals nothing but itself, so
    that no comparison of secrets leaks through its timing, and it is neither
    pickled nor turned into JSON. It is no attrs class, so ``attrs.asdict`` of
    something that holds one stops at it.

    >>> password = Password("Correct-Horse-1")
    >>> password
    Password(***)
    >>> password.reveal()
    'Correct-Horse-1'
    """

    __slots__ = ("_text",)

    def __init__(self, text: str) -> None:
        """
        Take *text* in its canonical form.

        Raises:
            Invalid: no password can be spelled like that, under any policy.
        """
        self._text = canonical(text)

    def reveal(self) -> str:
        """
        Return the password in clear, for hashing or for its one showing.
        """
        return self._text
