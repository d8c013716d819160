"""
What does a class have to do to be a port?

One suite for each port.  Subclass it in a test module under a name that begins
with ``Test`` and supply its fixture:

    class TestMyStorage(StorageContract):
        @pytest.fixture
        def storage(self) -> Storage:
            return MyStorage()
"""

from .attempts import AttemptsContract, Elapse, MakeAttempts
from .gateway import GatewayContract, MakeGateway
from .hasher import PasswordHasherContract
from .mailer import Delivered, MailerContract
from .outbox_queue import OutboxQueueContract
from .sealer import SealerContract
from .storage import StorageContract


__all__ = [
    "AttemptsContract",
    "Delivered",
    "Elapse",
    "GatewayContract",
    "MailerContract",
    "MakeAttempts",
    "MakeGateway",
    "OutboxQueueContract",
    "PasswordHasherContract",
    "SealerContract",
    "StorageContract",
]
