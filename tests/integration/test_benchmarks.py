"""
A benchmark that does not start is noticed before its figures are asked for.
"""

import ast
import sys
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path


BENCHMARKS = Path(__file__).parents[2] / "benchmarks"


def names_from_packages() -> Iterator[tuple[str, str, str]]:
    """
    Yield what the benchmarks take from other projects: file, module and name.
    """
    ours = {path.stem for path in BENCHMARKS.glob("*.py")} | {"winbooks_identity"}
    for path in BENCHMARKS.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.ImportFrom):
                module = node.module or ""
                if module.partition(".")[0] not in sys.stdlib_module_names | ours:
                    yield from ((path.name, module, each.name) for each in node.names)


def test_their_imports_are_there() -> None:
    """
    Type checkers see our own names; of packages, they may know another version.
    """
    names = [*names_from_packages()]

    assert {"django", "zxcvbn"} <= {module.split(".")[0] for _, module, _ in names}
    assert [] == [
        (file, module, name)
        for file, module, name in names
        if not hasattr(import_module(module), name)
    ]
