"""
The site is complete, and a reader's browser asks no one else for anything.
"""

import importlib.util
import os
import re
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import attrs
import pytest

from winbooks_identity.texts import LANGUAGES, Plural, sentences


DOCS = Path(__file__).parent.parent / "docs"

#: What makes a browser fetch something on its own.
FETCHED = re.compile(
    r"<(?:script|img|iframe|source|video|audio|embed)\b[^>]*\bsrc=[\"']?(?:https?:)?//"
    r"|<link\b(?![^>]*rel=[\"']?canonical)[^>]*\bhref=[\"']?(?:https?:)?//"
    r"|@import\s+(?:url\()?[\"']?(?:https?:)?//"
    r"|url\([\"']?(?:https?:)?//"
)


@pytest.fixture(scope="module")
def pages() -> ModuleType:
    """
    Return the module that fills pages from the code.
    """
    spec = importlib.util.spec_from_file_location("pages", DOCS / "pages.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """
    Return the folder of the site, made just now: a warning is an error.
    """
    folder = tmp_path_factory.mktemp("site")
    command = ["-m", "sphinx", "-q", "-n", "-W", "--keep-going", str(DOCS), str(folder)]
    # What the tests cover is measured; a site that is built covers nothing of ours.
    unmeasured = {k: v for k, v in os.environ.items() if not k.startswith("COVERAGE")}
    subprocess.run([sys.executable, *command], check=True, env=unmeasured)  # noqa: S603  Our own words.
    return folder


class TestProblemsPage:
    """
    Every code is there, with its parameters and its sentence in every language.
    """

    def test_every_problem_and_notice(self, pages: ModuleType) -> None:
        """
        A heading for each code, so that it can be linked to.
        """
        headings = re.findall(r"^## `(.+)`$", pages.problems_page(), re.MULTILINE)

        assert [kind.code for kind in pages.remarks()] == headings

    def test_every_parameter(self, pages: ModuleType) -> None:
        """
        Whoever translates a code knows what can be put in.
        """
        entries = re.split(r"^## ", pages.problems_page(), flags=re.MULTILINE)[1:]

        assert [] == [
            (kind.code, field.name)
            for kind, entry in zip(pages.remarks(), entries, strict=True)
            for field in attrs.fields(kind)
            if f"`{field.name}`" not in entry
        ]

    @pytest.mark.parametrize("language", LANGUAGES)
    def test_every_sentence(self, pages: ModuleType, language: str) -> None:
        """
        All forms of it, as the catalogue has them.
        """
        page = re.sub(r"\\(.)", r"\1", pages.problems_page())
        said = [sentences(language)[kind.code] for kind in pages.remarks()]
        forms = [form for each in said for form in _forms(each)]

        assert [] == [form for form in forms if f"| {language} | {form} |" not in page]


@pytest.mark.slow
class TestSite:
    """
    The site stands on its own.
    """

    def test_every_module_is_described(self, site: Path, pages: ModuleType) -> None:
        """
        What can be imported can be looked up.
        """
        found = "".join(
            page.read_text("utf-8") for page in site.glob("reference/api/*.html")
        )

        assert [] == [
            name for name in pages.modules() if f'id="module-{name}"' not in found
        ]

    def test_nothing_is_fetched_from_elsewhere(self, site: Path) -> None:
        """
        No font, script, style or picture of a third party.
        """
        made = [path for path in site.rglob("*") if path.suffix in {".html", ".css"}]

        assert {} == {
            path.name: found[0]
            for path in made
            if (found := FETCHED.search(path.read_text("utf-8")))
        }


@pytest.mark.slow
class TestHowToTest:
    """
    The page on testing an application, copied into a project's test file.
    """

    def test_its_tests_do_what_it_says(self, tmp_path: Path) -> None:
        """
        All pass, but for the view that logs a password.
        """
        page = (DOCS / "how-to" / "test-your-application.md").read_text("utf-8")
        blocks = re.findall(r"^```python\n(.*?)^```", page, re.MULTILINE | re.DOTALL)
        code = [block for block in blocks if re.match("import|from", block)]
        (tmp_path / "test_page.py").write_text("\n".join(code), "utf-8")
        command = ["-m", "pytest", "-q", "-p", "no:cacheprovider", str(tmp_path)]

        done = subprocess.run(  # noqa: S603
            [sys.executable, *command],
            cwd=tmp_path,
            # Hypothesis has no deadline there, as on a machine that is busy.
            env={**os.environ, "CI": "true"},
            capture_output=True,
            text=True,
            check=False,
        )

        failed = re.findall(r"^FAILED .*::(\w+)", done.stdout, re.MULTILINE)
        assert ["test_the_view_keeps_the_password_to_itself"] == failed
        assert re.search(r"^1 failed, \d+ passed", done.stdout, re.MULTILINE)


def _forms(sentence: str | Plural) -> tuple[str, ...]:
    if isinstance(sentence, Plural):
        return sentence.one, sentence.other
    return (sentence,)
