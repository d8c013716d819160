"""
How is a password held, so that it does not leak by accident?
"""

from typing import Never, Self, final

from .canonical import canonical


__all__ = ["Password"]


@final
class Password:
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

    def __repr__(self) -> str:
        return "Password(***)"

    def __str__(self) -> str:
        return "***"

    def __format__(self, format_spec: str) -> str:
        return "***"

    def __copy__(self) -> Self:
        return self

    def __deepcopy__(self, memo: dict[int, object]) -> Self:
        return self

    def __getstate__(self) -> Never:
        raise TypeError("a password is not serialised")

    def __reduce_ex__(self, protocol: object) -> Never:
        raise TypeError("a password is not serialised")
