"""
What does a class have to do to be a port?

One suite for each port.  Subclass it in a test module under a name that begins
with ``Test`` and supply its fixture:

    class TestMyStorage(StorageContract):
        @pytest.fixture
        def storage(self) -> Storage:
            return MyStorage()
"""

from .outbox_queue import OutboxQueueContract
from .storage import StorageContract


__all__ = ["OutboxQueueContract", "StorageContract"]
