"""The course in the gallery: every notebook has its place, and is read as it was stored."""

from __future__ import annotations

import re

import pytest

from crmlab import course, labels
from crmlab.apps import bundled, reading


@pytest.mark.parametrize("lang", labels.LANGUAGES)
def test_every_notebook_stands_in_one_part(lang):
    stored = sorted(path.stem for path in (course.originals() / lang).glob("*.ipynb"))
    assert sorted(reading.slugs()) == stored


def test_every_app_belongs_to_a_part():
    assert sorted(name for part in course.PARTS for name in part.apps) == sorted(bundled())


@pytest.mark.parametrize("lang", labels.LANGUAGES)
@pytest.mark.parametrize("slug", reading.slugs())
def test_a_page_shows_all_that_the_notebook_holds(slug, lang):
    page = reading.page(slug, lang)
    assert page.title.startswith(slug[:2])
    assert page.sections
    anchors = [anchor for anchor, _ in page.sections]
    assert len(set(anchors)) == len(anchors)
    assert all(f'id="{anchor}"' in page.body for anchor in anchors)
    prose = "".join(re.findall(r'<div class="crm-prose">(.*?)</div>', page.body, flags=re.S))
    assert "$$" not in prose  # every formula became MathML
    assert "merror" not in prose


def test_a_formula_code_a_figure_and_printed_text_are_shown():
    body = reading.page("02-customer-strategy-cube", "id").body
    assert '<math xmlns="http://www.w3.org/1998/Math/MathML" display="block">' in body
    assert '<span class="kn">import</span>' in body
    assert '<div class="crm-plot"' in body
    assert "18,13% ≠ 105 / 500 = 21,00%" in body


def test_what_is_not_in_the_course_is_not_read():
    assert reading.page("../src/01_star_schema", "id") is None


def test_words_of_a_figure_cannot_end_its_script():
    figure = {"data": [{"name": "</script><b>"}], "layout": {}}
    output = {"output_type": "display_data", "data": {"application/vnd.plotly.v1+json": figure}}
    shown = reading._output(output)
    assert "</script><b>" not in shown
    assert shown.count("</script>") == 1
