"""The experience dashboard: every score with what was asked, of whom, how many answered, how sure it is."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from ... import labels
from ...errors import UserError
from ...widgets.board import Board, Card, Control, Part

if TYPE_CHECKING:
    import pandas as pd

    from ...results import Result
    from .surveys import Surveys

__all__ = ["board"]

ALL = "all"
RECENT_DAYS = 90  # whoever was unhappy longer ago does not wait for a call any more
Choices = Mapping[str, str]


# -- what a reader chooses ---------------------------------------------------------------------------------------------


def _years(told: Surveys, lang: str) -> list[tuple[str, str]]:
    years = sorted(told.answers["year"].dropna().astype(int).unique())
    return [(ALL, labels.text("experience.all_years", lang)), *((str(y), str(y)) for y in years)]


def _groups(told: Surveys, lang: str) -> list[tuple[str, str]]:
    return [(g, labels.name(g, lang)) for g in told.groups] or [("", labels.text("experience.no_group", lang))]


def _scores(told: Surveys, lang: str) -> list[tuple[str, str]]:
    return [(s, labels.text(f"experience.score_{s}", lang)) for s in ("nps", "csat") if s in told.scores] or [("", "—")]


# -- what the cards are made of ----------------------------------------------------------------------------------------


def _need(condition: Any, code: str) -> None:
    if not condition:
        raise UserError(code)


def _answers(told: Surveys, choices: Choices) -> pd.DataFrame:
    year = choices.get("year", ALL)
    return told.answers if year == ALL else told.answers[told.answers["year"] == int(year)]


def _invited(told: Surveys, choices: Choices) -> Any:
    if told.invited is None:
        return None
    year = choices.get("year", ALL)
    return told.invited if year == ALL else told.invited[told.invited["year"] == int(year)]


def _by(choices: Choices) -> str | None:
    return choices.get("by") or None


def _nps(told: Surveys, choices: Choices) -> Result:
    from ...analytics import satisfaction

    _need("nps" in told.scores, "experience.no_nps")
    asked = {"customer": "customer_id", "invited": _invited(told, choices), "source": told.source}
    return satisfaction.nps(_answers(told, choices), by=_by(choices), **asked)


def _csat(told: Surveys, choices: Choices) -> Result:
    from ...analytics import satisfaction

    _need("csat" in told.scores, "experience.no_csat")
    asked = {"customer": "customer_id", "invited": _invited(told, choices), "source": told.source}
    return satisfaction.csat(_answers(told, choices), scale=told.csat, by=_by(choices), **asked)


def _ces(told: Surveys, choices: Choices) -> Result:
    from ...analytics import satisfaction

    _need("ces" in told.scores, "experience.no_ces")
    answers = _answers(told, choices)
    asked: dict[str, Any] = {"customer": "customer_id", "scale": told.ces, "source": told.source}
    if isinstance(told.easy, dict):
        there = set(answers["ces_version"].unique())
        easy = {v: end for v, end in told.easy.items() if v in there}
        return satisfaction.ces(answers, easy=easy, version="ces_version", **asked)
    return satisfaction.ces(answers, easy=told.easy, by=_by(choices), **asked)


def _measured(told: Surveys, choices: Choices) -> dict[str, Any]:
    """Measure and scale of the score that is looked at."""
    score = choices.get("score", "")
    _need(score in told.scores, "experience.no_nps")
    scale = {"scale": told.csat} if score == "csat" else {}
    return {"measure": score, **scale, "source": told.source}


def _trend(told: Surveys, choices: Choices) -> Result:
    from ...analytics import satisfaction

    return satisfaction.trend(told.answers, when="answered_on", period="quarter", **_measured(told, choices))


def _waves(told: Surveys, choices: Choices) -> Result:
    from ...analytics import satisfaction

    return satisfaction.difference(told.answers, by="year", pairs="successive", **_measured(told, choices))


def _league(told: Surveys, choices: Choices) -> Result:
    from ...analytics import satisfaction

    _need(_by(choices), "experience.no_groups")
    return satisfaction.league(_answers(told, choices), by=_by(choices), **_measured(told, choices))


def _pairs(told: Surveys, choices: Choices) -> Result:
    from ...analytics import satisfaction

    _need(_by(choices), "experience.no_groups")
    asked = {"customer": "customer_id", **_measured(told, choices)}
    return satisfaction.difference(_answers(told, choices), by=_by(choices), **asked)


def _fixed_mix(told: Surveys, choices: Choices) -> Result:
    from ...analytics import satisfaction

    _need(told.mix, "experience.no_mix")
    mix = told.answers[told.mix].value_counts(normalize=True)
    asked = {"customer": "customer_id", **_measured(told, choices)}
    return satisfaction.standardised(told.answers, on=told.mix, to=mix.to_dict(), by=told.mix_by, **asked)


def _drivers(told: Surveys, choices: Choices) -> Result:
    from ...analytics import satisfaction

    _need(told.factors, "experience.no_factors")
    score = choices.get("score", "nps")
    return satisfaction.drivers(told.answers, of=score, on=told.factors, source=told.source)


def _predicts(told: Surveys, _choices: Choices) -> Result:
    from ...analytics import satisfaction

    _need("returned" in told.answers, "experience.no_visits")
    known = told.answers[told.answers["returned"].notna()]
    known = known.assign(returned=known["returned"].astype(bool))
    ways = {s: "high" for s in ("nps", "csat") if s in told.scores}
    return satisfaction.predicts(known, of="returned", on=ways, source=told.source)


def _comments(told: Surveys, _choices: Choices) -> Result:
    from ...analytics import satisfaction

    _need("comment" in told.answers, "experience.no_comment")
    written = told.answers[told.answers["comment"].fillna("").str.strip() != ""]
    about: dict[str, Any] = {"label": "topic"} if "topic" in written else {}
    if "nps" in told.scores:
        written = written.assign(unhappy=written["nps"] <= 6)
        about["unhappy"] = "unhappy"
    return satisfaction.comments(written, source=told.source, **about)


def _cases(told: Surveys, _choices: Choices) -> Result:
    from ...analytics import satisfaction

    _need("nps" in told.scores, "experience.no_nps")
    days = (told.answers["answered_on"].max() - told.answers["answered_on"]).dt.days
    return satisfaction.cases(told.answers[days <= RECENT_DAYS], as_of=told.as_of, source=told.source)


def _cadence(told: Surveys, _choices: Choices) -> Result:
    from ...analytics import satisfaction

    _need(told.invited is not None, "experience.no_invitations")
    return satisfaction.cadence(told.invited, source=told.source)


def _nonresponse(told: Surveys, _choices: Choices) -> Result:
    from ...analytics import satisfaction

    _need(told.traits, "experience.no_invitations")
    return satisfaction.nonresponse(told.invited, on=list(told.traits), source=told.source)


def _complaints(told: Surveys, _choices: Choices) -> Result:
    from ...analytics import satisfaction

    _need(told.complaints is not None, "experience.no_complaints")
    return satisfaction.complaints(told.complaints, as_of=told.as_of, source=told.source)


def _recovery(told: Surveys, _choices: Choices) -> Result:
    from ...analytics import satisfaction

    _need(told.complaints is not None and told.visits is not None, "experience.no_complaints")
    began = "visited_at" if "visited_at" in told.complaints else None
    about = {"visit_at": "visited_at", "began": began, "compared": told.compared, "source": told.source}
    return satisfaction.recovery(told.complaints, told.visits, as_of=told.as_of, **about)


# -- tiles -------------------------------------------------------------------------------------------------------------


def _tiles(told: Surveys, choices: Choices, lang: str) -> list[dict[str, str]]:
    """The scores of all who answered, each with its interval and n."""
    out = []
    plain = {**choices, "by": ""}
    for score, make, unit in (("nps", _nps, "points"), ("csat", _csat, "share"), ("ces", _ces, "score")):
        try:
            facts = make(told, plain).facts
        except UserError:
            continue  # its card says what is missing
        if facts.get(score) is None or facts[score] != facts[score]:
            continue
        named = f"tile_{score}_version" if facts.get("versions", 1) > 1 else f"tile_{score}"
        out.append(
            {
                "label": labels.text(f"experience.{named}", lang, version=facts.get("version")),
                "value": _written(facts[score], unit, lang),
                "foot": labels.text(
                    "experience.tile_foot",
                    lang,
                    low=_written(facts[f"{score}_low"], unit, lang),
                    high=_written(facts[f"{score}_high"], unit, lang),
                    n=facts["n"],
                ),
            }
        )
    asked = _invited(told, choices)
    if asked is not None and len(asked):
        out.append(_response(asked, lang))
    return out


def _written(value: float, unit: str, lang: str) -> str:
    if unit == "points":
        sign = "+" if round(value) > 0 else "−" if round(value) < 0 else ""
        return sign + labels.number(abs(value), lang)
    return labels.percent(value, lang) if unit == "share" else labels.number(value, lang, 2)


def _response(asked: pd.DataFrame, lang: str) -> dict[str, str]:
    from ...intervals import wilson

    answered, n = int(asked["answered"].sum()), len(asked)
    low, high = wilson(answered, n)
    return {
        "label": labels.text("experience.tile_response", lang),
        "value": labels.percent(answered / n, lang),
        "foot": labels.text(
            "experience.tile_foot", lang, low=labels.percent(low, lang), high=labels.percent(high, lang), n=n
        ),
    }


def board() -> Board:
    """What the dashboard is made of.

    Examples
    --------
    >>> [part.name for part in board().parts]
    ['scores', 'change', 'groups', 'drivers', 'comments', 'loop']
    """
    from .surveys import own

    parts = (
        Part(
            "scores",
            (Card("nps", _nps, wide=True), Card("csat", _csat), Card("ces", _ces)),
            _tiles,
            ("by", "year"),
        ),
        Part("change", (Card("trend", _trend, wide=True), Card("waves", _waves)), None, ("score",)),
        Part(
            "groups",
            (Card("league", _league, wide=True), Card("pairs", _pairs), Card("fixed_mix", _fixed_mix)),
            None,
            ("score", "by", "year"),
        ),
        Part("drivers", (Card("drivers", _drivers, wide=True), Card("predicts", _predicts)), None, ("score",)),
        Part("comments", (Card("comments", _comments, wide=True, table=True),)),
        Part(
            "loop",
            (
                Card("cases", _cases, wide=True, table=True),
                Card("cadence", _cadence),
                Card("nonresponse", _nonresponse),
                Card("complaints", _complaints),
                Card("recovery", _recovery),
            ),
        ),
    )
    controls = (
        Control("score", _scores),
        Control("by", _groups),
        Control("year", _years),
    )
    return Board("experience", parts, controls, "survey", own)
