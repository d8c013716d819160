"""
What our tests and our users' tests share.

A suite is a class with tests: inherit it, and supply its abstract fixture.
"""

import pytest


__all__: list[str] = []

# Before any suite is imported: a failing assert then shows what it compared.
pytest.register_assert_rewrite(f"{__name__}.contracts")
