import sys
import threading
from pathlib import Path

import pytest

from graphengine.diffusion.patient_import import import_while_checking


class StopError(Exception):
    pass


def never() -> None:
    pytest.fail("nothing to wait for")


def test_what_is_imported_already_takes_no_thread() -> None:
    before = threading.active_count()
    import_while_checking("json", check=never)
    assert threading.active_count() == before


def test_an_import_that_takes_long_is_left_and_goes_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    gate = threading.Event()
    monkeypatch.setattr(threading, "gate_of_slow_module", gate, raising=False)
    (tmp_path / "slow_module.py").write_text(
        "import threading\nthreading.gate_of_slow_module.wait(30)\nready = True\n"
    )
    monkeypatch.syspath_prepend(tmp_path)
    checks = []

    def check() -> None:
        checks.append(1)
        if len(checks) == 2:
            raise StopError

    with pytest.raises(StopError):
        import_while_checking("slow_module", check=check)
    gate.set()
    import_while_checking("slow_module", check=lambda: None)
    assert sys.modules.pop("slow_module").ready


def test_an_import_that_fails_is_left_to_whoever_needs_it() -> None:
    import_while_checking("no_such_module_anywhere", check=lambda: None)
