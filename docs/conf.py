"""
How is the site made?

Everything comes from this repository: no font, script or picture is fetched
from elsewhere, neither here nor by the reader's browser.
"""

import sys
from pathlib import Path
from typing import Final

import django
from django.conf import settings
from sphinx.application import Sphinx


HERE: Final = Path(__file__).parent
sys.path.insert(0, str(HERE))

from docstrings import to_restructured_text  # noqa: E402  Beside this file.
from pages import write_pages  # noqa: E402  Beside this file too.


# The models of the app are described as a project has them.
settings.configure(
    INSTALLED_APPS=[
        "django.contrib.auth",
        "django.contrib.contenttypes",
        "django.contrib.messages",
        "django.contrib.sessions",
        "django.contrib.admin",
        "winbooks_identity.adapters.django",
    ]
)
django.setup()

project = "winbooks-identity"
copyright = "WinBooks"  # noqa: A001  The name that Sphinx gives it.

extensions = ["myst_parser", "sphinx.ext.autodoc", "sphinx.ext.napoleon"]
exclude_patterns = ["_build", "examples"]

html_theme = "furo"
# Beside a page stand its modules; all their names made it slow to build and to read.
toc_object_entries = False
html_title = "winbooks-identity"
html_copy_source = False
html_static_path = ["_static"]
html_css_files = ["site.css"]

myst_heading_anchors = 3
myst_enable_extensions = ["deflist"]

autodoc_member_order = "bysource"
# There are none, and the search for them takes a quarter of the time.
autodoc_use_type_comments = False
autodoc_typehints = "signature"
autodoc_typehints_format = "short"
autodoc_default_options = {
    "members": True,
    "show-inheritance": True,
    # Each name is described once, where it is made; packages hand names on.
    "ignore-module-all": True,
    # SQLAlchemy's own text comes with it.
    "exclude-members": "cache_ok",
}
napoleon_numpy_docstring = False
napoleon_use_ivar = True

nitpick_ignore_regex = [
    # What belongs to other projects is described there.
    ("py:.*", r"(?!winbooks_identity\.).*"),
    # Type variables, and private bases of public classes.
    ("py:.*", r"winbooks_identity\..*\.(_\w+|[A-Z]|\w+_co|Annotated)"),
]

#: ``Raises`` names exceptions without their module; some modules share a name.
suppress_warnings = ["ref.python"]


def setup(app: Sphinx) -> None:
    """
    Write the pages that the code itself fills, and read our docstrings.
    """
    write_pages(HERE / "reference")
    # Before napoleon, at 500, reads the sections.
    app.connect("autodoc-process-docstring", to_restructured_text, priority=400)
