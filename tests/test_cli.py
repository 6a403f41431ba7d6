"""The command line: its help, its words, its mistakes, and what it starts."""

from __future__ import annotations

import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from crmlab import cli, course, installation, labels


@pytest.mark.parametrize("lang", labels.LANGUAGES)
def test_help_lists_every_command_in_the_reader_s_language(lang, capsys):
    with pytest.raises(SystemExit) as stopped:
        cli.main(["--lang", lang, "--help"])
    assert stopped.value.code == 0
    page = capsys.readouterr().out
    for command in ("gallery", "lab", "data", "check", "notebooks", "version"):
        assert f"    {command}" in page
        with labels.using(lang):
            assert labels.text(f"cli.{command}.help") in page
    assert ("usage:" in page) == (lang == "en")


def test_help_of_a_command_takes_its_language_too(capsys):
    with pytest.raises(SystemExit):
        cli.main(["data", "--lang", "id", "--help"])
    assert "cara pakai: crmlab data" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("terminal", "said"), [("id_ID.UTF-8", "perintah"), ("en_US.UTF-8", "command"), ("C", "perintah")]
)
def test_the_terminal_s_language_is_spoken_when_none_was_chosen(terminal, said, monkeypatch, capsys):
    for variable in ("CRMLAB_LANG", "LC_ALL", "LC_MESSAGES"):
        monkeypatch.delenv(variable, raising=False)
    monkeypatch.setenv("LANG", terminal)
    assert cli.main(["galery"]) == 2
    assert said in capsys.readouterr().err


def test_a_mistyped_command_gets_a_did_you_mean(capsys):
    assert cli.main(["galery"]) == 2
    assert "Did you mean “gallery”?" in capsys.readouterr().err


def test_an_impossible_option_is_refused(capsys):
    assert cli.main(["data", "--lang", "id", "--size", "XL"]) == 2
    said = capsys.readouterr().err
    assert "XL" in said
    assert "Caranya: Lihat pilihannya dengan: crmlab data --help" in said


def test_without_a_command_the_help_is_shown(capsys):
    assert cli.main(["--lang", "id"]) == 0
    assert "cara pakai: crmlab" in capsys.readouterr().out


def test_gallery_hands_its_options_to_the_server(monkeypatch):
    from crmlab import apps

    asked = {}
    monkeypatch.setattr(apps, "serve", lambda port, **options: asked.update(options, port=port))
    assert cli.main(["gallery"]) == 0
    assert asked == {"port": None, "host": "127.0.0.1", "open_browser": True, "size": None, "lang": None}
    assert cli.main(["gallery", "--port", "9000", "--no-browser", "--size", "S", "--lang", "id"]) == 0
    assert asked == {"port": 9000, "host": "127.0.0.1", "open_browser": False, "size": "S", "lang": "id"}


def test_data_says_how_far_it_is_and_where_it_ended(monkeypatch, tmp_path, capsys):
    from crmlab import datasets

    asked = {}

    def make_retail(size, *, out, progress, **settings):
        asked.update(size=size, out=out, **settings)
        progress(1, 2, "orders")
        progress(2, 2, "done")
        return Path(out)

    monkeypatch.setattr(datasets, "make_retail", make_retail)
    assert cli.main(["data", "--size", "S", "--out", str(tmp_path), "--seed", "7"]) == 0
    said = capsys.readouterr()
    assert asked == {"size": "S", "out": tmp_path, "seed": 7}
    assert "50% Making orders" in said.err
    assert "100%" in said.err
    assert str(tmp_path) in said.out


def test_lab_opens_the_edition_offline_on_a_copy(monkeypatch, tmp_path):
    started = {}
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(cli, "_become", lambda command, env: started.update(command=command, env=env) or 0)
    assert cli.main(["lab", "--lang", "en", "--port", "8899", "--no-browser"]) == 0
    command = " ".join(started["command"])
    assert f"--ServerApp.root_dir={tmp_path / 'crmlab-notebooks'}" in command
    assert "/lab/tree/en/01-star-schema.ipynb" in command
    assert "--port=8899 --no-browser" in command
    assert started["env"]["JUPYTER_CONFIG_PATH"].startswith(str(cli.PACKAGE / "lab"))
    assert started["env"]["PLOTLY_RENDERER"] == "plotly_mimetype"
    assert (tmp_path / "crmlab-notebooks" / "id" / "01-star-schema.ipynb").is_file()


def test_a_copy_follows_the_course_until_it_is_written_on(tmp_path):
    source, desk = tmp_path / "course", tmp_path / "desk"
    (source / "id").mkdir(parents=True)
    first, second = source / "id" / "01-a.ipynb", source / "id" / "02-b.ipynb"
    first.write_text("old")
    second.write_text("old")
    course.working_copy(desk, source)
    (desk / "id" / "02-b.ipynb").write_text("mine")

    first.write_text("new")
    second.write_text("new")
    (source / "id" / "03-c.ipynb").write_text("new")
    for _ in range(2):
        course.working_copy(desk, source)
        assert [p.read_text() for p in sorted((desk / "id").glob("*.ipynb"))] == ["new", "mine", "new"]


def test_an_installed_package_carries_its_own_course(monkeypatch, tmp_path):
    monkeypatch.setattr(course, "__file__", str(tmp_path / "site-packages" / "crmlab" / "course.py"))
    assert course.originals() == tmp_path / "site-packages" / "crmlab" / "notebooks"


def test_lab_refuses_a_folder_that_is_not_there(tmp_path, capsys):
    assert cli.main(["lab", str(tmp_path / "nowhere")]) == 2
    assert "nowhere" in capsys.readouterr().err


def test_notebooks_need_their_sources(monkeypatch, tmp_path, capsys):
    monkeypatch.setattr(cli, "PACKAGE", tmp_path / "crmlab")
    assert cli.main(["notebooks", "build"]) == 2
    assert "clone" in capsys.readouterr().err


def test_check_passes_here_and_says_what_it_saw(capsys):
    code = cli.main(["check"])
    page = capsys.readouterr().out
    assert "DuckDB 2.0" in page
    findings = {finding.name: finding for finding in installation.examine()}
    assert {name for name, finding in findings.items() if not finding.ok} <= {"bytecode"}
    assert code == (0 if findings["bytecode"].ok else 1)


def test_check_counts_a_failure_and_gives_its_cure(monkeypatch, tmp_path, capsys):
    blocked = tmp_path / "file"
    blocked.write_text("")
    monkeypatch.setenv("CRMLAB_CACHE", str(blocked / "cache"))
    assert cli.main(["check"]) == 1
    assert "✗ the cache" in capsys.readouterr().out


def test_check_sees_missing_bytecode(monkeypatch, tmp_path):
    source = tmp_path / "module.py"
    source.write_text("")
    monkeypatch.setattr(installation, "_sources", lambda: iter([source]))
    assert not installation._bytecode().ok
    other = tmp_path / "an other" / "module.py"
    monkeypatch.setattr(installation, "_sources", lambda: iter([source, other]))
    cure = installation._bytecode().render("en").rpartition("Mend with: ")[2]
    assert shlex.split(cure) == [sys.executable, "-m", "compileall", "-q", str(tmp_path), str(other.parent)]
    monkeypatch.setattr(installation, "_sources", lambda: iter([source]))
    subprocess.run([sys.executable, "-m", "compileall", "-q", str(tmp_path)], check=True)
    assert installation._bytecode().ok


@pytest.mark.parametrize("lang", labels.LANGUAGES)
def test_every_finding_has_words_for_good_and_bad(lang):
    values = {
        "version": "1",
        "n": 1,
        "wrong": [],
        "why": "",
        "size": 1.0,
        "name": "",
        "folder": "",
        "missing": [],
        "said": "",
    }
    for finding in installation.examine():
        for ok in (True, False) if finding.name not in ("browser", "no_browser") else (True,):
            assert installation.Finding(finding.name, ok, {**values, "command": "python"}).render(lang)
