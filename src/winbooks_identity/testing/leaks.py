"""
Does a password come out anywhere when a form, a job or a page is run with it?

    with assert_never_leaks("Kanarie-2026!") as watch:
        answer = client.post("/users", form_with("Kanarie-2026!"))
        watch.look_at("the answer", answer.content)
"""

import base64
import html
import json
import logging
import sys
import warnings
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager, redirect_stderr, redirect_stdout
from io import StringIO
from typing import Any, Final, TextIO, cast, final
from unicodedata import normalize
from urllib.parse import quote, quote_plus


__all__ = ["Watch", "assert_never_leaks"]

#: Characters; a shorter text turns up by accident.
SHORTEST: Final = 8


@final
class Watch:
    """
    Looks for a secret in whatever is handed to it, and remembers where it was.

    Encoded it is a secret too: as HTML, JSON, in a URL, in base64, with its
    accents composed or apart.
    """

    def __init__(self, canary: str) -> None:
        """
        Look for *canary*, which occurs nowhere by accident.

        Raises:
            ValueError: it is too short for that.
        """
        if len(canary) < SHORTEST:
            raise ValueError(f"a canary has at least {SHORTEST} characters")
        self._spellings = tuple(dict.fromkeys(_spellings(canary)))
        self._found: dict[str, None] = {}

    @property
    def found(self) -> tuple[str, ...]:
        """
        Return the places where the secret was.
        """
        return tuple(self._found)

    def look_at(self, place: str, seen: object) -> None:
        """
        Look into *seen*: text, bytes, an exception, a container, any object.

        Args:
            place: what to call it if the secret is found.
            seen: of other objects, what ``str`` and ``repr`` show.
        """
        if isinstance(seen, BaseException):
            self._look_at_exception(place, seen)
        elif isinstance(seen, Mapping):
            entries = cast("Mapping[object, object]", seen).items()
            self._look_at_each(place, (part for entry in entries for part in entry))
        elif isinstance(seen, list | tuple | set | frozenset):
            self._look_at_each(place, cast("Iterable[object]", seen))
        elif isinstance(seen, bytes | bytearray):
            self._look_at_text(place, bytes(seen).decode("utf-8", "replace"))
        else:
            self._look_at_text(place, f"{seen}\n{seen!r}")

    def _look_at_each(self, place: str, parts: Iterable[object]) -> None:
        for part in parts:
            self.look_at(place, part)

    def _look_at_exception(self, place: str, raised: BaseException) -> None:
        for each in _chain(raised):
            name = type(each).__name__
            self.look_at(f"{place}: the message of {name}", [str(each), *each.args])
            self.look_at(f"{place}: the repr of {name}", repr(each))
            self.look_at(f"{place}: a note of {name}", getattr(each, "__notes__", ()))

    def _look_at_text(self, place: str, text: str) -> None:
        if any(spelling in text for spelling in self._spellings):
            self._found[place] = None


@contextmanager
def assert_never_leaks(canary: str) -> Generator[Watch]:
    """
    Fail if *canary* comes out while the block runs, and say where.

    Watched are the log (every logger, at every level), standard output and
    error, warnings, the exception that leaves the block with its causes and
    notes, and what is handed to `Watch.look_at`.  Everything goes on to where
    it was going.  What a subprocess writes is not seen.

    Raises:
        AssertionError: the secret came out; the message names the places and
            does not repeat it.
        ValueError: *canary* is too short to stand out from other text.
    """
    watch = Watch(canary)
    try:
        with _watched(watch):
            yield watch
    except BaseException as raised:
        watch.look_at("the exception", raised)
        _raise_if_found(watch)
        raise
    _raise_if_found(watch)


def _raise_if_found(watch: Watch) -> None:
    if watch.found:
        places = "".join(f"\n  in {place}" for place in watch.found)
        # The cause would show the secret again.
        raise AssertionError(f"a secret came out{places}") from None


@contextmanager
def _watched(watch: Watch) -> Generator[None]:
    with ExitStack() as stack:
        stack.enter_context(_watched_log(watch))
        stack.enter_context(_watched_warnings(watch))
        out, error = _Copying(sys.stdout), _Copying(sys.stderr)
        stack.enter_context(redirect_stdout(out))
        stack.enter_context(redirect_stderr(error))
        stack.callback(_look_at_copy, watch, "standard output", out)
        stack.callback(_look_at_copy, watch, "standard error", error)
        yield


@contextmanager
def _watched_log(watch: Watch) -> Generator[None]:
    make: Callable[..., logging.LogRecord] = logging.getLogRecordFactory()

    def make_and_look(*args: Any, **kwargs: Any) -> logging.LogRecord:  # noqa: ANN401
        record = make(*args, **kwargs)
        _look_at_record(watch, record)
        return record

    root = logging.getLogger()
    level, disabled = root.level, logging.root.manager.disable
    logging.setLogRecordFactory(make_and_look)
    root.setLevel(logging.NOTSET)
    logging.disable(logging.NOTSET)
    try:
        yield
    finally:
        logging.disable(disabled)
        root.setLevel(level)
        logging.setLogRecordFactory(make)


def _look_at_record(watch: Watch, record: logging.LogRecord) -> None:
    place = f"the log of {record.name!r} ({record.filename}:{record.lineno})"
    watch.look_at(place, [record.getMessage(), record.msg, record.args])
    if record.exc_info and record.exc_info[1] is not None:
        watch.look_at(place, record.exc_info[1])


@contextmanager
def _watched_warnings(watch: Watch) -> Generator[None]:
    show = warnings.showwarning

    def show_and_look(  # noqa: PLR0917  As Python has it.
        message: Warning | str,
        category: type[Warning],
        filename: str,
        lineno: int,
        file: TextIO | None = None,
        line: str | None = None,
    ) -> None:
        watch.look_at(f"a {category.__name__} ({filename}:{lineno})", str(message))
        show(message, category, filename, lineno, file, line)

    warnings.showwarning = show_and_look
    try:
        yield
    finally:
        warnings.showwarning = show


class _Copying(StringIO):
    """
    Keeps what is written and hands it on.
    """

    def __init__(self, stream: TextIO) -> None:
        super().__init__()
        self._stream = stream

    def write(self, text: str) -> int:
        self._stream.write(text)
        return super().write(text)


def _look_at_copy(watch: Watch, place: str, copy: _Copying) -> None:
    watch.look_at(place, copy.getvalue())


def _chain(raised: BaseException) -> Iterator[BaseException]:
    """
    Yield *raised* and everything that it carries: causes, contexts, groups.
    """
    waiting, seen = [raised], set[int]()
    while waiting:
        each = waiting.pop()
        if id(each) not in seen:
            seen.add(id(each))
            yield each
            linked = (each.__cause__, each.__context__, *_members(each))
            waiting += [other for other in linked if other is not None]


def _members(raised: BaseException) -> Iterable[BaseException]:
    if not isinstance(raised, BaseExceptionGroup):
        return ()
    return cast("BaseExceptionGroup[BaseException]", raised).exceptions


def _spellings(canary: str) -> Iterator[str]:
    for text in (canary, normalize("NFC", canary), normalize("NFD", canary)):
        yield text
        yield repr(text)[1:-1]
        yield ascii(text)[1:-1]
        yield json.dumps(text)[1:-1]
        yield html.escape(text)
        yield quote(text, safe="")
        yield quote_plus(text)
        raw = text.encode("utf-8", "surrogatepass")
        yield raw.hex()
        # In base64 it looks different behind one, two or three other bytes; the
        # characters at the ends hold a part of their neighbours.
        for before in range(3):
            encoded = base64.b64encode(b"\0" * before + raw).decode("ascii")
            yield encoded[4 if before else 0 : len(encoded) // 4 * 4 - 4]
