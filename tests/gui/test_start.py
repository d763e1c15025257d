"""What the first window may not wait for; how soon it is there is measured in tests/bench/window.py."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

OURS = """
import sys
from pathlib import Path
from desktop.ui.shell.interpreter import serve_window
serve_window()
from desktop.ui import theme
from desktop.ui.app import application, make_window
from desktop.ui.office.opening import OpeningOffice
app = application([]); theme.apply(app, theme.theme("light", 100))
window = make_window(OpeningOffice(Path(sys.argv[1])), Path(sys.argv[1])); window.show(); app.processEvents()
import linecache, wave
if wave.__file__ in linecache.cache: print("Qt keeps the source of what is imported after it")
heavy = [name for name in ("pyhanko", "cv2", "pymupdf", "sqlalchemy", "tesserocr") if name in sys.modules]
print(heavy, flush=True)
import os; os._exit(0)
"""


def test_the_first_window_loads_no_heavy_library(root: Path, tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", OURS, str(tmp_path)],
        cwd=root, env={**os.environ, "PYTHONPATH": str(root)}, capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert done.stdout.splitlines() == ["[]"]
