"""
How are passwords estimated several times as fast?

zxcvbn-rs-py is zxcvbn in Rust. It is stricter on years after 2019: do not mix
its scores with those of the default estimator.
"""

from collections.abc import Sequence
from typing import final

import zxcvbn_rs_py

from ..passwords.estimation import Opinion, guarded
from ..passwords.strength import Strength


__all__ = ["ZxcvbnRsEstimator"]


@final
class ZxcvbnRsEstimator:
    """
    A `StrengthEstimator` on zxcvbn-rs-py (extra ``fast``).
    """

    def estimate(self, text: str, words: Sequence[str]) -> Strength:
        """
        Return the strength of *text* for a guesser who tries *words* first.
        """

        def ask(reading: str, inputs: list[str]) -> Opinion:
            answer = zxcvbn_rs_py.zxcvbn(reading, inputs)
            feedback = answer.feedback
            spoken = (
                () if feedback is None else (feedback.warning, *feedback.suggestions)
            )
            return Opinion(
                score=int(answer.score),
                guesses_log10=answer.guesses_log10,
                sentences=tuple(map(str, spoken)),
            )

        name = f"zxcvbn-rs-py {zxcvbn_rs_py.__version__}"
        return guarded(ask, text, words, name)
