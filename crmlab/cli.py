"""The command line: start the gallery, open the notebooks, make data sets, check the installation, build the
course and its exercises, grade a class.

``crmlab --help`` answers at once: what is heavy loads in the command that needs it. All words come from
``labels/catalogue/cli.toml``, argparse's own headings too; only what is wrong with an option's value it says in
English.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from . import __version__, labels
from .errors import UserError, suggest

__all__ = ["main"]

PACKAGE = Path(__file__).resolve().parent
SIZES = ("S", "M", "L")


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code.

    Parameters
    ----------
    argv : sequence of str, optional
        The arguments after the program's name; those of the process when None.

    Examples
    --------
    >>> main(["version"])
    crmlab 0.1.0
    0
    """
    argv = list(sys.argv[1:] if argv is None else argv)
    with labels.using(_language(argv)):
        try:
            parser, commands = _parser()
            command = next((a for a in argv if not a.startswith("-") and a not in labels.LANGUAGES), None)
            if command is not None and command not in commands:
                raise UserError("cli.unknown_command", found=command, near=suggest(command, commands))
            if command is None and not {"-h", "--help"} & set(argv):
                parser.print_help()
                return 0
            options = parser.parse_args(argv)
            return commands[options.command](options) or 0
        except UserError as error:
            print(error.render(), file=sys.stderr)
            return 2
        except KeyboardInterrupt:
            return 130


def _language(argv: Sequence[str]) -> str | None:
    """What ``--lang`` says, else CRMLAB_LANG, else the terminal's own language where crmlab speaks it."""
    for i, argument in enumerate(argv):
        said = argv[i + 1] if argument == "--lang" and i + 1 < len(argv) else argument.removeprefix("--lang=")
        if argument.startswith("--lang") and said in labels.LANGUAGES:
            return said
    if os.environ.get("CRMLAB_LANG"):
        return None
    terminal = next((os.environ[v] for v in ("LC_ALL", "LC_MESSAGES", "LANG") if os.environ.get(v)), "")
    return terminal[:2] if terminal[:2] in labels.LANGUAGES else None


class _Help(argparse.HelpFormatter):
    def add_usage(self, usage, actions, groups, prefix=None):
        super().add_usage(usage, actions, groups, labels.text("cli.usage") + " " if prefix is None else prefix)


class _Parser(argparse.ArgumentParser):
    """argparse in the reader's language: its headings, and ``-h`` itself."""

    def __init__(self, **options):
        super().__init__(add_help=False, formatter_class=_Help, **options)
        self.group = self.add_argument_group(labels.text("cli.options"))
        self.group.add_argument("-h", "--help", action="help", help=labels.text("cli.help"))
        self.group.add_argument("--lang", choices=labels.LANGUAGES, help=labels.text("cli.lang"))

    def error(self, message):
        raise UserError("cli.bad_arguments", found=message, command=self.prog)


def _parser() -> tuple[argparse.ArgumentParser, dict]:
    """The parser, and what each command calls."""
    parser = _Parser(prog="crmlab", description=labels.text("cli.description"), epilog=labels.text("cli.epilog"))
    chosen = parser.add_subparsers(
        title=labels.text("cli.commands"), dest="command", metavar=labels.text("cli.command"), required=True
    )
    commands = {
        "gallery": _gallery,
        "lab": _lab,
        "data": _data,
        "check": _check,
        "notebooks": _notebooks,
        "exercises": _exercises,
        "grade": _grade,
        "version": _version,
    }
    own = {
        name: chosen.add_parser(
            name, help=labels.text(f"cli.{name}.help"), description=labels.text(f"cli.{name}.description")
        )
        for name in commands
    }

    def option(command: str, *flags: str, **settings) -> None:
        own[command].group.add_argument(*flags, **settings)

    option("gallery", "--port", type=int, default=None, help=labels.text("cli.port"))
    option("gallery", "--no-browser", action="store_true", help=labels.text("cli.no_browser"))
    option("gallery", "--host", default="127.0.0.1", help=labels.text("cli.host"))
    option("gallery", "--size", choices=SIZES, help=labels.text("cli.gallery.size"))
    option("lab", "folder", nargs="?", type=Path, help=labels.text("cli.lab.folder"))
    option("lab", "--port", type=int, default=None, help=labels.text("cli.port"))
    option("lab", "--no-browser", action="store_true", help=labels.text("cli.no_browser"))
    option("data", "--size", choices=SIZES, default="M", help=labels.text("cli.size"))
    option("data", "--out", type=Path, help=labels.text("cli.data.out"))
    option("data", "--seed", type=int, help=labels.text("cli.data.seed"))
    option("notebooks", "action", choices=("build", "check"), help=labels.text("cli.notebooks.action"))
    option("notebooks", "names", nargs="*", help=labels.text("cli.notebooks.names"))
    option("notebooks", "--text", action="store_true", help=labels.text("cli.notebooks.text"))
    option(
        "exercises",
        "action",
        choices=("build", "check", "hand-out", "key", "nbgrader", "map"),
        help=labels.text("cli.exercises.action"),
    )
    option("exercises", "names", nargs="*", help=labels.text("cli.exercises.names"))
    option("exercises", "--class", dest="members", type=Path, help=labels.text("cli.exercises.class"))
    option("exercises", "--term", help=labels.text("cli.exercises.term"))
    option("exercises", "--out", type=Path, help=labels.text("cli.exercises.out"))
    option("exercises", "--sources", type=Path, help=labels.text("cli.exercises.sources"))
    option("exercises", "--no-solutions", action="store_true", help=labels.text("cli.exercises.no_solutions"))
    option("grade", "folder", type=Path, help=labels.text("cli.grade.folder"))
    option("grade", "--out", type=Path, default=Path("marks.csv"), help=labels.text("cli.grade.out"))
    option("grade", "--class", dest="members", type=Path, help=labels.text("cli.grade.class"))
    option("grade", "--packs", type=Path, help=labels.text("cli.grade.packs"))
    option("grade", "--sources", type=Path, help=labels.text("cli.exercises.sources"))
    option("grade", "--seconds", type=float, default=60.0, help=labels.text("cli.grade.seconds"))
    option("grade", "--after-solution", type=float, default=0.5, help=labels.text("cli.grade.after_solution"))
    option("grade", "--workers", type=int, help=labels.text("cli.grade.workers"))
    return parser, commands


def _gallery(options: argparse.Namespace) -> int | None:
    from . import apps

    return apps.serve(
        options.port,
        host=options.host,
        open_browser=not options.no_browser,
        size=options.size,
        lang=options.lang,
    )


def _lab(options: argparse.Namespace) -> int:
    """JupyterLab in a copy of the course that the person may write on, or in a folder of theirs."""
    from . import course

    folder = options.folder or course.working_copy(Path.cwd() / "crmlab-notebooks")
    if not folder.is_dir():
        raise UserError("cli.no_folder", found=str(folder))
    edition = folder / labels.language()
    first = next(iter(sorted(edition.glob("*.ipynb"))), None)
    command = [sys.executable, "-m", "jupyterlab", f"--ServerApp.root_dir={folder}"]
    if first is not None:
        command.append(f"--LabApp.default_url=/lab/tree/{first.relative_to(folder).as_posix()}")
    command += [f"--port={options.port}"] * (options.port is not None)
    command += ["--no-browser"] * options.no_browser
    # in a container everyone is root; the server listens to this computer only and asks for its token
    command += ["--allow-root"] * (os.name == "posix" and os.geteuid() == 0)
    environment = {
        **os.environ,
        # figures as data, drawn by the lab's own plotly: the other renderers carry megabytes or ask a host
        "PLOTLY_RENDERER": os.environ.get("PLOTLY_RENDERER", "plotly_mimetype"),
        # JupyterLab asks for news, newer versions and extensions: a class without a network waits for nothing of that
        "JUPYTER_CONFIG_PATH": os.pathsep.join(
            [str(PACKAGE / "lab"), *filter(None, [os.environ.get("JUPYTER_CONFIG_PATH")])]
        ),
    }
    print(labels.text("cli.lab.opening", folder=folder))
    return _become(command, environment)


def _become(command: Sequence[str], environment: dict[str, str]) -> int:
    """Go on as another program, so that what stops crmlab stops it; Windows can only start it and wait."""
    if os.name == "nt":
        return subprocess.call(command, env=environment)
    sys.stdout.flush()
    return os.execve(command[0], command, environment)


def _data(options: argparse.Namespace) -> None:
    from . import datasets

    settings = {} if options.seed is None else {"seed": options.seed}
    meter = _Meter()
    folder = datasets.make_retail(options.size, out=options.out, progress=meter, **settings)
    meter.close()
    print(labels.text("cli.data.made", size=options.size, place=folder))


class _Meter:
    """Progress on one line of a terminal, or one line a step where output goes to a file."""

    def __init__(self, words: str = "datasets.step_") -> None:
        self.words = words
        self.live = sys.stderr.isatty()
        self.width = 0

    def __call__(self, done: float, total: float, key: str) -> None:
        step = labels.text(f"{self.words}{key}")
        line = labels.text("cli.data.progress", share=done / total if total else 1.0, what=step)
        if self.live:
            print(f"\r{line:<{self.width}}", end="", file=sys.stderr, flush=True)
            self.width = max(self.width, len(line))
        else:
            print(line, file=sys.stderr)

    def close(self) -> None:
        if self.live and self.width:
            print(file=sys.stderr)


def _check(_: argparse.Namespace) -> int:
    from . import installation

    findings = installation.examine()
    for finding in findings:
        print(f"{'✓' if finding.ok else '✗'} {finding.render()}")
    failed = sum(not finding.ok for finding in findings)
    print(labels.text("cli.check.failed", n=failed) if failed else labels.text("cli.check.passed"))
    return 1 if failed else 0


def _notebooks(options: argparse.Namespace) -> int:
    builder = PACKAGE.parent / "notebooks" / "build.py"
    if not builder.is_file():
        raise UserError("cli.no_sources", found=str(builder.parent))
    command = [sys.executable, str(builder), options.action, *options.names, *["--text"] * options.text]
    return subprocess.call(command)


def _exercises(options: argparse.Namespace) -> int:
    from .teaching import desk

    lines = desk.work(
        options.action,
        names=options.names,
        members=options.members,
        term=options.term,
        out=options.out,
        written=options.sources,
        solutions=not options.no_solutions,
    )
    failed = False
    for ok, line in lines:
        print(f"{'✓' if ok else '✗'} {line}", flush=True)
        failed |= not ok
    return 1 if failed else 0


def _grade(options: argparse.Namespace) -> None:
    from .teaching import grading
    from .teaching.sandbox import Limits

    meter = _Meter("teaching.step_")
    graded = grading.grade(
        options.folder,
        members=options.members,
        handed_out=options.packs,
        written=options.sources,
        limits=Limits(seconds=options.seconds),
        after_solution=options.after_solution,
        workers=options.workers,
        progress=lambda done, total: meter(done, total, "grading"),
    )
    meter.close()
    files = graded.write(options.out)
    rows = graded.marks()
    print(labels.text("cli.grade.done", students=len(rows), place=files["marks"]))
    if n := len(graded.copies()):
        print(labels.text("cli.grade.copies", n=n, place=files["copies"]))


def _version(_: argparse.Namespace) -> None:
    print(f"crmlab {__version__}")


if __name__ == "__main__":
    sys.exit(main())
