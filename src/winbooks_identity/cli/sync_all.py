"""
How do many licences follow their feeds in one run?

Each feed stands for itself: whatever is wrong with one, the others are followed.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final, cast, final

import attrs
from rich import box
from rich.table import Table
from rich.text import Text

from ..adapters.files import FileMissing, because
from ..adapters.one_at_a_time import alone
from ..errors import IdentityError, Unavailable
from .answer import Answer, failed
from .exit_code import ExitCode
from .screen import Screen


__all__ = ["Feed", "Followed", "feeds_in", "follow_all"]

#: What a feed may be called, behind the number of its licence.  Workbooks of other kinds
#: are refused like one that is damaged, and not passed over.
_KINDS: Final = frozenset(
    {".csv", ".xlsx", ".xlsm", ".jsonl", ".ndjson", ".xls", ".xlsb", ".ods"}
)

#: What keeps a second run out.
_LOCK: Final = ".winbooks-identity.lock"


@final
@attrs.frozen
class Feed:
    """
    A file of a licence, and how its licence followed it.
    """

    file: Path
    answer: Answer

    @property
    def licence(self) -> str:
        """
        Return the number that the file is named after.
        """
        return self.file.stem

    @property
    def outcome(self) -> str:
        """
        Return how it ended: as the exit code says, or that the plan is in quarantine.
        """
        document = self.answer.document
        plan = cast("Mapping[str, object]", document.get("plan", document))
        return (
            "quarantined" if plan.get("quarantine") else self.answer.code.name.lower()
        )

    def detail(self, screen: Screen) -> Text:
        """
        Return what the answer warns of, and its last line; neither names a person.
        """
        lines = [each for each in self.answer.words if isinstance(each, Text)]
        lines += [each for each in self.answer.results[-1:] if isinstance(each, Text)]
        match self.answer.document.get("conflicts"):
            case int(number) if number:
                said = screen.text("cli.sync.not_followed", number=number)
                lines.append(Text(said))
            case _:
                pass
        return Text("\n").join(lines)

    def document(self) -> dict[str, object]:
        """
        Return it as JSON.
        """
        return {
            "file": self.file.name,
            "licence": self.licence,
            "outcome": self.outcome,
            **self.answer.document,
        }


@final
@attrs.frozen
class Followed:
    """
    What became of the feeds in a folder; `left` counts those that were not reached.
    """

    feeds: Sequence[Feed]
    left: int

    def summary(self, screen: Screen) -> str:
        """
        Return how many feeds there were.
        """
        return screen.text("cli.sync.feeds", number=len(self.feeds), left=self.left)

    def answer(self, screen: Screen) -> Answer:
        """
        Return the answer: a row for each feed.
        """
        table = Table(box=box.SIMPLE_HEAD, pad_edge=False, header_style="bold")
        for column in ("licence", "outcome", "detail"):
            table.add_column(screen.text(f"cli.column.{column}"), overflow="fold")
        for feed in self.feeds:
            outcome = screen.text(f"cli.outcome.{feed.outcome}")
            table.add_row(feed.licence, outcome, feed.detail(screen))
        return Answer(
            code=_code(self.feeds),
            document={
                "feeds": [feed.document() for feed in self.feeds],
                "outcomes": dict(Counter(feed.outcome for feed in self.feeds)),
                "not_reached": self.left,
            },
            results=(table, Text(self.summary(screen), "bold")),
        )


def feeds_in(folder: Path) -> list[Path]:
    """
    Return the feeds in *folder*, by name; what else lies there is left alone.

    Excel's own files, which begin with ``~$``, and hidden ones are none.

    Raises:
        FileMissing: there is no feed, which a nightly run must not take for success.
        FileUnavailable: it is no folder that can be read.
    """
    try:
        found = [each for each in sorted(folder.iterdir()) if _is_feed(each)]
    except OSError as error:
        raise because(error, folder) from error
    if not found:
        raise FileMissing(folder)
    return found


def _is_feed(file: Path) -> bool:
    is_hidden = file.name.startswith((".", "~$"))
    return file.suffix.lower() in _KINDS and not is_hidden and file.is_file()


def follow_all(
    folder: Path, follow: Callable[[Path, str], Answer], screen: Screen
) -> Followed:
    """
    Let each licence in *folder* follow its feed, and return what became of them.

    Two files for one licence are both refused, as it is not known which counts.

    Args:
        folder: has the feeds, named after the numbers of their licences.
        follow: does it for one feed and the number of its licence.
        screen: gives the language.

    Raises:
        AnotherRun: a run with *folder* is under way.
        FileUnavailable: as `feeds_in`.
    """
    files = feeds_in(folder)
    with alone(folder / _LOCK):
        feeds = list(_followed(files, follow, screen))
    return Followed(feeds, len(files) - len(feeds))


def _followed(
    files: Sequence[Path], follow: Callable[[Path, str], Answer], screen: Screen
) -> Iterator[Feed]:
    named = Counter(file.stem for file in files)
    for file in files:
        if named[file.stem] > 1:
            answer = _refused("cli.sync.two_feeds", screen)
        else:
            answer = _answer(file, follow, screen)
        yield Feed(file, answer)
        if answer.code is ExitCode.INTERRUPTED:
            return


def _answer(
    file: Path, follow: Callable[[Path, str], Answer], screen: Screen
) -> Answer:
    try:
        return follow(file, file.stem)
    except IdentityError as failure:
        return failed(failure, screen)
    except Exception:  # noqa: BLE001  A mistake of ours must not stop the others.
        return failed(Unavailable(), screen)


def _refused(code: str, screen: Screen) -> Answer:
    message = screen.text(code)
    problem: dict[str, object] = {
        "code": code,
        "params": dict[str, object](),
        "message": message,
    }
    return Answer(
        code=ExitCode.REFUSED,
        document={"problems": [problem]},
        words=(Text(message),),
    )


def _code(feeds: Sequence[Feed]) -> ExitCode:
    codes = {ExitCode[feed.answer.code.name] for feed in feeds}
    if ExitCode.INTERRUPTED in codes:
        return ExitCode.INTERRUPTED
    if codes == {ExitCode.UNAVAILABLE}:
        return ExitCode.UNAVAILABLE
    if codes & {ExitCode.UNAVAILABLE, ExitCode.TRY_AGAIN}:
        return ExitCode.TRY_AGAIN
    return ExitCode.REFUSED if ExitCode.REFUSED in codes else ExitCode.DONE
