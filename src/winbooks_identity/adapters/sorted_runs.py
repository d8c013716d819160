"""
How are more keys sorted than fit into memory?

Some at a time, which wait in files, the runs.  Runs are merged in stages, so that a
process never has more than a few of them open.
"""

import heapq
import os
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack
from itertools import groupby, islice
from pathlib import Path
from tempfile import mkstemp
from typing import BinaryIO, Final


__all__ = ["merge", "sorted_runs"]

#: Files that are merged at a time: far fewer than any system lets a process open.
_AT_ONCE: Final = 64


def sorted_runs(
    keys: Iterable[bytes], length: int, folder: Path, *, at_a_time: int
) -> Sequence[Path]:
    """
    Return a few files in *folder* with *keys*, each in order.

    Args:
        keys: they are read once.
        length: how many bytes each key has.
        folder: where the files are made; it needs room for the keys once, and for
            some of them twice.
        at_a_time: how many keys are sorted in memory.

    Raises:
        OSError: a file cannot be written.
    """
    runs = [*_runs(keys, folder, at_a_time)]
    while len(runs) > _AT_ONCE:
        groups = range(0, len(runs), _AT_ONCE)
        runs = [_merged(runs[at : at + _AT_ONCE], length, folder) for at in groups]
    return runs


def merge(runs: Iterable[Path], length: int, stack: ExitStack) -> Iterator[bytes]:
    """
    Return the keys in *runs* in order, once each.

    Args:
        runs: files of `sorted_runs`.
        length: how many bytes each key has.
        stack: closes the files in the end.

    Raises:
        OSError: a file cannot be read.
    """
    files = [stack.enter_context(run.open("rb")) for run in runs]
    merged = heapq.merge(*(_keys_of(file, length) for file in files))
    return (key for key, _ in groupby(merged))


def _runs(keys: Iterable[bytes], folder: Path, at_a_time: int) -> Iterator[Path]:
    coming = iter(keys)
    while chunk := sorted(islice(coming, at_a_time)):
        yield _write_run(chunk, folder)


def _merged(runs: Sequence[Path], length: int, folder: Path) -> Path:
    """
    Return a file with the keys of *runs* in order, which takes their place.
    """
    with ExitStack() as stack:
        merged = _write_run(merge(runs, length, stack), folder)
    for run in runs:
        run.unlink()
    return merged


def _write_run(keys: Iterable[bytes], folder: Path) -> Path:
    descriptor, name = mkstemp(dir=folder)
    with os.fdopen(descriptor, "wb") as file:
        file.writelines(keys)
    return Path(name)


def _keys_of(file: BinaryIO, length: int) -> Iterator[bytes]:
    while key := file.read(length):
        yield key
