"""
How long does something take, beside its peers?
"""

import gc
import statistics
from collections.abc import Callable, Mapping
from time import process_time
from typing import Final


__all__ = ["compare"]

ROUNDS: Final = 11

#: Seconds of a batch: long against the clock, short against the machine's moods.
BATCH: Final = 0.01


def compare(
    what: str,
    own: Callable[[], object],
    peers: Mapping[str, Callable[[], object]],
    *,
    rounds: int = ROUNDS,
) -> None:
    """
    Print how long each of *peers* takes, beside our *own* way.
    """
    times = {name: repetitions(call) for name, call in peers.items()}
    own_times = repetitions(own)
    cost: dict[str, list[float]] = {name: [] for name in peers}
    ratio: dict[str, list[float]] = {name: [] for name in peers}
    own_cost: list[float] = []
    for _ in range(rounds):
        before = seconds(own, own_times)
        own_cost.append(before)
        for name, call in peers.items():
            cost[name].append(seconds(call, times[name]))
            after = seconds(own, own_times)
            ratio[name].append(cost[name][-1] * 2 / (before + after))
            before = after
    print(f"\n| {what} | µs | times ours |\n|---|---:|---:|")
    print(f"| winbooks-identity | {microseconds(own_cost)} | 1 |")
    for name in peers:
        middle = statistics.median(ratio[name])
        print(f"| {name} | {microseconds(cost[name])} | {middle:.3g} |")


def repetitions(call: Callable[[], object]) -> int:
    """
    Return how often *call* fits into a batch, once it is warm.
    """
    call()
    times = 1
    while (spent := seconds(call, times) * times) < BATCH / 4:
        times *= 4
    return max(1, round(times * BATCH / spent))


def seconds(call: Callable[[], object], times: int) -> float:
    """
    Return the processor time that one *call* takes, over so many *times*.
    """
    gc.collect()
    begin = process_time()
    for _ in range(times):
        call()
    return (process_time() - begin) / times


def microseconds(costs: list[float]) -> str:
    """
    Return the median of *costs*, to three figures.
    """
    cost = statistics.median(costs) * 1e6
    return f"{cost:,.0f}" if cost >= 100 else f"{cost:.3g}"
