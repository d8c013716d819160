"""
What does ``--help`` show in the reader's language?

Cyclopts lays a page out. What it holds as text are codes: of commands, of options
and of the titles above them; their sentences stand in the tables of `texts`.
"""

import re
from collections.abc import Iterator
from typing import Final, cast, final

from cyclopts.help import DefaultFormatter, HelpEntry, HelpPanel, InlineText
from rich.console import Console, ConsoleOptions
from rich.text import Text

from .screen import Screen


__all__ = ["HelpPage", "placeholders", "shown_default"]

#: What stands for a value, such as PATH in ``--database PATH``.
_PLACEHOLDER: Final = re.compile(r"\b[A-Z][A-Z_]+\b")


@final
class HelpPage:
    """
    A formatter of Cyclopts that says each code in the language of a screen.
    """

    def __init__(self, screen: Screen) -> None:
        self._screen = screen

    def __call__(
        self, console: Console, options: ConsoleOptions, panel: HelpPanel
    ) -> None:
        """
        Show one panel: commands, or options under their title.
        """
        title = self._screen.text(f"cli.help.{str(panel.title).lower()}")
        entries = [self._in_words(entry) for entry in panel.entries]
        translated = panel.copy(title=title, entries=entries)
        DefaultFormatter()(console, options, translated)

    def render_usage(
        self, console: Console, options: ConsoleOptions, usage: object
    ) -> None:
        """
        Show how the command is typed.
        """
        del options
        line = placeholders(str(usage).strip(), self._screen)
        console.print(Text(self._screen.text("cli.help.usage", usage=line), "bold"))
        console.print()

    def render_description(
        self, console: Console, options: ConsoleOptions, description: object
    ) -> None:
        """
        Show what the command is for.
        """
        del options
        console.print(Text(_sentence(description, self._screen)))
        console.print()

    def _in_words(self, entry: HelpEntry) -> HelpEntry:
        """
        Return *entry* with all that Cyclopts would say of it in English said already.
        """
        summary = _sentence(entry.description, self._screen).partition("\n")[0]
        return entry.copy(
            description=Text(" ").join((Text(summary), *self._remarks(entry))),
            metavar=placeholders(entry.metavar or "", self._screen),
            positional_label=placeholders(entry.positional_label or "", self._screen),
            choices=None,
            default=None,
            required=False,
        )

    def _remarks(self, entry: HelpEntry) -> Iterator[Text]:
        said = self._screen.text
        if entry.choices:
            values = ", ".join(entry.choices)
            yield Text(said("cli.help.choices", values=values), "dim")
        if entry.default is not None:
            yield Text(said("cli.help.default", value=entry.default), "dim")
        if entry.required:
            yield Text(said("cli.help.required"), "red")


def _sentence(description: object, screen: Screen) -> str:
    """
    Return the sentence of the code that *description* holds.
    """
    text = cast("InlineText", description).primary_renderable
    return screen.text(str(text).strip())


def placeholders(line: str, screen: Screen) -> str:
    """
    Return *line* with the words for values in the language of *screen*.
    """

    def word(found: re.Match[str]) -> str:
        return screen.text(f"cli.placeholder.{found[0].lower()}")

    return _PLACEHOLDER.sub(word, line)


def shown_default(value: object) -> str | None:
    """
    Return a default that is worth telling: not that a switch is off or nothing given.
    """
    return str(value) if value and not isinstance(value, bool) else None
