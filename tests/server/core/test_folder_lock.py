"""Two servers on one folder, and a lock whose owner was killed."""

import asyncio
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from graphengine.home import Home
from graphengine.server.core import Core
from graphengine.server.core.folder_lock import FolderLock
from graphengine.server.errors import FolderInUse
from tests.server.core.troublemaker import serving

HOLDER = """
import sys, time
from pathlib import Path
from graphengine.server.core.folder_lock import FolderLock
FolderLock(Path(sys.argv[1])).acquire()
print("held", flush=True)
time.sleep(60)
"""


def test_the_second_server_is_told_who_has_the_folder(home: Home) -> None:
    async def test() -> None:
        async with serving(home):
            with pytest.raises(FolderInUse, match=rf"process {os.getpid()}\) uses the folder"):
                await Core(home).start()
        async with serving(home):
            pass

    asyncio.run(test())


def test_the_lock_of_a_killed_process_is_free(tmp_path: Path) -> None:
    holder = subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(tmp_path)], stdout=subprocess.PIPE, text=True
    )
    assert holder.stdout is not None
    assert holder.stdout.readline() == "held\n"
    lock = FolderLock(tmp_path)
    with pytest.raises(FolderInUse, match=f"process {holder.pid}"):
        lock.acquire()
    holder.send_signal(signal.SIGKILL)
    holder.wait()
    holder.stdout.close()
    lock.acquire()
    lock.release()
