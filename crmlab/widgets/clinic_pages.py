"""The clinic's short pages as plain data: the figures on top, the gaps, what is taken home."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .. import labels
from .clinic_words import percent, say

if TYPE_CHECKING:
    from .examination import Examination

__all__ = ["gaps", "save", "tiles"]


def tiles(case: Examination, lang: str) -> list[dict[str, Any]]:
    """The figures that sum the examination up."""
    facts, report = case.profile.facts, case.ingested
    kept, refused = len(report.table), len(report.quarantine)
    out = [
        {
            "label": say("tile_rows", lang),
            "value": labels.number(kept, lang),
            "foot": say("tile_rows_foot", lang, read=kept + refused, kept=kept, refused=refused),
        },
        {
            "label": say("tile_mean", lang),
            "value": percent(facts["mean_index"], lang),
            "foot": say("tile_mean_foot", lang, dimensions=facts["dimensions"], product=facts["product_index"]),
        },
        {
            "label": say("tile_failing", lang),
            "value": percent(facts["rows_failing"] / facts["rows"], lang),
            "foot": say("tile_failing_foot", lang, failing=facts["rows_failing"], rows=facts["rows"]),
        },
    ]
    if case.pending:
        foot = say("tile_people_pending", lang, rows=len(case.table))
        out.append({"label": say("tile_people", lang), "value": "…", "foot": foot})
    elif case.searchable:
        found = case.found.facts
        out.append(
            {
                "label": say("tile_people", lang),
                "value": labels.number(found["entities"], lang),
                "foot": say(
                    "tile_people_foot",
                    lang,
                    rows=found["rows"],
                    merged=found["rows"] - found["entities"],
                    open=len(case.queue),
                ),
            }
        )
    gaps_ = case.gaps.facts
    out.append(
        {
            "label": say("tile_questions", lang),
            "value": say("tile_questions_value", lang, answerable=gaps_["answerable"], questions=gaps_["questions"]),
            "foot": say("tile_questions_foot", lang, ready=gaps_["ready"], required=gaps_["required"]),
        }
    )
    return out


def gaps(case: Examination, lang: str) -> dict[str, Any]:
    """Which questions the table answers, and what the others lack."""
    found = case.gaps
    facts = found.facts
    groups = []
    for kind, part in found.table.groupby("type", sort=False):
        rows = []
        for question, needs in part.groupby("question", sort=False):
            lacking = needs[needs["status"] != "ready"]
            said = [
                say(
                    "gaps_lacking",
                    lang,
                    status=labels.text(f"quality.status.{status}", lang),
                    fields=[labels.name(f, lang) for f in lacking.loc[lacking["status"] == status, "field"]],
                )
                for status in dict.fromkeys(lacking["status"])
            ]
            short = question in found.params["short"]
            state = "gaps_short" if short and not said else "gaps_not" if said else "gaps_ready"
            rows.append(
                {
                    "question": labels.name(question, lang),
                    "state": say(state, lang),
                    "mood": "good" if state == "gaps_ready" else "flat",
                    "lacks": "; ".join(said) or "—",
                }
            )
        groups.append({"label": labels.text(f"quality.crm.{kind}", lang), "rows": rows})
    return {
        "kind": "gaps",
        "said": say("gaps_said", lang, share=facts["ready_share"], **{
            k: facts[k] for k in ("answerable", "questions", "ready", "required", "poor", "gap")
        }),
        "head": [say("gaps_question", lang), say("gaps_state", lang), say("gaps_lacks", lang)],
        "groups": groups,
        "notes": [say("gaps_alone", lang)],
    }  # fmt: skip


def save(case: Examination, lang: str) -> dict[str, Any]:
    """What is in the file that the reader takes home."""
    return {
        "kind": "save",
        "said": say("save_said", lang),
        "title": say("save_files", lang),
        "files": [
            {"name": f"{say(f'file_{key}', lang)}.{'toml' if key == 'rules' else 'csv'}", "about": about}
            for key, about, _ in case.contents(lang)
        ],
        "masked": say("save_masked", lang),
        "clear": say("save_clear", lang),
        "button": say("save_button", lang),
    }
