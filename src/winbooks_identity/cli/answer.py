"""
What does a command answer, in words and in JSON?
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import final

import attrs
from rich.console import RenderableType
from rich.text import Text

from ..adapters.files import FileUnavailable
from ..errors import (
    IdentityError,
    Invalid,
    InvalidFields,
    Refused,
    StorageNotReady,
    Unavailable,
)
from ..forms.provisioning_file import Finding, InvalidFile
from ..problems import Problem, Remark
from ..synchronisation import Reason
from .exit_code import Difference, ExitCode
from .screen import Screen


__all__ = ["Answer", "failed", "in_json", "reasons", "withheld"]


@final
@attrs.frozen(kw_only=True)
class Answer:
    """
    How a command ended.

    `document` is for programs, `results` and `raw` are for people: one of them is
    shown. `raw` is written as it is, without folding its lines.
    `words` are shown on standard error in any case.
    """

    code: ExitCode | Difference = ExitCode.DONE
    document: Mapping[str, object]
    results: tuple[RenderableType, ...] = ()
    words: tuple[RenderableType, ...] = ()
    raw: str = ""

    def give(self, screen: Screen) -> ExitCode | Difference:
        """
        Write the answer and return the exit code.
        """
        for line in self.words:
            screen.err.print(line)
        if screen.answers_in_json:
            screen.emit({"outcome": self.code.name.lower(), **self.document})
        else:
            screen.show(*self.results)
            screen.out.print(self.raw, end="", soft_wrap=True)
        return self.code


def in_json(remark: Remark | Reason, screen: Screen) -> dict[str, object]:
    """
    Return a problem, notice or reason as JSON: code, parameters and sentence.
    """
    return {
        "code": remark.code,
        "params": dict(remark.params),
        "message": screen.message(remark),
    }


def failed(failure: IdentityError, screen: Screen, *, source: str = "") -> Answer:
    """
    Return the answer of a command that *failure* ended.

    Args:
        failure: what was raised on purpose.
        screen: gives the language.
        source: the file that findings are in.
    """
    match failure:
        case InvalidFile():
            return _invalid_file(failure.findings, screen, source)
        case Invalid() | InvalidFields() | Refused():
            return _refused(reasons(failure), screen)
        case Unavailable():
            return _unavailable(failure, screen)
        case _:
            raise failure


def withheld(screen: Screen) -> Answer:
    """
    Return the refusal to make a password that no one would ever see.
    """
    message = screen.text("cli.create.withheld")
    return Answer(
        code=ExitCode.USAGE,
        document={"problems": [{"code": "cli.create.withheld", "message": message}]},
        words=(Text(message, "red"),),
    )


def reasons(
    failure: Invalid | InvalidFields | Refused,
) -> Iterator[tuple[str | None, Problem]]:
    """
    Yield what *failure* holds against which field.
    """
    match failure:
        case InvalidFields():
            for field, problems in failure.by_field.items():
                yield from ((field, each) for each in problems)
        case Invalid():
            yield from ((None, each) for each in failure.problems)
        case _:
            yield from ((failure.field, each) for each in failure.problems)


def _unavailable(failure: Unavailable, screen: Screen) -> Answer:
    message = screen.message(failure)
    where = str(failure.path) if isinstance(failure, FileUnavailable) else ""
    problem: dict[str, object] = {
        "code": failure.code,
        "params": {},
        "message": message,
    }
    words = [_line(where, "", message)]
    if isinstance(failure, StorageNotReady):
        words.append(Text(str(failure)))
    return Answer(
        code=ExitCode.UNAVAILABLE,
        document={"problems": [problem | ({"path": where} if where else {})]},
        words=tuple(words),
    )


def _invalid_file(findings: Iterable[Finding], screen: Screen, source: str) -> Answer:
    problems: list[dict[str, object]] = []
    words: list[Text] = []
    for each in findings:
        place = {"line": each.line, "table": each.table, "field": each.field}
        problems.append(place | in_json(each.problem, screen))
        where = f"{source}:{each.line}"
        what = ".".join(filter(None, (each.table, each.field)))
        words.append(_line(where, what, screen.message(each.problem)))
    summary = screen.text("cli.provision.refused", number=len(problems))
    return Answer(
        code=ExitCode.REFUSED,
        document={"problems": problems},
        words=(*words, Text(summary, "bold red")),
    )


def _refused(problems: Iterable[tuple[str | None, Remark]], screen: Screen) -> Answer:
    found = list(problems)
    return Answer(
        code=ExitCode.REFUSED,
        document={
            "problems": [
                {"field": field} | in_json(problem, screen) for field, problem in found
            ]
        },
        words=tuple(
            _line("", screen.field(field), screen.message(problem))
            for field, problem in found
        ),
    )


def _line(where: str, what: str, message: str) -> Text:
    parts = [(where, "bold"), (what, "cyan"), (message, "")]
    return Text("  ").join(Text(text, style) for text, style in parts if text)
