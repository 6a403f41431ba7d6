"""Whom one may write to: a group chosen by what is known of it, through the gates of consent and of specific data.

A hospital knows what people suffer from. Under the Indonesian law of 2022 that is specific personal data: to choose
people by it takes a consent given for that, beside the consent to be written to at all.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from ...errors import UserError, suggest
from ...frames import frame_of
from ...privacy import ConsentLedger
from ...privacy.campaigns import CampaignList, campaign_list
from ...privacy.classes import specific
from ...results import Note, Result, Source

__all__ = ["TargetGroup", "ledger_of", "target_group"]

CONSENTS = "_consent"


def ledger_of(patients: Any, *, at: Any, timezone: str, channel: str = "all", key: str = "patient_id") -> ConsentLedger:
    """A ledger from columns of yes and no, as ``marketing_consent``, as they stood at one moment.

    Parameters
    ----------
    patients : DataFrame
        Every column that ends in ``_consent`` is a purpose.
    at : date or text
        When the columns were true.
    timezone : str
        ``"WIB"``, ``"WITA"``, ``"WIT"`` or an IANA name.
    channel : str
        The channel that the columns are about; ``"all"`` for every one.
    key : str

    Returns
    -------
    ConsentLedger
    """
    import pandas as pd

    frame = frame_of(patients, (key,), "patients")
    columns = [c for c in frame if str(c).endswith(CONSENTS)]
    if not columns:
        raise UserError("patients.no_consents", table="patients", found=[str(c) for c in frame])
    parts = []
    for column in columns:
        said = frame[column].fillna(False).astype(bool)
        part = pd.DataFrame({"customer_id": frame[key], "purpose": str(column).removesuffix(CONSENTS)})
        parts.append(part.assign(channel=channel, action=said.map({True: "give", False: "withdraw"}), at=str(at)))
    return ConsentLedger(pd.concat(parts, ignore_index=True), timezone=timezone)


@dataclass(frozen=True, eq=False, repr=False)
class TargetGroup(Result):
    """A Result whose table is the waterfall, and the campaign's list behind it."""

    campaign: CampaignList | None = field(default=None, repr=False)

    def people(self) -> Any:
        """The list, personal columns masked.

        Raises
        ------
        UserError
            ``patients.group_small``: a list of so few would tell who is who.
        """
        if self.campaign is None or self.facts["hidden"]:
            raise UserError("patients.group_small", wanted=self.params["least"])
        return self.campaign.people

    def __reduce__(self):  # the list does not travel with its count
        return TargetGroup, super().__reduce__()[1]


def target_group(
    patients: Any,
    where: Mapping[str, Any],
    *,
    purpose: str,
    channel: str,
    at: Any,
    ledger: ConsentLedger,
    explicit: str | None = None,
    least: int = 10,
    key: str = "patient_id",
    source: Source | None = None,
) -> TargetGroup:
    """Who is in a group and may be written to about it.

    Parameters
    ----------
    patients : DataFrame
        One row a patient.
    where : mapping
        Column to a value, a list of values, or a pair ``(from, to)`` of numbers or dates, where ``None`` leaves an end
        open.
    purpose, channel : str
        Consent is asked for exactly these.
    at : date or text
    ledger : ConsentLedger
    explicit : str, optional
        The purpose under which people allowed their specific data (illness, allergy, disability ...) to be used for
        such messages. Without it a group chosen by such a column is refused: being ill is no consent.
    least : int
        A group of fewer is not shown: its number alone may tell who is in it.
    key : str
    source : Source, optional

    Returns
    -------
    TargetGroup
        Kind ``patients.target_group``: the steps from all patients to those who may be written to, small numbers
        hidden. ``.people()`` is the list, masked; ``.campaign.export(...)`` writes it out and logs who took it.

    Raises
    ------
    UserError
        ``patients.specific_data``: a column of specific data was used without explicit consent.
    """
    import pandas as pd

    frame = frame_of(patients, (key, *where), "patients")
    if not where:
        raise UserError("patients.no_rule")
    guarded = {column: kind for column in where if (kind := specific(column))}
    if guarded and not explicit:
        raise UserError("patients.specific_data", found=sorted(guarded), wanted="explicit=", purpose=purpose)
    chosen = pd.Series(True, index=frame.index)
    steps: list[dict[str, Any]] = [{"step": "patients", "left_out": 0, "remaining": len(frame)}]
    for column, wanted in where.items():
        chosen &= _meets(frame[column], wanted, column)
        steps.append({"step": column if column not in guarded else "specific_data", "remaining": int(chosen.sum())})
    if "deceased_on" in frame and frame["deceased_on"].notna().any():
        chosen &= frame["deceased_on"].isna()
        steps.append({"step": "alive", "remaining": int(chosen.sum())})
    if guarded:
        allowed = ledger.allowed(frame[key], explicit, channel, at).to_numpy()
        chosen &= allowed
        steps.append({"step": "explicit_consent", "remaining": int(chosen.sum())})
    # a list to write to says nothing of what anybody suffers from
    plain = frame[[c for c in frame if not specific(str(c))]]
    campaign = campaign_list(
        plain, purpose=purpose, channel=channel, at=at, ledger=ledger, include=chosen.to_numpy(), key=key, source=source
    )
    steps.append({"step": "consent", "remaining": len(campaign)})
    for before, step in zip(steps, steps[1:], strict=False):
        step["left_out"] = before["remaining"] - step["remaining"]
    n = len(campaign)
    hidden = n < least
    notes = list(campaign.notes)
    if guarded:
        notes.append(Note("patients.note.specific", {"columns": sorted(guarded), "explicit": str(explicit)}))
    if hidden:
        notes.append(Note("patients.note.hidden", {"least": least}))
    # a small number next to a shown one could be worked out by subtraction: all counts after the first small one go too
    for number, step in enumerate(steps):
        small = step["remaining"] < least or (number and 0 < step["left_out"] < least and hidden)
        if small:
            for later in steps[number:]:
                later |= {"remaining": None, "left_out": None}
            break
    table = pd.DataFrame(steps, columns=["step", "left_out", "remaining"])
    table[["left_out", "remaining"]] = table[["left_out", "remaining"]].astype("Int64")
    asked = steps[-2]["remaining"]
    facts = {"n": len(frame), "remaining": None if hidden else n, "hidden": hidden, "least": least}
    facts |= {"in_group": asked, "allowed_share": n / asked if asked and not hidden else None}
    units = {"step": "text", "left_out": "count", "remaining": "count"}
    told = {c: _told(v) for c, v in where.items()}
    params = {"where": told, "purpose": purpose, "channel": channel, "explicit": explicit, "least": least}
    params |= {"at": str(at), "specific": sorted(guarded), "units": units}
    return TargetGroup("patients.target_group", table, params, facts, tuple(notes), source, campaign)


def _meets(values: Any, wanted: Any, column: str) -> Any:
    import pandas as pd

    if isinstance(wanted, tuple):
        if len(wanted) != 2:
            raise UserError("patients.bad_range", column=column, found=wanted)
        out = values.notna()
        try:
            for end, sign in zip(wanted, (1, -1), strict=True):
                if end is not None:
                    mark = pd.Timestamp(end) if pd.api.types.is_datetime64_any_dtype(values) else end
                    out &= (values >= mark) if sign == 1 else (values <= mark)
        except (TypeError, ValueError) as bad:
            raise UserError("patients.bad_range", column=column, found=wanted) from bad
        return out
    among: Sequence[Any] = list(wanted) if isinstance(wanted, list | set | frozenset) else [wanted]
    known = set(values.dropna().unique())
    for value in among:
        if value not in known and isinstance(value, str):
            names = sorted(str(v) for v in known)[:20]
            raise UserError("patients.no_value", column=column, found=value, wanted=names, near=suggest(value, names))
    return values.isin(among)


def _told(wanted: Any) -> Any:
    return [str(v) for v in wanted] if isinstance(wanted, tuple | list | set | frozenset) else str(wanted)
