"""Screen RS Sehat Nusantara: `crmlab.datasets.screening` on its own analyses.

Run it with ``python -m crmlab.datasets.hospital.screening --write``; it needs no files, only time.
"""

from collections.abc import Mapping

from crmlab.datasets import columns
from crmlab.datasets.hospital import RECIPE, planted, raw, reference, truth
from crmlab.datasets.hospital.realised import exact, factors
from crmlab.datasets.hospital.reference import Hospital
from crmlab.datasets.hospital.world import World
from crmlab.datasets.screening import holds, main, record

#: fewer labelled comments, and a classifier learns nothing from them
LEAST_LABELS = 300
_NPS_TOLERANCE = {"S": 6.0, "M": 1.5, "L": 1.5}  # H-T08, in points, for the whole of a year
_LEAST_FALL = 2.0


class _Frames(Mapping):
    """Data frames of a world's tables, opened when they are asked for."""

    def __init__(self, tables):
        self._tables, self._open = tables, {}

    def __getitem__(self, name):
        if name not in self._open:
            self._open[name] = columns.as_arrow(self._tables[name]).to_pandas(date_as_object=False)
        return self._open[name]

    def __iter__(self):
        return iter(self._tables)

    def __len__(self):
        return len(self._tables)


def open_hospital(world, ranks_only=False):
    """Open the tables of a world that is made.

    Returns
    -------
    crmlab.datasets.hospital.reference.Hospital
    """
    if ranks_only:
        return Hospital(_Frames(world.tables), {}, _Frames({"clinic_rank": truth.clinic_rank(world)}))
    raw.prepare(world)
    return Hospital(_Frames(world.tables), {}, _Frames(truth.build(world)))


def misled(size, shop):
    """Tell whether the numbers that should mislead do, as planned (H-T03, H-T08).

    Returns
    -------
    dict of str to bool
        By subject.
    """
    naive = next(f for f in reference.attendance(shop) if "naive" in f.what)
    apart = naive.low > planted.PILOT_RISK_RATIO if size != "S" else naive.estimate > planted.PILOT_RISK_RATIO
    if "survey_answers" not in shop.clean:
        return {"attendance": apart}
    first, last = (f for f in reference.recommendation(shop) if f.what.startswith("NPS of all"))
    equal = next(f for f in reference.recommendation(shop) if "mix" in f.what)
    near = all(abs(f.estimate - f.planted) <= _NPS_TOLERANCE[size] for f in (first, last))
    fall = first.estimate - last.estimate
    # at an equal mix most of the fall is gone
    explained = abs(first.estimate - equal.estimate) <= fall / 2
    return {"attendance": apart, "surveys": near and explained and fall >= _LEAST_FALL}


def topic_score(shop):
    """Let a plain classifier learn the topics of comments from the labelled ones (H-T25).

    Returns
    -------
    float or None
        F1, averaged over the topics, on the comments without a label; None where too few are labelled.
    """
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.linear_model import LogisticRegression
    from sklearn.metrics import f1_score
    from sklearn.pipeline import make_pipeline

    answers = shop.clean["survey_answers"]
    written = answers[answers["comment"].notna()].merge(shop.truth["comment_topic"], on="survey_id")
    known = written["topic"].notna()
    if known.sum() < LEAST_LABELS:
        return None
    model = make_pipeline(TfidfVectorizer(), LogisticRegression(max_iter=1_000))
    model.fit(written.loc[known, "comment"], written.loc[known, "topic"].astype(str))
    guessed = model.predict(written.loc[~known, "comment"])
    return float(f1_score(written.loc[~known, "topic_true"].astype(str), guessed, average="macro"))


def factors_rank(shop):
    """Tell whether the factors come out in the planted order (H-T20)."""
    facts = factors(shop)
    return facts["lowest_performance"] == "value_for_time" and facts["most_important"] == (
        "problem_solving, value_for_time"
    )


#: what is made, step by step, and which analyses look at it
STAGES = (
    (("make_house", "make_bookings", "make_attendance"), (reference.demand, reference.attendance)),
    (("make_visits",), (reference.waiting, reference.margins, reference.repeats)),
    (
        ("make_surveys",),
        (reference.satisfaction, reference.recommendation, reference.effort, reference.comments),
    ),
    (("make_care",), (reference.recovery, reference.referrals, reference.replies)),
    (("make_sales",), (reference.checkups, reference.contracts)),
    (("make_office",), (reference.calls,)),
)


class Trials:
    """Worlds in memory, each made anew only from the step on whose subject is drawn anew.

    Called with a size, a seed and takes, as `crmlab.datasets.screening.choose` does.
    """

    def __init__(self):
        self._world, self._made, self._of = None, [], None

    def __call__(self, size, seed, takes):
        """Make a world and find its truths again; stop after the step in which one is missed.

        Returns
        -------
        missed : set of str
            Subjects to draw anew.
        truths : dict or None
            By truth: what came out exactly, what was planted and what was found; None when stopped early.
        """
        if self._of != (size, seed):
            self._world, self._made, self._of = World(size, seed, {}), [], (size, seed)
        world = self._world
        world.takes = dict(takes)
        for k, (steps, analyses) in enumerate(STAGES):
            mine = {subject: takes.get(subject, 0) for subject in map(reference.GROUPS.get, analyses)}
            if k < len(self._made) and self._made[k][0] == mine:
                continue
            del self._made[k:]
            for step in steps:
                getattr(world, step)()
            shop = open_hospital(world, ranks_only=True)
            found = {analysis: analysis(shop) for analysis in analyses}
            missed = {reference.GROUPS[analysis] for analysis, findings in found.items() if not holds(findings)}
            missed |= {subject for subject, good in _conditions(size, shop, mine).items() if not good}
            if missed:
                return missed, None
            self._made.append((mine, [finding for findings in found.values() for finding in findings]))
        shop = open_hospital(world)
        truths = record(exact(shop), [finding for _, found in self._made for finding in found])
        score = topic_score(shop)
        if score is not None:
            if score < planted.LEAST_F1:
                return {"surveys.comments"}, None
            truths["H-T25"]["realised"]["f1_of_topics"] = round(score, 4)
            truths["H-T25"]["at_least"] = {"f1_of_topics": planted.LEAST_F1}
        return set(), truths


def _conditions(size, shop, subjects):
    good = {}
    if "attendance" in subjects or "surveys" in subjects:
        good = {subject: right for subject, right in misled(size, shop).items() if subject in subjects}
    if "attendance" in subjects:
        low, high = planted.NO_SHOW_BEFORE
        before = shop.kept[shop.kept["scheduled_at"].dt.date < planted.PILOT[0]]["missed"].mean()
        good["attendance"] &= bool(low <= before <= high)
    if "surveys" in subjects:
        good["surveys"] &= factors_rank(shop)
    return good


if __name__ == "__main__":
    raise SystemExit(main(RECIPE, Trials()))
