"""
Lines to servers that can be cut, on one machine.

Each server gets a network namespace of its own, as if it were another machine, and a
line to a switch.  What is sent on a line that is cut is lost without a word.
Linux lets root do so, or whoever has ``CAP_NET_ADMIN``.
"""

import subprocess
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress

import attrs


#: Where this machine is on the switch, and what the others count on from.
_SWITCH = "winbooks"
_PREFIX = "10.213.71."
HERE = f"{_PREFIX}1"


@attrs.frozen
class Line:
    """
    The line to the server with that *number*.
    """

    number: int

    @property
    def address(self) -> str:
        """
        Return the address at its other end.
        """
        return f"{_PREFIX}{10 + self.number}"

    @property
    def enter(self) -> Sequence[str]:
        """
        Return what stands before a command that runs at its other end.
        """
        return ("nsenter", f"--net=/run/netns/{self._server}")

    def cut(self) -> None:
        """
        Lose everything that is sent, in both directions.
        """
        _ip("link", "set", self._here, "down")

    def mend(self) -> None:
        """
        Lose nothing any more.
        """
        _ip("link", "set", self._here, "up")

    def lay(self) -> None:
        """
        Connect a new server to the switch.
        """
        end = ("peer", "name", "eth0", "netns", self._server)
        _ip("netns", "add", self._server)
        _ip("link", "add", self._here, "type", "veth", *end)
        _ip("link", "set", self._here, "master", _SWITCH, "up")
        inside = ("-n", self._server)
        _ip(*inside, "address", "add", f"{self.address}/24", "dev", "eth0")
        _ip(*inside, "link", "set", "eth0", "up")
        _ip(*inside, "link", "set", "lo", "up")

    def take_away(self) -> None:
        """
        Take the line and the network of the server away.
        """
        for each in (("link", "delete", self._here), ("netns", "delete", self._server)):
            with suppress(subprocess.CalledProcessError):
                _ip(*each)

    @property
    def _server(self) -> str:
        return f"{_SWITCH}{self.number}"

    @property
    def _here(self) -> str:
        return f"{_SWITCH}-{self.number}"


@contextmanager
def network(servers: int) -> Iterator[Sequence[Line]]:
    """
    Return a line to each of so many servers; they reach each other and this machine.
    """
    lines = [Line(number) for number in range(servers)]
    with ExitStack() as stack:
        _ip("link", "add", _SWITCH, "type", "bridge")
        stack.callback(_ip, "link", "delete", _SWITCH)
        _ip("address", "add", f"{HERE}/24", "dev", _SWITCH)
        _ip("link", "set", _SWITCH, "up")
        for line in lines:
            stack.callback(line.take_away)
            line.lay()
        yield lines


def _ip(*words: str) -> None:
    subprocess.run(["ip", *words], check=True, stderr=subprocess.DEVNULL)  # noqa: S603, S607  Our own words, and the one of the system.
