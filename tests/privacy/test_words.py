"""Every Result says what it is, in both languages and at every depth, and has a figure where one helps."""

import pandas as pd
import pytest

import crmlab as crm
from crmlab import labels, privacy
from crmlab.results import DEPTHS

PEOPLE = pd.DataFrame(
    {"customer_id": [1, 2, 3], "phone": ["081234567890"] * 3, "job": list("aab"), "comment": list("xyz")}
)


def results():
    ledger = privacy.ConsentLedger(
        [{"customer_id": 1, "purpose": "marketing", "channel": "email", "action": "give", "at": "2020-01-01"}],
        timezone="WIB",
    )
    sends = pd.DataFrame({"customer_id": [1, 2], "channel": "email", "sent_at": "2020-02-01"})
    bills = pd.DataFrame({"customer_id": [1, 1], "invoice_id": [1, 2], "due_on": "2020-01-01", "paid_on": "2020-12-01"})
    list_of = {"purpose": "marketing", "channel": "email", "at": "2020-02-01", "ledger": ledger}
    first = privacy.Checklist("x", "2019", {"access": {"met": True, "evidence": "e"}})
    return [
        ledger.summary([1, 2], "marketing", "email", "2020-02-01"),
        privacy.audit(sends, ledger, purpose="marketing"),
        privacy.campaign_list(PEOPLE, suppress=[privacy.Suppression("own reason", [1])], **list_of),
        privacy.blacklist(bills, as_of="2020-12-31").result,
        privacy.k_anonymity(PEOPLE, quasi=["job"], sensitive=["comment"]),
        privacy.hide_small_groups(PEOPLE, quasi=["job"], minimum=2),
        privacy.enough(PEOPLE, by=["job"], minimum=2),
        privacy.suppress(PEOPLE, by=["job"], minimum=2),
        privacy.person({"customers": PEOPLE}, 1),
        privacy.erase({"customers": PEOPLE}, 1, at="2020-12-31", by="x"),
        privacy.breach_deadline("2024-03-02 09:00", timezone="WIB", now="2024-03-03 09:00"),
        privacy.fine_cap(1e9),
        privacy.data_classes(PEOPLE),
        first.result(),
        privacy.compare_checklists([first, privacy.Checklist("x", "2020", {})]),
        privacy.cookie_funnel(visits=10, consented=4),
        privacy.role_view(PEOPLE, [privacy.Role("all")], "all"),
    ]


RESULTS = results()


def test_every_kind_is_here():
    assert {r.kind.split(".")[1] for r in RESULTS} == set(labels.catalogue("privacy")["explain"])


@pytest.mark.parametrize("result", RESULTS, ids=lambda r: r.kind)
@pytest.mark.parametrize("lang", labels.LANGUAGES)
def test_every_result_speaks(result, lang):
    said = [str(result.explain(lang, depth)) for depth in DEPTHS]
    assert all(said)
    assert all(note.render(lang) for note in result.notes)
    assert "{" not in "".join(said)
    with labels.using(lang):
        assert result._repr_html_()


NO_FIGURE = {"privacy.fine_cap", "privacy.role_view", "privacy.erasure"}


@pytest.mark.parametrize("result", [r for r in RESULTS if r.kind not in NO_FIGURE], ids=lambda r: r.kind)
@pytest.mark.parametrize("lang", labels.LANGUAGES)
def test_every_figure_draws(result, lang):
    figure = result.figure(lang)
    assert figure.data
    assert figure.layout.title.text
    told = crm.charts.spec(result, lang)
    assert told["alt"]


def test_the_room_loads_lightly():
    import subprocess
    import sys

    code = (
        "import sys, crmlab.privacy as p; p.Pseudonyms(bytes(32)).of(1); p.Policy.of({'a': ['diagnosis']}, {}); "
        "sys.exit(bool({'pandas', 'numpy', 'scipy'} & {*sys.modules}))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
    assert set(dir(privacy)) >= set(privacy.__all__)
    assert all(getattr(privacy, name) is not None for name in privacy.__all__)
