"""
How does Hypothesis know our types while a project without them pays nothing?

Hypothesis calls `register` on ``import hypothesis``, in every project of the
environment, so this module stands outside the package and imports none of it.
"""

from typing import Any


def register() -> None:
    """
    Offer the strategies of our types to ``st.from_type``.

    The table is the one through which Hypothesis defers its strategies for
    numpy: it is asked only once ``winbooks_identity`` is loaded.  The public
    ``st.register_type_strategy`` would need our classes at once.
    """
    from hypothesis.strategies._internal import types

    # Private, because the public way is not lazy; a test guards that it is there.
    lookup = types._global_extra_lookup  # noqa: SLF001  # pyright: ignore[reportPrivateUsage]
    lookup["winbooks_identity"] = _strategy_for


def _strategy_for(kind: object) -> Any:  # noqa: ANN401  As Hypothesis has it.
    if not getattr(kind, "__module__", "").startswith("winbooks_identity."):
        return None
    from winbooks_identity.testing.registration import strategy_for

    return strategy_for(kind)
