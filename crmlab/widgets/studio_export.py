"""The studio's last part: the customers of a segment as a file, consent applied, and who was left out and why."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from .. import labels
from ..errors import UserError
from .notes import said as in_words
from .reply import File
from .studio_pages import say

if TYPE_CHECKING:
    import pandas as pd

    from .studio_desk import StudioDesk

__all__ = ["Wish", "file", "save", "wished"]

PURPOSES = ("marketing", "profiling")
CHANNELS = ("email", "whatsapp", "phone")
_REACHED_BY = {"email": ("email",), "whatsapp": ("phone",), "phone": ("phone",)}


@dataclass(frozen=True)
class Wish:
    """What the reader wants to take home."""

    segment: str | None = None
    channel: str = CHANNELS[0]


def wished(desk: StudioDesk, event: Mapping[str, Any]) -> Wish:
    """The wish after an event."""
    wish = desk.export
    if event.get("channel") in CHANNELS:
        wish = replace(wish, channel=event["channel"])
    if "segment" in event:
        names = desk.case.segments(desk.settings).params["segments"]
        wish = replace(wish, segment=event["segment"] if event["segment"] in names else None)
    return wish


def _segment(desk: StudioDesk) -> str:
    names = list(desk.case.sizes(desk.settings).table["segment"])
    return desk.export.segment if desk.export.segment in names else desk.chosen if desk.chosen in names else names[0]


def _members(desk: StudioDesk, segment: str) -> pd.DataFrame:
    """The customers of a segment with their figures."""
    found, figures = desk.case.segments(desk.settings), desk.case.figures(desk.settings)
    ids = found.table.loc[found.table["segment"] == segment, ["customer_id"]]
    return ids.merge(figures.table, on="customer_id", how="left")


def _gate(desk: StudioDesk, members: pd.DataFrame) -> Any:
    """The privacy room's list of who may be contacted."""
    from ..privacy import campaign_list

    shop = desk.case.shop
    people = shop.people[["customer_id", *_REACHED_BY[desk.export.channel]]]
    # the list is made at the end of its day: what was withdrawn that day counts
    moment = dt.datetime.combine(desk.settings.as_of, dt.time(23, 59, 59))
    return campaign_list(
        members.merge(people, on="customer_id", how="left"),
        purpose=PURPOSES[0],
        channel=desk.export.channel,
        at=moment,
        ledger=shop.ledger,
        suppress=shop.suppress(moment) if shop.suppress else (),
    )


def save(desk: StudioDesk, lang: str) -> dict[str, Any]:
    """What the file will hold, and who stays out of it."""
    if desk.held_back:
        return {"kind": "save", "refused": say("none_title", lang)}
    segment = _segment(desk)
    members = _members(desk, segment)
    names = list(desk.case.sizes(desk.settings).table["segment"])
    out = {
        "kind": "save",
        "segment": segment,
        "segments": [{"id": n, "label": labels.name(n, lang)} for n in names],
        "segment_label": say("save_segment", lang),
        "formats": ["xlsx", "csv"],
    }
    if desk.case.shop.ledger is None:
        said = say("save_ids_only", lang, n=len(members), segment=segment)
        return {**out, "said": said, "why": say("lacks_consent", lang)}
    found = _gate(desk, members)
    facts = found.facts
    rows = [
        [_reason(r["step"], lang), labels.number(r["left_out"], lang), labels.number(r["remaining"], lang)]
        for r in found.table.to_dict("records")
    ]
    out |= {
        "said": say("save_found", lang, segment=segment, n=facts["customers"], remaining=facts["remaining"]),
        "channel": desk.export.channel,
        "channel_label": say("save_channel", lang),
        "channels": [{"id": c, "label": say(f"channel_{c}", lang)} for c in CHANNELS],
        "table": {
            "title": say("save_table", lang),
            "head": [say(f"head_{h}", lang) for h in ("reason", "left_out", "remaining")],
            "rows": rows,
            "numeric": [False, True, True],
        },
        "why": say("save_masked", lang),
        "notes": in_words(found.notes, lang),
    }
    return out


def _reason(step: str, lang: str) -> str:
    return labels.text(f"privacy.step_{step}", lang)


def file(desk: StudioDesk, form: str, lang: str) -> File:
    """The list as XLSX or CSV: masked, formulas escaped, with the count of who was left out."""
    import tempfile
    from pathlib import Path

    from ..cube.export import write
    from ..privacy.masking import missing

    if form not in ("xlsx", "csv"):
        raise UserError("widgets.unknown_event", found=form)
    if desk.held_back:
        raise UserError("studio.no_segments")
    segment = _segment(desk)
    members = _members(desk, segment)
    if desk.case.shop.ledger is None:
        people, notes = _ids(desk, members), [(say("save_note", lang), say("lacks_consent", lang))]
    else:
        found = _gate(desk, members)
        people = found.people
        notes = [
            (_reason(r["step"], lang), say("save_step", lang, left_out=r["left_out"], remaining=r["remaining"]))
            for r in found.table.to_dict("records")
        ]
        notes.append((say("save_note", lang), say("save_masked", lang)))
    people = _rounded(people, desk).assign(segment=labels.name(segment, lang))
    heads = [labels.name(str(c), lang) for c in people.columns]
    rows = [tuple(None if missing(v) else v for v in row) for row in people.itertuples(index=False, name=None)]
    notes.append((say("parameter_as_of", lang), labels.date(desk.settings.as_of, lang)))
    notes.append((say("parameter_method", lang), say(f"method_{desk.settings.method}", lang)))
    name = say("save_name", lang, segment=labels.name(segment, lang)).lower().replace(" ", "-").replace("/", "-")
    with tempfile.TemporaryDirectory(prefix="crmlab-") as folder:
        path = Path(folder) / f"list.{form}"
        content = write(path, heads, rows, lang=lang, notes=notes).read_bytes()
    return File(f"{name}.{form}", form, content)


def _rounded(people: pd.DataFrame, desk: StudioDesk) -> pd.DataFrame:
    """Figures as exact as anybody reads them: whole rupiah, four places of what has no unit."""
    units = desk.case.figures(desk.settings).params["units"]
    cents = 0 if desk.case.shop.currency == "IDR" else 2
    whole = {"money": cents, "count": 0, "days": 0}
    places = {c: whole.get(units[c], 4) for c in people.columns if c in units}
    return people.assign(
        **{c: people[c].astype("float64").round(n).astype("Int64" if n == 0 else "float64") for c, n in places.items()}
    )


def _ids(desk: StudioDesk, members: pd.DataFrame) -> pd.DataFrame:
    """Without consent nobody is to be reached: ids and figures, and the id masked where it tells who somebody is."""
    from ..privacy import mask

    personal = set(getattr(desk.file.ingested, "personal", ())) if desk.file is not None else set()
    if "customer_id" in personal:
        return members.assign(customer_id=[mask(v, "name") for v in members["customer_id"]])
    return members
