"""
How much do the properties try, and how does the documentation run?
"""

import os
import re
import shlex
import subprocess
import sys
from doctest import ELLIPSIS, NORMALIZE_WHITESPACE, OutputChecker
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hypothesis import settings
from sybil import Example, Sybil
from sybil.parsers.myst import CodeBlockParser, PythonCodeBlockParser


settings.register_profile("default", deadline=None)
settings.register_profile("ci", deadline=None, derandomize=True, print_blob=True)
settings.register_profile("quick", deadline=None, max_examples=10)
settings.register_profile("thorough", deadline=None, max_examples=5_000)
settings.load_profile("ci" if os.environ.get("CI") else "default")


def enter_folder(namespace: dict[str, Any]) -> None:
    """
    Keep the files that a page makes out of the repository.
    """
    namespace["_before"] = Path.cwd()
    namespace["_folder"] = TemporaryDirectory()
    os.chdir(namespace["_folder"].name)


def leave_folder(namespace: dict[str, Any]) -> None:
    """
    Throw away the files that a page made.
    """
    os.chdir(namespace["_before"])
    namespace["_folder"].cleanup()


def write_file(example: Example) -> None:
    """
    Make the file that a block of TOML names in its first line: ``# office.toml``.
    """
    if named := re.match(r"# (\S+\.toml)\n", example.parsed):
        Path(named[1]).write_text(example.parsed, encoding="utf-8")


def run_commands(example: Example) -> str | None:
    """
    Run the commands of ours on a page, and return what differs from what it prints.

    A line that begins with ``$ winbooks-identity`` is run; the lines behind it, up to
    an empty one or the next command, are what it prints, with ``...`` for anything.
    ``# exits with 75`` behind a command is its exit code, otherwise 0.
    """
    joined = example.parsed.replace("\\\n", " ")
    for block in re.split(r"^\$ ", joined, flags=re.MULTILINE)[1:]:
        command, _, printed = block.partition("\n")
        if not command.startswith("winbooks-identity "):
            continue
        code = re.search(r"# exits with (\d+)$", command)
        words = shlex.split(command, comments=True)[1:]
        done = subprocess.run(  # noqa: S603  What the page says.
            [sys.executable, "-m", "winbooks_identity", *words],
            capture_output=True,
            text=True,
            check=False,
            env={**os.environ, "LC_ALL": "C.UTF-8", "COLUMNS": "100"},
        )
        said = done.stdout + done.stderr
        if done.returncode != int(code[1] if code else 0):
            return f"{command}\nexits with {done.returncode}\n{said}"
        wanted = printed.rstrip() + "\n"
        is_as_said = OutputChecker().check_output(
            wanted, said, ELLIPSIS | NORMALIZE_WHITESPACE
        )
        if printed.strip() and not is_as_said:
            return f"{command}\nprints\n{said}"
    return None


#: These run in projects of their own: see tests/forms/test_how_to_pages.py, and
#: tests/django_tables for the columns.
IN_PROJECTS = (
    "columns-in-django.md",
    "django.md",
    "plain-html.md",
    "pydantic-and-fastapi.md",
    "rest-framework.md",
    "wtforms.md",
)

#: These run in an office with people: see tests/services/test_how_to_life.py,
#: tests/cli/test_how_to_office.py and tests/cli/test_how_to_stories.py.
IN_AN_OFFICE = (
    "change-an-id.md",
    "erase-a-person.md",
    "hand-over-dossiers.md",
    "link-a-product.md",
    "mend-a-wrong-address.md",
    "merge-two-firms.md",
    "move-addresses.md",
    "replace-a-lost-key.md",
    "run-an-office.md",
)

#: These run on databases: see tests/integration/test_django_storage.py,
#: test_django_sign_in.py, test_django_adoption.py and test_django_start.py.
ON_DATABASES = (
    "adopt-users-in-django.md",
    "sign-in-with-django.md",
    "start-with-django.md",
    "store-in-django.md",
)

#: These run in products: see tests/adapters/test_scim_mounting.py.
IN_PRODUCTS = ("connect-an-identity-provider.md",)

#: This one names a server that is not there; tests/contracts has a real one.
ON_A_SERVER = ("outgrow-one-machine.md",)

pytest_collect_file = Sybil(
    parsers=[
        PythonCodeBlockParser(),
        CodeBlockParser(language="toml", evaluator=write_file),
        CodeBlockParser(language="console", evaluator=run_commands),
    ],
    patterns=["README.md", "docs/*.md", "docs/*/*.md"],
    excludes=[
        f"docs/how-to/{page}"
        for page in IN_PROJECTS
        + IN_AN_OFFICE
        + IN_PRODUCTS
        + ON_DATABASES
        + ON_A_SERVER
    ],
    setup=enter_folder,
    teardown=leave_folder,
).pytest()
