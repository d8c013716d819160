"""
In which language does the command line speak?
"""

from collections.abc import Mapping, Sequence

from ..texts import LANGUAGES, language_of


__all__ = ["chosen_language"]


def chosen_language(arguments: Sequence[str], environment: Mapping[str, str]) -> str:
    """
    Return the language that ``--language`` or the environment asks for.

    It is read before everything else: what is wrong with the other arguments is
    said in that language too.
    """
    for place, argument in enumerate(arguments):
        name, equals, value = argument.partition("=")
        if name == "--language":
            asked = value if equals else "".join(arguments[place + 1 : place + 2])
            if asked in LANGUAGES:
                return asked
    return language_of(environment.get("LC_ALL") or environment.get("LANG", ""))
