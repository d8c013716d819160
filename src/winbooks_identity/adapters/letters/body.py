"""
How is the body of a mail encoded, when most of it is the same for everyone?

Quoted-printable treats each line by itself, and soft line ends are within a line.
So the lines that hold nothing of one mail are encoded once, and the few others when
their values are known: the octets are those of the whole text encoded at one time.
"""

import re
from binascii import b2a_qp
from collections.abc import Mapping
from typing import Final, Self, final

import attrs


__all__ = ["Body", "Pattern"]

#: What a text of a mail cannot hold as it is.
_CONTROLS: Final = bytes({*range(0x20), 0x7F})

#: A sign that no plain text has, and the same encoded: it stands for a line with
#: places, and between such lines.
_SIGN: Final = "\0"
_ENCODED_SIGN: Final = b"=00"


@final
@attrs.frozen
class Pattern:
    """
    A text with places for values, which are written ``%(so)s``.

    `frame` is the text, encoded, with a place for each line that has places; those
    stand in `lines`.  It is `None` where the text itself is not plain.
    """

    text: str = attrs.field(repr=False)
    frame: bytes | None = attrs.field(repr=False)
    lines: str = attrs.field(repr=False)

    @classmethod
    def of(cls, text: str, marks: Mapping[str, str]) -> Self:
        """
        Return *text* as a pattern, with a place where each of *marks* stands.

        Args:
            text: what is said, with a mark in the place of each value.
            marks: by the name of a place the sign that marks it.
        """
        lines: list[str] = []
        frame = text
        if marks:
            with_places = re.compile(f"[^\n]*[{''.join(marks.values())}][^\n]*")
            lines = with_places.findall(text)
            frame = with_places.sub(_SIGN, text)
        is_plain = text.endswith("\n") and _is_plain(text.replace("\n", ""))
        return cls(
            text=_worded(text, marks),
            frame=_framed(frame) if is_plain else None,
            lines=_worded("".join(f"{line}\r\n{_SIGN}\r\n" for line in lines), marks),
        )


@final
@attrs.frozen
class Body:
    """
    A text of a mail: a pattern, and what stands in its places.
    """

    pattern: Pattern
    values: Mapping[str, str] = attrs.field(repr=False)

    @classmethod
    def of(cls, text: str) -> Self:
        """
        Return *text*, all of which belongs to one mail.
        """
        return cls(Pattern.of(text, {}), {})

    def __str__(self) -> str:
        return self.pattern.text % self.values

    def quoted(self) -> bytes | None:
        """
        Return the text as quoted-printable, with CRLF line ends.

        `None` if it is not plain: it has control characters or lone surrogates, or
        no line end behind it.
        """
        pattern = self.pattern
        if pattern.frame is None or not _is_plain("".join(self.values.values())):
            return None
        octets = (pattern.lines % self.values).encode()
        *lines, _ = b2a_qp(octets, istext=True).split(b"\r\n%b\r\n" % _ENCODED_SIGN)
        return pattern.frame % tuple(lines)


def _worded(text: str, marks: Mapping[str, str]) -> str:
    worded = text.replace("%", "%%")
    for name, mark in marks.items():
        worded = worded.replace(mark, f"%({name})s")
    return worded


def _framed(text: str) -> bytes:
    octets = b2a_qp(text.replace("\n", "\r\n").encode(), istext=True)
    return octets.replace(b"%", b"%%").replace(_ENCODED_SIGN, b"%b")


def _is_plain(text: str) -> bool:
    try:
        octets = text.encode()
    except UnicodeEncodeError:
        return False
    return len(octets.translate(None, _CONTROLS)) == len(octets)
