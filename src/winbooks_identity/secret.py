"""
How is something held that must not leave by accident?

Nothing of this module is an attrs class: ``attrs.asdict`` would hand it out, whatever
its ``repr`` says, and so would a pickle or a document in JSON.
"""

from typing import Never, Self, final


__all__ = ["Concealed", "Secret"]


class Concealed:
    """
    Something that is masked, copied as itself, and never serialised.  [S36]
    """

    __slots__ = ()

    def __repr__(self) -> str:
        return f"{type(self).__name__}(***)"

    def __str__(self) -> str:
        return "***"

    def __format__(self, format_spec: str) -> str:
        return "***"

    def __copy__(self) -> Self:
        return self

    def __deepcopy__(self, memo: dict[int, object]) -> Self:
        return self

    def __getstate__(self) -> Never:
        raise TypeError(f"a {type(self).__name__} is not serialised")

    def __reduce_ex__(self, protocol: object) -> Never:
        raise TypeError(f"a {type(self).__name__} is not serialised")


@final
class Secret(Concealed):
    """
    A text that opens something, such as the token of a link; see `reveal`.  [S36]

    It equals nothing but itself.
    """

    __slots__ = ("_text",)

    def __init__(self, text: str) -> None:
        self._text = text

    def reveal(self) -> str:
        """
        Return the text in clear, for its one use.
        """
        return self._text
