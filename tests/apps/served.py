"""Serves the test apps as ``crmlab gallery`` serves its own; a process of its own, so that a test can stop it."""

import sys
from pathlib import Path

from crmlab import apps

NOTEBOOKS = Path(__file__).parent / "notebooks"


def main(lang: str, pool: int) -> None:
    served = {
        name: apps.App(name, NOTEBOOKS / f"{name}.ipynb", {"id": f"Uji {name}", "en": f"Test {name}"})
        for name in ("counter", "failing")
    }
    apps.serve(port=0, open_browser=False, lang=lang, size="S", pool=pool, apps=apps.bundled() | served)


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
