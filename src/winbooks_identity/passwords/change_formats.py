"""
How is a change of policy written for a terminal, a pull request and a pipeline?
"""

import json
import re
from collections.abc import Iterator, Mapping
from hashlib import sha256
from textwrap import TextWrapper
from typing import Final, Literal, TypeAlias

from .. import texts
from .attribution import Shares
from .change import Flip, PolicyChange
from .change_report import report
from .comparison import Relation
from .notation import in_plain_data
from .people import Hit


__all__ = [
    "ReportFormat",
    "as_data",
    "as_github",
    "as_gitlab",
    "as_markdown",
    "as_text",
]

ReportFormat: TypeAlias = Literal["text", "markdown", "json", "github", "gitlab"]
"""
How a report is written.
"""

#: A line that is not folded is as long as it is.
_UNFOLDED: Final = 1_000_000

#: What Markdown and HTML give a meaning, outside of code.
_MARKS: Final = re.compile(r"([\\`*_{}\[\]<>#|~&])")

#: How loud a pipeline says it.
_LEVELS: Final[Mapping[Relation, tuple[str, str]]] = {
    "equal": ("notice", "info"),
    "stricter": ("notice", "minor"),
    "looser": ("warning", "major"),
    "incomparable": ("warning", "major"),
}


def as_text(
    change: PolicyChange,
    locale: str = "en",
    *,
    name: str = "",
    width: int | None = None,
    translator: texts.Translator | None = None,
) -> str:
    """
    Return *change* for a terminal.

    Args:
        change: what is told.
        locale: the reader's.
        name: how the command line calls the new policy.
        width: at how many columns lines are folded; without it, they are not.
        translator: a product's own words, asked first.

    Raises:
        Invalid: the policies are too large to compare.
    """
    line = TextWrapper(
        width or _UNFOLDED,
        subsequent_indent="",
        break_long_words=False,
        break_on_hyphens=False,
    )
    point = TextWrapper(
        width or _UNFOLDED,
        initial_indent="  - ",
        subsequent_indent="    ",
        break_long_words=False,
        break_on_hyphens=False,
    )
    written: list[str] = []
    for block in report(change, _quoted, locale, name=name, translator=translator):
        if block.heading:
            written += ["", block.heading]
            line.initial_indent = line.subsequent_indent = "  "
        written += map(line.fill, block.sentences)
        written += map(point.fill, block.points)
        written += map(line.fill, block.end)
    return "\n".join(written) + "\n"


def as_markdown(
    change: PolicyChange,
    locale: str = "en",
    *,
    name: str = "",
    translator: texts.Translator | None = None,
) -> str:
    """
    Return *change* as Markdown, for a comment on a pull request.

    Raises:
        Invalid: the policies are too large to compare.
    """
    title = texts.text("policy_change.title", locale, translator=translator)
    written = [f"### {_escaped(title)}\n"]
    for block in report(change, _in_code, locale, name=name, translator=translator):
        if block.heading:
            written.append(f"**{block.heading}**\n")
        written += [f"{each}\n" for each in block.sentences]
        if block.points:
            written.append("".join(f"- {each}\n" for each in block.points))
        written += [f"{each}\n" for each in block.end]
    return "\n".join(written)


def as_github(
    change: PolicyChange,
    locale: str = "en",
    *,
    path: str = "",
    translator: texts.Translator | None = None,
) -> str:
    """
    Return *change* as a command of GitHub's workflows: an annotation.

    Args:
        change: what is told.
        locale: the reader's.
        path: the file of the new policy in the repository, if it has one.
        translator: a product's own words, asked first.

    Raises:
        Invalid: the policies are too large to compare.
    """
    title = texts.text("policy_change.title", locale, translator=translator)
    level, _ = _LEVELS[change.verdict]
    places = {"file": path, "line": "1" if path else "", "title": title}
    properties = ",".join(
        f"{key}={_percent_coded(value, ',:')}" for key, value in places.items() if value
    )
    message = as_text(change, locale, name=path, translator=translator)
    return f"::{level} {properties}::{_percent_coded(message.rstrip())}\n"


def as_gitlab(
    change: PolicyChange,
    locale: str = "en",
    *,
    path: str,
    translator: texts.Translator | None = None,
) -> list[Mapping[str, object]]:
    """
    Return *change* as a report of GitLab's code quality; an equal policy is no finding.

    Args:
        change: what is told.
        locale: the reader's.
        path: the file of the new policy in the repository, or its name.
        translator: a product's own words, asked first.

    Raises:
        Invalid: the policies are too large to compare.
    """
    if change.verdict == "equal":
        return []
    _, severity = _LEVELS[change.verdict]
    seen = f"{path} {change.old.fingerprint} {change.new.fingerprint}"
    return [
        {
            "description": as_text(change, locale, name=path, translator=translator),
            "check_name": "password-policy",
            "fingerprint": sha256(seen.encode()).hexdigest(),
            "severity": severity,
            "location": {"path": path, "lines": {"begin": 1}},
        }
    ]


def as_data(change: PolicyChange) -> dict[str, object]:
    """
    Return *change* as plain data: exact numbers, for programs.

    Raises:
        Invalid: the policies are too large to compare.
    """
    comparison, why = change.comparison, change.attribution
    return {
        "relation": comparison.relation,
        "newly_refused": comparison.newly_refused,
        "newly_accepted": comparison.newly_accepted,
        "refused_example": comparison.refused_example,
        "accepted_example": comparison.accepted_example,
        "undecided": comparison.undecided,
        "why": {
            "changes": [
                {
                    "rule": each.rule,
                    "old": in_plain_data(each.old),
                    "new": in_plain_data(each.new),
                    "direction": each.direction,
                }
                for each in why.changes
            ],
            "undecided": dict(why.undecided),
            "refused": _flip(change.refused),
            "accepted": _flip(change.accepted),
        },
        "people": [{"list": name, **_hit(hit)} for name, hit in change.people.items()],
    }


def _flip(flip: Flip | None) -> Mapping[str, object] | None:
    if flip is None:
        return None
    return {
        "examples": flip.examples,
        "because_of": flip.rules,
        "shares": [*_shares(flip.shares)],
    }


def _shares(shares: Mapping[int, Shares]) -> Iterator[Mapping[str, object]]:
    for length, each in shares.items():
        yield {
            "length": length,
            "of": each.accepted,
            "together": each.refused,
            "by_rule": dict(each.by_rule),
        }


def _hit(hit: Hit) -> Mapping[str, object]:
    return {
        "people": hit.people,
        "accepted": hit.accepted,
        "refused": hit.refused,
        "admitted": hit.admitted,
        "unknown": hit.unknown,
        "by_problem": dict(hit.by_problem),
        "refused_examples": hit.refused_examples,
        "admitted_examples": hit.admitted_examples,
        "unasked": hit.unasked,
    }


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def _in_code(text: str) -> str:
    """
    Return *text* as a code span, which neither backticks nor blanks at its ends break.
    """
    # Ends of lines and other controls would end the span.
    shown = "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in text)
    longest = max((len(run) for run in re.findall("`+", shown)), default=0)
    fence = "`" * (longest + 1)
    padding = " " if shown[:1] in "` " or shown[-1:] in "` " else ""
    return f"{fence}{padding}{shown}{padding}{fence}"


def _escaped(text: str) -> str:
    return _MARKS.sub(r"\\\1", text)


def _percent_coded(text: str, more: str = "") -> str:
    """
    Return *text* as a workflow command takes it, *more* for one of its properties.
    """
    return "".join(
        f"%{ord(character):02X}" if character in f"%\r\n{more}" else character
        for character in text
    )
