"""
The classes that people import first have an example, and it runs.
"""

import doctest
from pathlib import Path

import pytest

import winbooks_identity


#: The bases of exceptions, what a service returns or is asked by, and the services,
#: which `Portal` builds: the example of `Portal` shows them.
WITHOUT = frozenset(
    {"IdentityError", "Refused", "Unavailable"}
    | {"Created", "Distributor", "PortalUser", "WinBooksAdministration"}
    | {name for name in winbooks_identity.__all__ if name.endswith("Service")}
)
NAMES = sorted(set(winbooks_identity.__all__) - WITHOUT)


def examples(name: str) -> doctest.DocTest:
    """
    Return the examples in the docstring of a name of the root.
    """
    everything = {
        each: getattr(winbooks_identity, each) for each in winbooks_identity.__all__
    }
    docstring = everything[name].__doc__ or ""
    return doctest.DocTestParser().get_doctest(docstring, everything, name, None, 0)


class TestExamples:
    """
    An example says more than a signature, as long as it is true.
    """

    @pytest.mark.parametrize("name", NAMES)
    def test_it_runs(
        self, name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """
        Every name has one, and it prints what it says.
        """
        monkeypatch.chdir(tmp_path)
        found = examples(name)
        runner = doctest.DocTestRunner(optionflags=doctest.ELLIPSIS)

        assert found.examples
        assert doctest.TestResults(0, len(found.examples)) == runner.run(found)
