"""Every Result explains itself at three depths in both languages, draws itself, and goes into files."""

from __future__ import annotations

import pytest

import crmlab as crm
from crmlab import personalisation

from .test_diagnosis import SPEND
from .test_reported import GARTNER

NO_FIGURE = {"personalisation.evidence", "personalisation.checks"}


@pytest.fixture(scope="module")
def found(shop):
    told = personalisation.diagnose(shop, as_of="2020-12-31")
    small = personalisation.diagnose({"spend": SPEND}, as_of="2020-12-31")
    calm = personalisation.diagnose({"spend": SPEND[:2]}, as_of="2020-12-31")
    results = [told, small, calm, personalisation.checks_table()]
    results += [personalisation.causes(r) for r in (told, small, calm)]
    results += [personalisation.evidence(told, check) for check in told.params["evidence"]]
    results += [personalisation.reported_share(GARTNER), personalisation.reported_share(0.3, 10)]
    kinds = crm.labels.catalogue("personalisation")["explain"]
    assert {r.kind for r in results} == {f"personalisation.{kind}" for kind in kinds}
    return results


@pytest.mark.parametrize("lang", crm.labels.LANGUAGES)
def test_every_result_explains_itself(found, lang):
    for result in found:
        for depth in ("short", "method", "reference"):
            said = result.explain(lang, depth)
            assert len(said) > 30
            assert "nan" not in said.lower().split() and "None" not in said
        for note in result.notes:
            assert note.render(lang)
        with crm.labels.using(lang):
            page = result._repr_html_()
        assert "<table" in page and ">nan<" not in page


@pytest.mark.parametrize("lang", crm.labels.LANGUAGES)
def test_every_result_draws_itself(found, lang):
    for result in found:
        if result.kind in NO_FIGURE:
            with pytest.raises(crm.UserError):
                crm.charts.spec(result, lang)
            continue
        drawn = crm.charts.spec(result, lang, "light")
        assert drawn["title"] and drawn["caption"] and drawn["alt"] and drawn["data"]
        assert result.figure(lang).data


@pytest.mark.parametrize("lang", crm.labels.LANGUAGES)
def test_every_column_and_finding_is_written_in_words(found, lang):
    from crmlab.charts.columns import shown

    known = set(crm.labels.catalogue("names")["names"])
    for result in found:
        missing = {c for c in result.table if c not in known}
        assert not missing, (result.kind, missing)
        words = {v for row in shown(result, lang).rows for v in row if isinstance(v, str)}
        raw = {"wrong_people", "cannot_tell", "of_books", "bad_above", "best_left_alone", "too_few"}
        assert not words & raw


def test_results_go_into_files(found, tmp_path):
    for i, result in enumerate(found):
        assert result.to_html(tmp_path / f"{i}.html", lang="id").stat().st_size > 500
        assert result.to_xlsx(tmp_path / f"{i}.xlsx", lang="en").stat().st_size > 500
