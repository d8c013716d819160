"""
A scenario can be made to die at each of its steps.
"""

import pytest

from winbooks_identity.adapters.memory import InMemoryStorage
from winbooks_identity.testing import samples
from winbooks_identity.testing.steps import Crash, Steps, fail_each_step


class TestFailEachStep:
    """
    A scenario is run once for each of its steps.
    """

    def test_counts_the_calls_of_a_unit_of_work(self) -> None:
        """
        A run and a registration in it are four steps.
        """

        def scenario(steps: Steps) -> None:
            with steps.until_crash():
                steps.watch(InMemoryStorage()).run(
                    lambda unit: unit.licences.register(samples.licence(), [])
                )

        assert 4 == fail_each_step(scenario)

    def test_dies_at_each_step(self) -> None:
        """
        Only behind the commit is the licence there.
        """
        found: list[bool] = []

        def scenario(steps: Steps) -> None:
            storage = InMemoryStorage()
            with steps.until_crash():
                steps.watch(storage).run(
                    lambda unit: unit.licences.register(samples.licence(), [])
                )
            found.append(
                storage.run(lambda unit: unit.licences.find("4711")) is not None
            )

        fail_each_step(scenario)

        assert [False, False, False, True, True] == found

    def test_a_failed_scenario_is_reported(self) -> None:
        """
        What the scenario asserts reaches the test.
        """

        def scenario(steps: Steps) -> None:
            with steps.until_crash():
                steps.take()
            assert not steps.crashed

        with pytest.raises(AssertionError):
            fail_each_step(scenario)


class TestSteps:
    """
    Steps are taken until the crash.
    """

    def test_a_crash_is_no_exception(self) -> None:
        """
        Code that catches every exception does not hold up a crash.
        """
        assert not issubclass(Crash, Exception)

    def test_dies_in_the_way_that_was_asked_for(self) -> None:
        """
        The crash can be anything, also the end of the process.
        """
        deaths: list[str] = []
        steps = Steps(1, crash=lambda: deaths.append("killed"))

        for _ in range(3):
            steps.take()

        assert ["killed"] == deaths
