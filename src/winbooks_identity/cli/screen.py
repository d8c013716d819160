"""
How does the command line speak, and to whom?
"""

import sys
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Final, Protocol, TypeVar, final

from rich.console import Console, RenderableType
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

from ..texts import Translator, sentences, text
from .console import SafeConsole, in_json_text


__all__ = ["SCHEMA", "HasMessage", "Screen"]

T = TypeVar("T")

#: The version of the JSON documents; it grows when a key goes or changes.
SCHEMA: Final = 1

#: Columns of a terminal that shows wide tables.
_WIDE: Final = 110

#: Columns where no terminal is: a line is a line, whatever its length.
_UNLIMITED: Final = 100_000


class HasMessage(Protocol):
    """
    Something with a sentence: a problem, a notice, a failure, a reason.
    """

    def message(self, locale: str, /, *, translator: Translator | None = None) -> str:
        """
        Return the sentence in the language of *locale*, or *translator*'s.
        """
        ...


@final
class Screen:
    """
    Standard output for results, standard error for words, one language for both.

    Args:
        language: one of `LANGUAGES`.
        translator: a product's own words, asked first.
    """

    def __init__(self, language: str, *, translator: Translator | None = None) -> None:
        self.language = language
        self.translator = translator
        self.answers_in_json = False
        self._items: int | None = None
        self.out: Console = _console(stderr=False)
        self.err: Console = _console(stderr=True)

    @property
    def is_watched(self) -> bool:
        """
        Tell whether the results go to a terminal.
        """
        return self.out.is_terminal and not self.answers_in_json

    @property
    def is_narrow(self) -> bool:
        """
        Tell whether the results go to a terminal too narrow for wide tables.
        """
        return self.is_watched and self.out.width < _WIDE

    @property
    def can_ask(self) -> bool:
        """
        Tell whether a person can answer a question.
        """
        return sys.stdin.isatty() and self.err.is_terminal

    def text(self, code: str, **params: str | int) -> str:
        """
        Return the sentence of *code* in the screen's language.
        """
        return text(code, self.language, params, translator=self.translator)

    def field(self, name: str | None) -> str:
        """
        Return what a field of the form is called; a name that is none stays.
        """
        code = f"cli.field.{name}"
        is_of_the_form = code in sentences(self.language)
        return self.text(code) if is_of_the_form else name or ""

    def message(self, said: HasMessage) -> str:
        """
        Return the sentence of *said* in the screen's language.
        """
        return said.message(self.language, translator=self.translator)

    def labelled(self, label: str, said: str) -> str:
        """
        Return *said* behind its label, with the signs between them that a language has.
        """
        return self.text("cli.labelled", label=label, said=said)

    def moment(self, at: datetime) -> str:
        """
        Return *at* to the second, in the time zone of the machine.
        """
        return f"{at.astimezone():%Y-%m-%d %H:%M:%S}"

    def say(self, code: str, style: str = "", **params: str | int) -> None:
        """
        Write the sentence of *code* to standard error.
        """
        self.err.print(self.text(code, **params), style=style)

    def show(self, *what: RenderableType) -> None:
        """
        Write results to standard output.
        """
        for each in what:
            self.out.print(each)

    def track(self, steps: Sequence[T], code: str) -> Iterator[T]:
        """
        Yield *steps* under a progress bar, which only a terminal gets.
        """
        bar = Progress(
            TextColumn(self.text(code)),
            BarColumn(),
            MofNCompleteColumn(),
            console=self.err,
            transient=True,
            disable=not self.err.is_terminal,
        )
        with bar:
            yield from bar.track(steps)

    def emit(self, document: Mapping[str, object]) -> None:
        """
        Write one JSON document to standard output, or the rest of one that was begun.
        """
        if self._items is None:
            content = {"schema": SCHEMA, **document}
            sys.stdout.write(in_json_text(content, indent=2) + "\n")
        else:
            self._items = None
            sys.stdout.write("\n  ]," + in_json_text(document, indent=2)[1:] + "\n")

    def begin(self, document: Mapping[str, object], items: str) -> None:
        """
        Begin a JSON document that ends with `emit`: *document*, and a list *items*.

        Each item that `add` puts into it is written at once, so a command that is
        killed has said what it did.
        """
        content = {"schema": SCHEMA, **document, items: list[object]()}
        self._items = 0
        sys.stdout.write(in_json_text(content, indent=2).removesuffix("]\n}"))
        sys.stdout.flush()

    def add(self, item: Mapping[str, object]) -> None:
        """
        Write *item* on a line of its own into the document that was begun.
        """
        comma = "," if self._items else ""
        self._items = (self._items or 0) + 1
        sys.stdout.write(f"{comma}\n    {in_json_text(item)}")
        sys.stdout.flush()

    def emit_line(self, document: Mapping[str, object]) -> None:
        """
        Write one JSON document on a line of standard output, at once.
        """
        content = {"schema": SCHEMA, **document}
        sys.stdout.write(in_json_text(content) + "\n")
        sys.stdout.flush()


def _console(*, stderr: bool) -> Console:
    # Markup and emoji are off: a name in brackets is a name.
    console = SafeConsole(stderr=stderr, markup=False, emoji=False, highlight=False)
    if not console.is_terminal:
        console.width = _UNLIMITED
    return console
