"""
How much do the properties try, and how does the documentation run?
"""

import os
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hypothesis import settings
from sybil import Sybil
from sybil.parsers.myst import PythonCodeBlockParser


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


#: These run in projects of their own: see tests/forms/test_how_to_pages.py.
IN_PROJECTS = (
    "django.md",
    "plain-html.md",
    "pydantic-and-fastapi.md",
    "rest-framework.md",
    "wtforms.md",
)

#: These run in an office with people: see tests/services/test_how_to_life.py.
IN_AN_OFFICE = ("change-an-id.md", "erase-a-person.md", "link-a-product.md")

#: This one runs on databases: see tests/integration/test_how_to_django_storage.py.
ON_DATABASES = ("store-in-django.md",)

#: This one names a server that is not there; tests/contracts has a real one.
ON_A_SERVER = ("outgrow-one-machine.md",)

pytest_collect_file = Sybil(
    parsers=[PythonCodeBlockParser()],
    patterns=["README.md", "docs/*.md", "docs/*/*.md"],
    excludes=[
        f"docs/how-to/{page}"
        for page in IN_PROJECTS + IN_AN_OFFICE + ON_DATABASES + ON_A_SERVER
    ],
    setup=enter_folder,
    teardown=leave_folder,
).pytest()
