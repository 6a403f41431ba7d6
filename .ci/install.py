"""Install crmlab into the clone and start it: ``python3 .ci/install.py gallery``, ``lab``, ``test``; so does ``make``.

Needs nothing but a Python: it looks for one that is new enough, makes the virtual environment ``.venv``, installs under
``constraints.txt``, and sees to it that bytecode is compiled (without it every kernel compiles its imports again). A
second call installs nothing unless the project files changed. Written so that an old Python can still run it and say
what is missing.
"""

import hashlib
import os
import shutil
import subprocess
import sys

HERE = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
VENV = os.path.join(HERE, ".venv")
WINDOWS = os.name == "nt"
PYTHON = os.path.join(VENV, "Scripts", "python.exe") if WINDOWS else os.path.join(VENV, "bin", "python")
NEEDED = (3, 11)
COMMANDS = ("install", "gallery", "lab", "check", "test", "dev")

ENVIRONMENT = dict(os.environ)
ENVIRONMENT.pop("PYTHONDONTWRITEBYTECODE", None)
ENVIRONMENT.pop("PYTHONPATH", None)


def main(arguments):
    """Do what the first argument says; the rest goes to the program that is started."""
    command = arguments[0] if arguments else ""
    if command not in COMMANDS:
        sys.exit("usage: python3 .ci/install.py {%s} [options]" % ",".join(COMMANDS))
    extra = {"test": "test", "dev": "dev"}.get(command, "office,teaching")  # a person may write a paper, or grade
    install(extra)
    if command in ("install", "dev"):
        print("crmlab is installed in %s" % VENV)
        return
    if command == "test":
        require_browser()
        start(["-m", "pytest", "-n", "2", "--dist", "loadscope"] + arguments[1:])
    start(["-m", "crmlab"] + arguments)


def install(extra):
    """Make ``.venv`` and install crmlab into it, unless that was done for these very project files."""
    if not works(PYTHON):
        python = find_python()
        say("Making .venv with %s" % python)
        shutil.rmtree(VENV, ignore_errors=True)
        if subprocess.call([python, "-m", "venv", VENV], env=ENVIRONMENT) != 0:
            shutil.rmtree(VENV, ignore_errors=True)
            sys.exit(
                "This Python can't make virtual environments. On Debian and Ubuntu: sudo apt-get install python3-venv"
            )
    mark = os.path.join(VENV, "installed-%s.txt" % extra)
    wanted = fingerprint()
    if read(mark) != wanted:
        say("Installing, which takes some minutes the first time")
        target = "%s[%s]" % (HERE, extra)
        constraints = os.path.join(HERE, "constraints.txt")
        call(
            "-m",
            "pip",
            "install",
            "--disable-pip-version-check",
            "--quiet",
            "--compile",
            "-c",
            constraints,
            "-e",
            target,
        )
        with open(mark, "w") as file:
            file.write(wanted)
    # pip compiles what it copies; an editable install copies nothing
    call("-m", "compileall", "-q", os.path.join(HERE, "crmlab"))


def find_python():
    """A Python that is new enough and can make virtual environments, this one first."""
    names = [sys.executable, "python3.11", "python3.12", "python3.13", "python3.14", "python3", "python"]
    for name in names:
        path = shutil.which(name)
        if path and works(path, "import venv, ensurepip"):
            return path
    if WINDOWS and shutil.which("py"):
        for version in ("3.11", "3.12", "3.13", "3.14"):
            found = output(["py", "-" + version, "-c", "import sys; print(sys.executable)"])
            if found and works(found):
                return found
    sys.exit(
        "crmlab needs Python %d.%d or newer with venv; none was found (this is %s).\n"
        "Debian and Ubuntu: sudo apt-get install python3 python3-venv. macOS: brew install python@3.11. "
        "Windows: winget install Python.Python.3.11" % (NEEDED + (sys.version.split()[0],))
    )


def works(python, code=""):
    """Whether ``python`` runs, is new enough, and can run ``code``."""
    check = "import sys; assert sys.version_info >= (%d, %d); " % NEEDED + code
    try:
        return subprocess.call([python, "-c", check], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) == 0
    except OSError:
        return False


def output(command):
    try:
        return subprocess.check_output(command, stderr=subprocess.DEVNULL).decode().strip()
    except (OSError, subprocess.CalledProcessError):
        return ""


def fingerprint():
    """What an installation depends on."""
    digest = hashlib.sha256()
    for name in ("pyproject.toml", "constraints.txt"):
        digest.update(read(os.path.join(HERE, name)).encode())
    return digest.hexdigest()


def read(path):
    try:
        with open(path) as file:
            return file.read()
    except OSError:
        return ""


def require_browser():
    """The apps' tests open a browser: print which, or say what is missing before minutes of tests rather than after."""
    call(os.path.join(HERE, "tests", "browser.py"))


def call(*arguments):
    code = subprocess.call((PYTHON,) + arguments, env=ENVIRONMENT, cwd=HERE)
    if code != 0:
        sys.exit(code)


def start(arguments):
    """Hand over to Python in ``.venv``; on Windows wait for it, since exec leaves the console there."""
    os.chdir(HERE)
    if WINDOWS:
        sys.exit(subprocess.call([PYTHON] + arguments, env=ENVIRONMENT))
    sys.stdout.flush()
    os.execve(PYTHON, [PYTHON] + arguments, ENVIRONMENT)


def say(text):
    print(text, flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
