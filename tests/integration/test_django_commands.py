"""
The commands on the pages about Django are there, with the options that stand there.
"""

import re
import shlex
from pathlib import Path

import pytest
from django.core.management import get_commands, load_command_class


PAGES = Path(__file__).parents[2] / "docs" / "how-to"
COMMANDS = [
    (page.name, line)
    for page in sorted(PAGES.glob("*django*.md"))
    for line in re.findall(
        r"^\$ python manage\.py (.*)$", page.read_text(), re.MULTILINE
    )
]


@pytest.mark.parametrize("page, line", COMMANDS)
def test_it_is_there(page: str, line: str) -> None:
    """
    A name or an option that is not would end the test.
    """
    name, *words = shlex.split(line, comments=True)
    command = load_command_class(get_commands()[name], name)

    command.create_parser(page, name).parse_args(words)


def test_they_were_found() -> None:
    """
    The pages have commands.
    """
    assert 5 <= len(COMMANDS)
