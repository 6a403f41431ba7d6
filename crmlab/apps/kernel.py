"""The kernel of an app's page: an IPython kernel without what only a person at a prompt needs.

Started as ``python -m crmlab.apps.kernel -f connection.json`` (the kernel spec ``crmlab-app``). A class opens many of
these at once, so each second and each megabyte counts: no debugger, no completion, no history file, no parsers that no
app uses.
"""

from __future__ import annotations

import sys

# ``rfc3987_syntax`` (through jsonschema's formats) builds its parsers when it is imported, half a second of CPU; the
# others serve a debugger and a prompt, which a page does not have. Their users cope with a module that is not there.
UNUSED = ("rfc3987_syntax", "debugpy", "jedi")


def leave_out_unused(names: tuple[str, ...] = UNUSED) -> None:
    """Let ``import`` fail at once for modules that are slow to import and serve nobody here.

    Examples
    --------
    >>> leave_out_unused(("a_module_that_nobody_has",))
    >>> import a_module_that_nobody_has
    Traceback (most recent call last):
    ...
    ModuleNotFoundError: import of a_module_that_nobody_has halted; None in sys.modules
    """
    for name in names:
        sys.modules.setdefault(name, None)


def main() -> None:
    """Run the kernel until its server stops it."""
    leave_out_unused()
    # ``-m`` puts the working directory first, where a file of any name could pass for a module
    sys.path[:] = [path for path in sys.path if path]
    from ipykernel.kernelapp import IPKernelApp
    from traitlets.config import Config

    config = Config()
    config.HistoryManager.enabled = False
    config.InteractiveShell.colors = "nocolor"
    config.InteractiveShellApp.matplotlib = None
    config.InteractiveShellApp.exec_PYTHONSTARTUP = False
    IPKernelApp.launch_instance(config=config)


if __name__ == "__main__":
    main()
