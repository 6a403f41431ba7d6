"""``python -m crmlab`` is ``crmlab``."""

import sys

from .cli import main

sys.exit(main())
