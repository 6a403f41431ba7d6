"""Resolve ``constraints.txt`` anew for every platform: ``make constraints``.

The versions carry markers (Windows, macOS, newer Pythons), and no line says where a package was fetched.
"""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
HEAD = """\
# Exact versions of everything that crmlab installs, with every extra, on Linux, macOS and Windows.
# Made by `make constraints` from pyproject.toml; used as: pip install -c constraints.txt -e .
"""


def main() -> None:
    """Write the resolved versions under a head that says how they came about."""
    command = [sys.executable, "-m", "uv", "pip", "compile", "--universal", "--all-extras", "--strip-extras"]
    command += ["--no-annotate", "--no-header", "--no-emit-index-url", "--no-emit-find-links", "--quiet"]
    # resolve afresh: an old output file would hold versions where they are
    resolved = subprocess.run(
        [*command, "--no-cache", "pyproject.toml"], cwd=ROOT, check=True, stdout=subprocess.PIPE, text=True
    ).stdout
    lines = sorted({line for line in resolved.splitlines() if line and not line.startswith("crmlab")}, key=str.lower)
    (ROOT / "constraints.txt").write_text(HEAD + "\n".join(lines) + "\n", encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
