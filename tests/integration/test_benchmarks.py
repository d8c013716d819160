"""
A benchmark that does not start is noticed before its figures are asked for.
"""

import ast
import os
import sys
from collections.abc import Generator, Iterator
from contextlib import closing, contextmanager
from importlib import import_module
from pathlib import Path
from threading import Thread
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, make_server
from wsgiref.util import shift_path_info

import pytest

from office import Office
from people import LICENCE
from winbooks_identity.adapters.scim import (
    ScimApplication,
    TokenFile,
    scim_application,
)


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


class Quiet(WSGIRequestHandler):
    """
    Tells no one of requests.
    """

    def log_message(self, format: str, *arguments: object) -> None:  # noqa: A002  The name in the standard library.
        """
        Say nothing.
        """


@contextmanager
def served(app: ScimApplication) -> Generator[int, None, None]:
    """
    Serve *app* by HTTP, below ``/scim``, until the block ends, and give the port.
    """

    def mounted(environ: Any, start_response: Any) -> Any:  # noqa: ANN401  As servers call it.
        shift_path_info(environ)
        return app(environ, start_response)

    with make_server("127.0.0.1", 0, mounted, handler_class=Quiet) as server:
        thread = Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        try:
            yield server.server_port
        finally:
            server.shutdown()
            thread.join()


def test_an_office_is_provisioned_over_http(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """
    Three are made, listed, looked up, changed and deactivated, and each step is shown.
    """
    monkeypatch.setattr(sys, "path", [str(BENCHMARKS), *sys.path])
    benchmark: Any = import_module("scim_over_http")
    office = Office()
    tokens = TokenFile(tmp_path / "tokens.json")
    token = tokens.issue(LICENCE.number, "benchmark").reveal()
    app = scim_application(office.portal, tokens)
    with served(app) as port, closing(benchmark.Client(port, token)) as client:
        benchmark.provision(client, os.getpid(), 3)

    first, *steps, last = capsys.readouterr().out.splitlines()
    assert first.startswith("before: ")
    assert [
        ("create", "3"),
        ("pages of 100", "1"),
        ("pages of 500", "1"),
        ("look up", "3"),
        ("update", "3"),
    ] == [(line[:12].strip(), line[12:19].strip()) for line in steps]
    assert last.startswith("deactivate: 3 done, 0 refused")
    users = office.run(
        lambda unit: list(unit.users.of_licence(LICENCE.number, after=None, limit=9))
    )
    assert [("Anna", False)] * 3 == [
        (str(each.first_name), each.is_active) for each in users
    ]
