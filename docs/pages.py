"""
Which pages does the code fill itself?

    python docs/pages.py

writes them by hand; a build of the site does so first.
"""

import pkgutil
import re
import sys
from collections.abc import Iterator
from importlib import import_module
from inspect import cleandoc
from pathlib import Path
from typing import Final

import attrs

import winbooks_identity
from winbooks_identity.problems import Notice, Remark
from winbooks_identity.texts import LANGUAGES, Plural, sentences


__all__ = ["api_pages", "modules", "problems_page", "remarks", "write_pages"]

_PACKAGE: Final = winbooks_identity.__name__

#: The pages of the reference, in the order in which people look for them: title,
#: and the modules below the package, each with what is inside it.  A module stands
#: on the first page that names it or a package around it.
_PAGES: Final = {
    "winbooks-id": ("WinBooks ID", ("winbooks_id", "collisions")),
    "passwords": (
        "Passwords",
        (
            "passwords.policy",
            "passwords.judge",
            "passwords.password",
            "passwords",
            "personal_texts",
            "adapters.breached_passwords",
            "adapters.zxcvbn_rs",
        ),
    ),
    "forms": (
        "Forms",
        (
            "forms.new_user",
            "forms",
            "fields",
            "names",
            "phone",
            "level",
            "role",
            "language",
            "licence",
            "dossier",
            "adapters.phonenumbers",
        ),
    ),
    "frameworks": (
        "Forms in frameworks",
        (
            "adapters.django",
            "adapters.django.model_fields",
            "adapters.wtforms",
            "adapters.pydantic",
            "adapters.fastapi",
            "adapters.flask",
            "adapters.asynchronous",
            "adapters.login_pages",
            "adapters.login_steps",
        ),
    ),
    "portal": (
        "Portal and services",
        ("portal", "adapters.embedded", "adapters.opening", "services"),
    ),
    "users": (
        "Users and their life",
        (
            "portal_user",
            "life_cycle",
            "authorization",
            "attempts",
            "credential",
            "events",
            "explain",
            "personal_data",
            "possible_steps",
            "product_links",
        ),
    ),
    "synchronisation": (
        "Synchronisation",
        ("synchronisation", "adapters.export_file"),
    ),
    "mail": (
        "Mail",
        (
            "mail",
            "adapters.letters",
            "adapters.smtp",
            "adapters.mail_directory",
            "adapters.aesgcm",
            "adapters.key_ring",
        ),
    ),
    "storage": (
        "Storage and other ports",
        ("ports", "adapters.memory", "adapters.sqlalchemy", "adapters"),
    ),
    "errors": ("Errors and problems", ("errors", "problems", "refusals")),
    "sentences": ("Sentences", ("texts", "plain", "system")),
    "command-line": ("Command line", ("cli", "__main__")),
    "testing": ("Test kit", ("testing",)),
    "package": ("The package", ("",)),
}


def write_pages(folder: Path) -> None:
    """
    Write the pages into *folder*, unless they are there as they should be.
    """
    pages = {f"api/{name}.md": page for name, page in api_pages().items()}
    for name, page in {"problems.md": problems_page(), **pages}.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if not path.exists() or path.read_text("utf-8") != page:
            path.write_text(page, "utf-8")


def api_pages() -> dict[str, str]:
    """
    Return the pages that describe every public module.
    """
    left = [_PACKAGE, *sorted(modules())]
    pages: dict[str, str] = {}
    for page, (title, places) in _PAGES.items():
        mine = [
            name for place in places for name in left if _is_in(_below(name), place)
        ]
        chosen = list(dict.fromkeys(mine))
        left = [name for name in left if name not in chosen]
        contents = "```{contents}\n:local:\n:depth: 1\n```\n"
        pages[page] = "\n".join(
            [f"# {title}\n", contents, *map(_module_section, chosen)]
        )
    return pages


def _is_in(module: str, place: str) -> bool:
    return not place or module == place or module.startswith(f"{place}.")


def problems_page() -> str:
    """
    Return the page with every problem and notice.
    """
    return "\n".join(
        [
            "# Problems and notices\n",
            "Every answer has a stable code, parameters, and a sentence by language.",
            "A problem refuses; a notice is advice.\n",
            *(_entry(kind) for kind in remarks()),
        ]
    )


def remarks() -> list[type[Remark]]:
    """
    Return every problem and notice of the library, by code.
    """
    for name in modules():
        import_module(name)
    found = {kind.code: kind for kind in _descendants(Remark) if hasattr(kind, "code")}
    return [found[code] for code in sorted(found)]


def _descendants(kind: type[Remark]) -> Iterator[type[Remark]]:
    for below in kind.__subclasses__():
        # A slotted class leaves the one it was made from behind: not that one.
        module = sys.modules[below.__module__]
        if getattr(module, below.__name__, None) is below:
            yield below
        yield from _descendants(below)


def modules() -> Iterator[str]:
    """
    Yield the name of every module that can be imported by itself.
    """
    for found in pkgutil.walk_packages(winbooks_identity.__path__, f"{_PACKAGE}."):
        # The scripts of Alembic run within it only.
        if not re.search(r"\.migrations\.|\._", found.name):
            yield found.name


def _below(module: str) -> str:
    return module.removeprefix(_PACKAGE).removeprefix(".")


def _module_section(module: str) -> str:
    return f"## `{module}`\n\n```{{eval-rst}}\n.. automodule:: {module}\n```\n"


def _entry(kind: type[Remark]) -> str:
    names = [f"`{field.name}`" for field in attrs.fields(kind)]
    sort = "Notice" if issubclass(kind, Notice) else "Problem"
    said = cleandoc(kind.__doc__ or "")
    return "\n".join(
        [
            f"## `{kind.code}`\n",
            f"{sort} `{kind.__module__}.{kind.__name__}`.",
            f"{said}\n",
            f"Parameters: {', '.join(names) or 'none'}.\n",
            "| language | sentence |\n|---|---|",
            *(
                f"| {language} | {form} |"
                for language in LANGUAGES
                for form in _forms(sentences(language)[kind.code])
            ),
            "",
        ]
    )


def _forms(sentence: str | Plural) -> Iterator[str]:
    forms = sentence[1:] if isinstance(sentence, Plural) else (sentence,)
    for form in forms:
        yield re.sub(r"([\\`*_{}\[\]<>#|])", r"\\\1", form)


if __name__ == "__main__":
    write_pages(Path(__file__).parent / "reference")
