"""The notebooks' machinery: two editions from one source, the same on every build, small diffs, nothing left over."""

from __future__ import annotations

import difflib
import json
import shutil

import pytest

from notebooks import build

SAMPLE = """\
# %% [markdown] tags=["id"]
# # Pertanyaan
# Kalimat pertama. Kalimat kedua.

# %% [markdown] tags=["en"]
# # Question
# First sentence. Second sentence.

# %%
import os
import pandas as pd
print(os.environ["CRMLAB_LANG"])
table = pd.DataFrame({"x": [1, 2]})
table

# %% [markdown] tags=["id"]
# Penutup.

# %% [markdown] tags=["en"]
# The end.

# %% tags=["nbval-ignore-output"]
import ipywidgets
ipywidgets.IntSlider()
"""


@pytest.fixture
def course(tmp_path, monkeypatch):
    """A course of one notebook, in a folder of its own."""
    (tmp_path / "src").mkdir()
    (tmp_path / "src" / "01_sample.py").write_text(SAMPLE, encoding="utf-8")
    monkeypatch.setattr(build, "HERE", tmp_path)
    return tmp_path


def code(path):
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    return ["".join(cell["source"]) for cell in cells if cell["cell_type"] == "code"]


def changed(before: str, after: str) -> list[str]:
    lines = difflib.unified_diff(before.splitlines(), after.splitlines(), lineterm="", n=0)
    return [line for line in lines if line[0] in "+-" and line[:3] not in ("+++", "---")]


def test_building_again_changes_nothing_and_leaves_nothing_behind(course, capsys):
    assert build.main(["build"]) == 0
    indonesian, english = course / "id" / "01-sample.ipynb", course / "en" / "01-sample.ipynb"
    before = indonesian.read_bytes(), english.read_bytes()

    assert build.main(["check"]) == 0
    assert build.main(["build"]) == 0
    assert capsys.readouterr().out.splitlines()[-2:] == ["= id/01-sample.ipynb", "= en/01-sample.ipynb"]
    assert (indonesian.read_bytes(), english.read_bytes()) == before

    assert code(indonesian) == code(english)
    text = [page.decode() for page in before]
    assert "Pertanyaan" in text[0]
    assert "Question" not in text[0]
    assert "Question" in text[1]
    assert "Pertanyaan" not in text[1]
    for page, language in zip(text, ("id", "en"), strict=True):
        stored = json.loads(page)
        assert stored["cells"][1]["outputs"][0]["text"] == [f"{language}\n"]
        assert set(stored["metadata"]) == {"kernelspec", "language_info"}
        assert all(set(cell["metadata"]) <= {"tags"} for cell in stored["cells"])
        assert "widget-state" not in page
        assert "\r" not in page


def test_an_edit_of_a_sentence_changes_its_line_only(course):
    build.main(["build"])
    page = course / "en" / "01-sample.ipynb"
    before, other = page.read_text(), (course / "id" / "01-sample.ipynb").read_text()
    source = course / "src" / "01_sample.py"
    source.write_text(SAMPLE.replace("Second sentence.", "Another sentence."), encoding="utf-8")

    assert build.main(["check", "--text"]) == 1
    assert build.main(["build", "--text"]) == 0
    assert len(changed(before, page.read_text())) == 2
    assert (course / "id" / "01-sample.ipynb").read_text() == other
    assert build.main(["check"]) == 0, "outputs kept for a text are those of a full build"


def test_text_only_keeps_no_output_of_code_that_changed(course):
    build.main(["build"])
    source = course / "src" / "01_sample.py"
    source.write_text(SAMPLE.replace("[1, 2]", "[1, 3]"), encoding="utf-8")
    build.main(["build", "--text"])
    cells = json.loads((course / "en" / "01-sample.ipynb").read_text())["cells"]
    assert cells[1]["outputs"] == []
    assert cells[3]["outputs"] != []


@pytest.mark.parametrize(
    "cell", ["# %% [markdown]\n# For whom?\n", '# %% [markdown] tags=["id", "en"]\n# Both\n', '# %% tags=["id"]\n1\n']
)
def test_a_cell_without_a_clear_language_is_refused(course, cell):
    (course / "src" / "01_sample.py").write_text(SAMPLE + "\n" + cell, encoding="utf-8")
    with pytest.raises(SystemExit, match="cell 7"):
        build.main(["build"])


def test_a_cell_that_fails_fails_the_build(course):
    from nbclient.exceptions import CellExecutionError

    (course / "src" / "01_sample.py").write_text(SAMPLE + "\n# %%\n1 / 0\n", encoding="utf-8")
    with pytest.raises(CellExecutionError, match="ZeroDivisionError"):
        build.main(["build"])
    assert not (course / "id" / "01-sample.ipynb").exists()


def test_a_name_that_fits_no_source_is_refused(course):
    with pytest.raises(SystemExit, match="99"):
        build.main(["build", "99"])


# the course itself ---------------------------------------------------------------------------------------------------

SOURCES = build.sources()


def test_there_is_a_course():
    assert len(SOURCES) >= 3
    stored = {path.relative_to(build.HERE) for path in build.HERE.glob("*/*.ipynb")}
    assert stored == {build.target(s, e).relative_to(build.HERE) for s in SOURCES for e in build.EDITIONS}


@pytest.mark.parametrize("source", SOURCES, ids=lambda p: p.stem)
def test_the_stored_editions_are_what_the_source_gives(source):
    """Text and code here; nbval runs them and compares the outputs."""
    for path, text in build.built([source.stem], text_only=True):
        assert path.read_text(encoding="utf-8") == text, f"{path.name}: crmlab notebooks build {source.stem}"
    indonesian, english = (build.target(source, edition) for edition in build.EDITIONS)
    assert code(indonesian) == code(english)


@pytest.mark.parametrize("source", SOURCES, ids=lambda p: p.stem)
def test_the_stored_editions_are_light_and_clean(source):
    for edition in build.EDITIONS:
        path = build.target(source, edition)
        page = path.read_text(encoding="utf-8")
        assert path.stat().st_size < 400_000
        assert "widget-state" not in page
        assert "require.undef" not in page
        cells = [cell for cell in json.loads(page)["cells"] if cell["cell_type"] == "code"]
        assert [cell["execution_count"] for cell in cells] == list(range(1, len(cells) + 1))
        streams = [out for cell in cells for out in cell["outputs"] if out.get("name") == "stderr"]
        assert streams == []
        assert str(build.HERE.parent) not in page
        spoken = [cell for cell in json.loads(page)["cells"] if cell["cell_type"] == "markdown"]
        assert "".join(spoken[0]["source"]).startswith("# ")
        assert len(spoken) >= 8


def test_a_full_build_equals_what_is_stored(tmp_path, monkeypatch):
    """Build one notebook of the course from nothing: byte for byte what the repository holds."""
    shutil.copytree(build.HERE / "src", tmp_path / "src")
    stored = {e: build.target(SOURCES[0], e).read_text(encoding="utf-8") for e in build.EDITIONS}
    monkeypatch.setattr(build, "HERE", tmp_path)
    assert {p.parent.name: text for p, text in build.built([SOURCES[0].stem])} == stored
