"""
How does a letter look in a mail program?

Mail programs know little HTML: tables and inline styles, the fonts of the system,
no remote content.  What they do not know, the rounded corners, the dark colours,
the layout for phones, is left out without harm.
"""

import re
from collections.abc import Sequence
from functools import cache
from html import escape
from importlib.resources import files
from typing import Final, final
from urllib.parse import SplitResult, urlsplit

import attrs


__all__ = ["Page", "Row", "broken", "checked_url", "isolated", "render"]


#: The machine itself, where a product is being built.
_THIS_MACHINE: Final = frozenset({"127.0.0.1", "localhost"})


def checked_url(url: str) -> str:
    """
    Return *url*, which can stand in a letter as it is.  [S38]

    A page of this very machine needs no encryption: nothing travels.

    Raises:
        ValueError: it is no address of a page, or not written in plain characters.
    """
    found = urlsplit(url)
    is_plain = url.isascii() and url.isprintable()
    is_here = found.scheme == "http" and found.hostname in _THIS_MACHINE
    is_safe = found.scheme == "https" or is_here
    if not (is_safe and found.hostname and _has_port(found) and is_plain):
        raise ValueError("the Portal's address begins with https:// and is ASCII")
    if set(url) & set(' <>"\\'):
        raise ValueError("the Portal's address holds no blanks, brackets or quotes")
    if set(url) & set("?#@"):
        # What is put behind it would end up in there, and a name in front misleads.
        raise ValueError("the Portal's address has no query, fragment or user")
    return url


def _has_port(found: SplitResult) -> bool:
    """
    Tell whether an address has a port, its own or that of its scheme.
    """
    try:
        return found.port != 0
    except ValueError:
        return False


@final
@attrs.frozen(kw_only=True)
class Row:
    """
    A line of the panel, as plain text; a secret is set in letters of one width.
    """

    label: str
    value: str = attrs.field(repr=False)
    is_secret: bool = False


@final
@attrs.frozen(kw_only=True)
class Page:
    """
    What a page says; a sentence is HTML already, `isolated` where a user wrote it.
    """

    language: str
    sender_name: str
    title: str
    preview: str
    greeting: str
    introduction: str
    notice: str | None
    rows: Sequence[Row]
    remark: str
    portal_url: str
    button: str
    link: str
    footer: Sequence[str]


def isolated(text: str) -> str:
    """
    Return *text* as HTML: no markup, and its direction changes nothing around it.
    """
    return f"<bdi>{escape(text)}</bdi>"


def render(page: Page) -> str:
    """
    Return *page* as an HTML document.
    """
    return _document() % {
        "language": page.language,
        "sender_name": page.sender_name,
        "title": page.title,
        "preview": page.preview,
        "greeting": page.greeting,
        "introduction": page.introduction,
        "notice": "" if page.notice is None else _NOTICE % {"text": page.notice},
        "rows": "".join(map(_row, page.rows)),
        "remark": page.remark,
        "portal_url": escape(page.portal_url),
        "button": page.button,
        "link": page.link,
        "footer": "".join(_FOOTER % {"text": text} for text in page.footer),
    }


def _pattern(page: str) -> str:
    # A place is written ${so}; `Template` takes several times as long as %.
    return re.sub(r"\$\{([a-z_]+)\}", r"%(\1)s", page.replace("%", "%%"))


@cache
def _document() -> str:
    folder = files(__name__.rpartition(".")[0])
    return _pattern(folder.joinpath("page.html").read_text("utf-8"))


def broken(value: str, *, is_secret: bool) -> str:
    """
    Return *value* as HTML; an address may be broken on a narrow screen.
    """
    shown = escape(value)
    return shown if is_secret else shown.replace("@", "@<wbr>")


def _row(row: Row) -> str:
    value = f"<bdi>{broken(row.value, is_secret=row.is_secret)}</bdi>"
    style = _ONE_WIDTH if row.is_secret else _PLAIN
    return _ROW % {"label": row.label, "value": value, "style": style}


_PLAIN: Final = "font-size:16px;word-break:break-word"

_ONE_WIDTH: Final = (
    "font-family:ui-monospace,SFMono-Regular,Menlo,Consolas,'Liberation Mono',"
    "monospace;font-size:19px;font-weight:600;letter-spacing:.5px;white-space:pre-wrap;"
    "word-break:break-all"
)

_NOTICE: Final = _pattern(
    '<tr><td class="inner" style="padding:0 40px 20px;">\n'
    '<p class="notice" style="margin:0;padding:14px 18px;font-size:15px;'
    "line-height:22px;color:#5c4306;background-color:#fdf4dc;"
    'border-left:4px solid #d9a520;border-radius:4px;"\n>${text}</p>\n'
    "</td></tr>\n"
)

_ROW: Final = _pattern(
    '<tr><td class="line" style="padding:15px 22px;border-bottom:1px solid #dbe3eb;">\n'
    '<p class="faint" style="margin:0 0 3px;font-size:13px;line-height:18px;'
    'color:#5d6b79;">${label}</p>\n'
    '<p class="strong" style="margin:0;line-height:25px;color:#14212e;${style};"\n>'
    "${value}</p>\n"
    "</td></tr>\n"
)

_FOOTER: Final = _pattern(
    '<p class="faint" style="margin:0 0 8px;font-size:13px;line-height:20px;'
    'color:#5d6b79;"\n>${text}</p>\n'
)
