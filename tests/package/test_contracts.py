"""What holds the house together, run by tools."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]


def test_imports_point_one_way() -> None:
    """Screens show, wizard means, flows decide; nobody imports against the grain."""
    lint_imports = shutil.which("lint-imports", path=str(Path(sys.executable).parent))
    assert lint_imports
    done = subprocess.run([lint_imports, "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


def test_the_admin_command_never_loads_textual() -> None:
    """IT's command starts without the terminal UI's library."""
    program = (
        "import json, sys\n"
        "from wizard.cli import main\n"
        "code = main(['check'])\n"
        "print(json.dumps([code, 'textual' in sys.modules, 'screens' in sys.modules]))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert json.loads(done.stdout.splitlines()[-1]) == [0, False, False]


def test_the_lock_file_names_no_address() -> None:
    """The pinned packages come with hashes and from wherever the machine gets its packages."""
    lock = (ROOT / "requirements.lock").read_text()
    assert "http" not in lock
    pinned = [line for line in lock.splitlines() if "==" in line]
    assert pinned
    assert lock.count("--hash=sha256:") >= len(pinned)
