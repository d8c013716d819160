"""
How can a WinBooks ID be spelled, and with which others can it be confused?
"""

import unicodedata
from collections.abc import Sequence
from string import ascii_letters, digits
from typing import Final

from hypothesis import strategies as st

from ...winbooks_id import WinBooksId


__all__ = ["lookalike_pairs", "same_id_pairs", "spellings", "winbooks_ids"]

#: Every character that can stand before the @ sign, without ``?``, so that no
#: encoded word comes about; the letters come first, as examples shrink to them.
_LOCAL: Final = ascii_letters + digits + "_-'+#$&*/=^`{|}~"

#: Domains that no one can register (RFC 2606).
_ENDINGS: Final = ("example", "example.be", "example.org", "example.com")

#: Labels with letters outside ASCII, each the only spelling in lower case.
_INTERNATIONAL: Final = ("café", "bücher", "société", "noël", "ångström", "økonomi")

#: The four dots of UTS 46.
_DOTS: Final = (".", "\u3002", "\uff0e", "\uff61")

#: From printable ASCII to its full width twin.
_TO_FULL_WIDTH: Final = 0xFEE0

#: What the eye mixes up: in the local part, and in a label of the domain.
_SAME_BEFORE_AT: Final = (
    ("jan.peeters", "janpeeters"),
    ("jan", "jan+portal"),
    ("jan-peeters", "jan_peeters"),
    ("paul", "pau1"),
    ("jo", "j0"),
    ("carmen", "carrnen"),
    ("willem", "vvillem"),
)
_SAME_BEHIND_AT: Final = (
    ("muller", "müller"),
    ("kantoor", "kant00r"),
    ("fidu-brussel", "fidubrussel"),
    ("cafe", "café"),
    ("cocoa", "\u0441\u043e\u0441\u043e\u0430"),  # The second is Cyrillic.
)


@st.composite
def winbooks_ids(draw: st.DrawFn) -> WinBooksId:
    """
    Draw a WinBooks ID, registered in one of its spellings.
    """
    return WinBooksId.parse(draw(_typed(draw(_addresses()))))


def spellings(winbooks_id: WinBooksId) -> st.SearchStrategy[str]:
    """
    Return a strategy for what people and programs type for *winbooks_id*.

    They vary the case of letters, the width of letters and dots, the Unicode
    form of accents, and write international domains as A-labels or U-labels.
    """
    local, _, domain = winbooks_id.address.partition("@")
    return _typed(f"{local}@{_shown(domain)}")


@st.composite
def same_id_pairs(draw: st.DrawFn) -> tuple[str, str]:
    """
    Draw two different texts that are one WinBooks ID.
    """
    address = draw(_addresses())
    one, other = draw(_typed(address)), draw(_typed(address))
    if one == other:
        local, _, domain = other.rpartition("@")
        other = f"{local}@{domain.swapcase()}"
    return one, other


@st.composite
def lookalike_pairs(draw: st.DrawFn) -> tuple[str, str]:
    """
    Draw two addresses that the eye takes for one and that are two WinBooks IDs.
    """
    ending = draw(st.sampled_from(_ENDINGS))
    if draw(st.booleans()):
        one, other = draw(st.sampled_from(_SAME_BEFORE_AT))
        domain = f"{draw(_labels())}.{ending}"
        pair = (f"{one}@{domain}", f"{other}@{domain}")
    else:
        one, other = draw(st.sampled_from(_SAME_BEHIND_AT))
        local = draw(_local_parts())
        pair = (f"{local}@{one}.{ending}", f"{local}@{other}.{ending}")
    left, right = pair
    return (left, right) if draw(st.booleans()) else (right, left)


def _local_parts() -> st.SearchStrategy[str]:
    words = st.text(_LOCAL, min_size=1, max_size=15)
    return st.lists(words, min_size=1, max_size=4).map(".".join)


def _labels() -> st.SearchStrategy[str]:
    words = st.text(ascii_letters[:26] + digits, min_size=1, max_size=12)
    plain = st.lists(words, min_size=1, max_size=2).map("-".join)
    return plain | st.sampled_from(_INTERNATIONAL)


@st.composite
def _addresses(draw: st.DrawFn) -> str:
    """
    Draw an address in lower case, its domain as U-labels in the form NFC.
    """
    labels = draw(st.lists(_labels(), min_size=1, max_size=2))
    ending = draw(st.sampled_from(_ENDINGS))
    return f"{draw(_local_parts()).lower()}@{'.'.join(labels)}.{ending}"


@st.composite
def _typed(draw: st.DrawFn, address: str) -> str:
    """
    Draw another spelling of *address*, a domain of U-labels behind its @ sign.
    """
    local, _, domain = address.partition("@")
    labels = [draw(_typed_label(label)) for label in domain.split(".")]
    dots = [draw(st.sampled_from(_DOTS)) for _ in labels[1:]]
    behind = "".join(map("".join, zip(labels, [*dots, ""], strict=True)))
    return f"{draw(_cased(local))}@{behind}"


@st.composite
def _typed_label(draw: st.DrawFn, label: str) -> str:
    if label.isascii():
        return "".join(
            chr(ord(character) + draw(st.sampled_from((0, _TO_FULL_WIDTH))))
            for character in draw(_cased(label))
        )
    cased = draw(_cased(label))
    return draw(
        st.sampled_from(
            (
                cased,
                unicodedata.normalize("NFD", cased),
                label.encode("idna").decode("ascii"),
            )
        )
    )


@st.composite
def _cased(draw: st.DrawFn, text: str) -> str:
    swapped: Sequence[bool] = draw(
        st.lists(st.booleans(), min_size=len(text), max_size=len(text))
    )
    return "".join(
        character.swapcase() if swap else character
        for character, swap in zip(text, swapped, strict=True)
    )


def _shown(domain: str) -> str:
    """
    Return *domain* with U-labels for its A-labels.
    """
    import idna

    return idna.decode(domain)
