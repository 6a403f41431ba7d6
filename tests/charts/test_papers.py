"""Papers as pages: their numbers come from Results, their doubts are printed, nobody is named, nothing is fetched."""

from __future__ import annotations

import datetime as dt
import html.parser
import re

import pandas as pd
import pytest

import crmlab as crm
from crmlab.analytics import appointments
from crmlab.results import Note, Result, Source

Chapter, Finding, Paper = crm.papers.Chapter, crm.papers.Finding, crm.papers.Paper


@pytest.fixture(scope="module")
def trial():
    """The reminder example (H02): 18 of 150 reminded patients miss, 30 of 150 others."""
    rows = [("sent", 1)] * 18 + [("sent", 0)] * 132 + [("none", 1)] * 30 + [("none", 0)] * 120
    return appointments.trial(
        pd.DataFrame(rows, columns=["arm", "missed"]),
        treated="sent",
        control="none",
        source=Source("A clinic", "abc", 300),
    )


@pytest.fixture(scope="module")
def people():
    table = pd.DataFrame(
        {"name": ["Budi Santoso", "Siti Aminah", "Agus Hakim"], "visits": [3, 5, 8],
         "phone": ["081234567890", "081234567891", "081234567892"]}
    )  # fmt: skip
    return Result("lab.tables", table, {}, {"n": 3, "visits": 16}, (Note("export.no_figure"),))


def paper(*findings, **more):
    given = {
        "title": {"id": "Pengingat <janji>", "en": "Reminders & <more>"},
        "client": "RS X",
        "date": dt.date(2025, 1, 6),
        "situation": {"id": "Banyak yang tidak datang.", "en": "Many stay away."},
        "findings": findings,
        "recommendation": [{"id": "Lanjutkan.", "en": "Go on."}],
        "costs": pd.DataFrame(
            {"item": [{"id": "Pesan", "en": "Messages"}], "cost": [1_500_000], "benefit": [None], "own": ["text"]}
        ),
        "risks": ["{not a fact}"],
        "plan": pd.DataFrame({"step": ["one"], "owner": ["Kepala poli"]}),
    }
    return crm.papers.proposal(**{**given, **more})


SAID = {
    "id": "{treated_share:share} dibanding {control_share:share}, rasio {risk_ratio:number}.",
    "en": "{treated_share:share} against {control_share:share}, a ratio of {risk_ratio:number}.",
}


def text_of(path):
    class Reader(html.parser.HTMLParser):
        def __init__(self):
            super().__init__()
            self.said, self.open, self.tags, self.skip = [], [], [], False

        def handle_starttag(self, tag, attrs):
            self.tags.append((tag, dict(attrs)))
            self.skip = tag == "style"
            if tag not in ("meta", "line", "rect", "circle", "path", "polyline"):
                self.open.append(tag)

        def handle_endtag(self, tag):
            self.skip = False
            if tag in self.open:
                assert self.open.pop() == tag

        def handle_data(self, data):
            if not self.skip:
                self.said.append(data)

    reader = Reader()
    reader.feed(path.read_text(encoding="utf-8"))
    assert reader.open == []
    return " ".join(" ".join(reader.said).split()), reader.tags


@pytest.mark.parametrize("lang", crm.labels.LANGUAGES)
@pytest.mark.parametrize("write", ["html", "slides"])
def test_numbers_come_from_the_result_with_its_doubt(trial, tmp_path, lang, write):
    said, tags = text_of(getattr(paper(Finding(trial, SAID)), write)(tmp_path / "out.html", lang))
    share = {"id": "12,0% dibanding 20,0%, rasio 0,6.", "en": "12.0% against 20.0%, a ratio of 0.6."}[lang]
    assert share in said
    assert crm.labels.text("common.verdict_noise", lang) in said
    assert "A clinic" in said and "n = 300" in said
    assert ("html", {"lang": lang}) in tags and {"svg", "table"} <= {tag for tag, _ in tags}
    assert crm.labels.text("papers.risks", lang) in said and "{not a fact}" in said
    assert {"id": "Pengingat <janji>", "en": "Reminders & <more>"}[lang] in said


@pytest.mark.parametrize("write", ["html", "slides"])
def test_nothing_runs_and_nothing_is_fetched(trial, people, tmp_path, write):
    nasty = Finding(people, "<script>alert(1)</script><img src=http://x>")
    path = getattr(paper(Finding(trial, SAID), nasty), write)(tmp_path / "out.html", "en")
    said, tags = text_of(path)
    assert "<script>alert(1)</script>" in said
    assert {"script", "img", "link", "iframe"}.isdisjoint({tag for tag, _ in tags})
    assert not [a for _, attrs in tags for a in attrs if a.startswith("on") or a in ("src", "href")]
    assert not re.search(r"url\(|@import", path.read_text(encoding="utf-8"))


def test_the_document_says_method_notes_and_what_was_cut(trial, people, tmp_path):
    found = [Finding(trial, SAID, part="Module 1"), Finding(people, "{visits} visits.", rows=2)]
    said, tags = text_of(paper(*found).html(tmp_path / "out", "en"))
    assert "Module 1" in said and "16 visits." in said
    assert crm.labels.text("common.rows_shown", "en", shown=2, total=3) in said
    assert str(trial.explain("en", "method"))[:60] in said
    assert said.count("Masked") + said.count("masked") >= 1
    titles = [f"{k}. {crm.labels.text(f'papers.{name}', 'en')}" for k, name in enumerate(
        ("situation", "findings", "recommendation", "costs", "risks", "plan", "methods"), start=1)]  # fmt: skip
    places = [said.index(title) for title in titles]
    assert places == sorted(places)


def test_one_finding_a_slide(trial, tmp_path):
    path = paper(*[Finding(trial, SAID)] * 3).slides(tmp_path / "s.html", "en")
    said, tags = text_of(path)
    slides = [attrs for tag, attrs in tags if tag == "section"]
    assert len(slides) == 3 + 6 and "9 / 9" in said
    assert "break-after:page" in path.read_text(encoding="utf-8")


@pytest.mark.parametrize("write", ["html", "slides"])
def test_persons_are_masked_unless_asked(people, tmp_path, write):
    one = Finding(people, "Three.", columns=["name", "phone"])
    hidden, _ = text_of(getattr(paper(one), write)(tmp_path / "a.html", "en"))
    assert "Santoso" not in hidden and "081234567890" not in hidden
    shown, _ = text_of(getattr(paper(one), write)(tmp_path / "b.html", "en", masked=False))
    assert "Budi Santoso" in shown and "081234567890" in shown


def test_a_table_of_ones_own_is_masked_too(trial, tmp_path):
    plan = pd.DataFrame({"step": ["Call"], "phone": ["081234567890"]})
    said, _ = text_of(paper(Finding(trial, SAID), plan=plan).html(tmp_path / "a.html", "en"))
    assert "081234567890" not in said and "masked" in said


@pytest.mark.parametrize(("lang", "head"), [("id", "Biaya setahun (Rp)"), ("en", "Cost a year (Rp)")])
def test_money_and_heads_in_the_readers_language(trial, tmp_path, lang, head):
    said, _ = text_of(paper(Finding(trial, SAID)).html(tmp_path / "a.html", lang))
    assert head in said and {"id": "1.500.000", "en": "1,500,000"}[lang] in said
    assert {"id": "Pesan", "en": "Messages"}[lang] in said and "own" in said


def test_the_four_parts(trial):  # H01: a quarter for each
    whole = crm.papers.rubric(paper(Finding(trial, SAID)))
    assert (whole.facts["points"], whole.facts["parts"], whole.table["points"].tolist()) == (100, 4, [25] * 4)
    half = crm.papers.rubric(crm.papers.proposal("x", situation=["y"], findings=[Finding(trial, SAID)]))
    assert (half.facts["points"], half.table["points"].tolist()) == (50, [25, 25, 0, 0])
    for lang in crm.labels.LANGUAGES:
        assert all(half.explain(lang, depth) for depth in ("short", "method", "reference"))
    assert crm.labels.name("proposal_reasons", "id") == "Alasan"


def test_lines_of_several_colours_are_named(tmp_path):
    """A page has no plotly to draw a legend; without one nobody knows which line is which."""
    from crmlab.analytics import patients

    rows = [(f"{year}-05-06", payer) for year in (2021, 2022) for payer in ("bpjs", "self_pay") for _ in range(30)]
    visits = pd.DataFrame(rows, columns=["checked_in_at", "payer_group"]).assign(patient_id=range(len(rows)))
    mix = patients.payer_mix(visits)
    for write in (paper(Finding(mix, "x", rows=0)).html, mix.to_html):
        text = write(tmp_path / "m.html", "en").read_text(encoding="utf-8")
        assert text.count('<p class="legend">') == 1
        legend = text.split('<p class="legend">')[1].split("</p>")[0]
        assert legend.count("<i style=") == 2 and "var(--crm-series-1)" in legend


def test_a_board_paper_asks_for_its_decision_first(trial, tmp_path):
    board = crm.papers.board_paper(
        "CRM",
        decision="Approve {one}.",
        background="Why now.",
        findings=[trial],
        options=["Do nothing.", "Remind."],
        costs=[pd.DataFrame({"item": ["x"], "cost": [5]}), trial],
        risks=["Staff choose."],
        plan=["Begin."],
    )
    said, _ = text_of(board.html(tmp_path / "b.html", "en"))
    heads = ("The decision asked for", "Background", "Findings", "Options", "Costs and benefits", "Risks", "Plan")
    places = [said.index(f"{k}. {head}") for k, head in enumerate(heads, start=1)]
    assert places == sorted(places) and "Approve {one}." in said
    # a bare Result says its own short sentence, in a chapter of another name too
    assert said.count(str(trial.explain("en", "short"))) == 4  # twice at a glance, once in each chapter
    assert board.missing == () and len(board.findings) == 2


def test_facts_stand_with_their_intervals_in_the_units_of_the_explanation(trial):
    said = paper(Finding(trial, SAID)).html(lang="id")
    assert "Rasio risiko" in said and "(0,35 sampai 1,03)" in said
    assert "(−" in said or "(-" in said  # the difference of the two shares, which may be none
    none = paper(Finding(trial, SAID, facts=())).html(lang="id")
    assert "(0,35 sampai 1,03)" not in none
    one = paper(Finding(trial, SAID, facts=["odds_ratio"])).html(lang="en")
    assert "Odds ratio" in one and "Risk ratio" not in one.split("facts")[-1].split("</dl>")[0]


# -- refused -----------------------------------------------------------------------------------------------------------


def refused(call, lang="en"):
    with pytest.raises(crm.UserError) as caught:
        call()
    assert caught.value.render("id") and caught.value.code.startswith("papers.")
    return caught.value.render(lang)


def test_a_proposal_without_risks_is_not_written(trial, tmp_path):
    draft = paper(Finding(trial, SAID), risks=(), plan=())
    assert draft.missing == ("risks", "plan")
    assert refused(lambda: draft.html(tmp_path / "a.html", "en")) == (
        "This paper is not complete. Found: Risks, Plan. To mend it: Fill the section; "
        "a paper without risks or costs is an advertisement."
    )
    assert "Risiko, Rencana" in refused(lambda: draft.slides(tmp_path / "a.html", "id"), "id")
    assert not list(tmp_path.iterdir())


def test_a_number_that_the_result_does_not_have(trial):
    assert refused(lambda: paper(Finding(trial, "{risk_ration:number}")).outline("en")) == (
        "A finding names a fact that its result does not have. Found: risk_ration. "
        "Did you mean “risk_ratio”, “risk_ratio_low” or “risk_ratio_high”? "
        "To mend it: Look at result.facts and mend the name."
    )


def test_a_language_that_was_not_written(trial):
    assert refused(lambda: paper(Finding(trial, {"id": "Ya."})).outline("en")) == (
        "This text does not exist in the language asked for. Wanted: en. Found: id. "
        'To mend it: Add the text, for example en="...".'
    )


@pytest.mark.parametrize(
    ("code", "call"),
    [
        ("no_result", lambda trial: Finding(0.6, "A number.")),
        ("unknown_column", lambda trial: Finding(trial, "x", columns=["armm"])),
        ("bad_rows", lambda trial: Finding(trial, "x", rows=-1)),
        ("bad_rows", lambda trial: Finding(trial, "x", rows=True)),
        ("no_finding", lambda trial: paper("a number")),
        ("no_chapter", lambda trial: Paper("x", [trial])),
        ("bad_block", lambda trial: Chapter("x", [3])),
        ("bad_block", lambda trial: Chapter("x", [["a", trial]])),
        ("unknown_fact", lambda trial: Finding(trial, facts=["risk_ration"])),
        ("bad_sentence", lambda trial: paper(Finding(trial, "{risk_ratio")).outline("en")),
        ("bad_unit", lambda trial: paper(Finding(trial, "{verdict:share}")).outline("en")),
        ("unknown_fact", lambda trial: paper(Finding(trial, "{}")).outline("en")),
    ],
)
def test_refused(trial, code, call):
    with pytest.raises(crm.UserError) as caught:
        call(trial)
    assert caught.value.code == f"papers.{code}"
    assert all(caught.value.render(lang) for lang in crm.labels.LANGUAGES)


def test_a_day_may_be_written_and_nonsense_is_refused():
    assert crm.papers.Paper("x", date="2021-01-15").date == dt.date(2021, 1, 15)
    with pytest.raises(crm.UserError) as caught:
        crm.papers.Paper("x", date="soon")
    assert caught.value.code == "frames.bad_day"
