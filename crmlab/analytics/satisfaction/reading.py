"""What people write, in Indonesian: topics and tone by a dictionary that can be edited, and how far to trust it.

A dictionary is open: each finding shows the words that led to it, and a wrong one is mended by a line in a file. How
often it is right is measured on the comments that people have labelled, and stands beside every figure.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import Any

from ...errors import UserError, suggest
from ...intervals import wilson
from ...results import Note, Result, Source
from .tables import frame_of, plain

__all__ = ["Reader", "comments", "read_comments", "words"]

_SECTIONS = {"negators", "strengtheners", "breaks", "slang", "topics", "tone"}
_REACH = 2  # words between a negator and what it turns round
_TOKEN = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*|[^\w\s]|\ufe0f", re.IGNORECASE)
_ENDINGS = ("nya", "lah", "kah", "ku", "mu")
_STOPS = set(",.;!?:()/\"'")
TONES = ("negative", "neutral", "positive")


@cache
def _default() -> Mapping[str, Any]:
    import tomllib
    from importlib import resources

    return tomllib.loads(resources.files(__package__).joinpath("words.toml").read_text(encoding="utf-8"))


def words(path: Any = None) -> dict[str, Any]:
    """The dictionary as plain data that can be changed: crmlab's own, or that of a TOML file.

    Examples
    --------
    >>> mine = words()
    >>> mine["topics"]["waiting"].append("ngetem")
    >>> "ngetem" in words()["topics"]["waiting"]
    False
    """
    import copy
    import tomllib

    if path is None:
        return copy.deepcopy(dict(_default()))
    if not os.path.exists(path):
        raise UserError("satisfaction.no_file", found=str(path))
    try:
        with open(path, "rb") as file:
            return tomllib.load(file)
    except tomllib.TOMLDecodeError as bad:
        raise UserError("satisfaction.bad_words_file", table=str(path), found=str(bad)) from bad


class Reader:
    """Reads a comment by a dictionary.

    Examples
    --------
    >>> read = Reader().read("antri lama bgt, tapi perawatnya ramah")
    >>> read["topics"], read["tone"], read["matched"]
    (('waiting', 'staff'), 'neutral', 'antri lama(−) perawatnya ramah(+)')
    >>> Reader().read("antri tidak terlalu lama")["tone"], Reader().read("petugas kurang ramah")["tone"]
    ('positive', 'negative')
    """

    def __init__(self, dictionary: Mapping[str, Any] | None = None) -> None:
        given = _default() if dictionary is None else dictionary
        strange = [k for k in given if k not in _SECTIONS]
        if strange or "topics" not in given or "tone" not in given:
            near = [n for k in strange for n in suggest(k, _SECTIONS, 1)]
            raise UserError("satisfaction.bad_words", found=sorted(given), wanted=sorted(_SECTIONS), near=near)
        tone = given["tone"]
        twice = sorted(set(tone.get("positive", ())) & set(tone.get("negative", ())))
        if twice:
            raise UserError("satisfaction.words_twice", found=twice)
        self.slang = {k: v.split() for k, v in given.get("slang", {}).items()}
        self.negators, self.strong, self.breaks = (
            set(given.get(k, ())) for k in ("negators", "strengtheners", "breaks")
        )
        self.topics = tuple(given["topics"])
        self.topic_of = _Phrases((w, t) for t, ws in given["topics"].items() for w in ws)
        self.tone_of = _Phrases(
            (w, 1 if kind == "positive" else -1) for kind in ("positive", "negative") for w in tone.get(kind, ())
        )

    def tokens(self, text: str) -> list[tuple[str, str]]:
        """Words as they are read, each with how it was written; marks end a clause."""
        out: list[tuple[str, str]] = []
        for written in _TOKEN.findall(text):
            word = re.sub(r"([a-z])\1{2,}", r"\1", written.lower())
            for plain_word in self.slang.get(word, [word]):
                out.append((plain_word, written))
        return out

    def read(self, text: Any) -> dict[str, Any]:
        """The topics in the order in which they are named, the tone, the tone of each topic, the words matched."""
        if text is None or text != text or not str(text).strip():
            return {"topics": (), "tone": None, "tones": {}, "matched": ""}
        said = self.tokens(str(text))
        plain_words = [w for w, _ in said]
        topics: dict[str, list[int]] = {}
        marks: dict[int, str] = {}
        clause, clauses = 0, []
        for word in plain_words:
            clause += word in _STOPS or word in self.breaks
            clauses.append(clause)
        sums: dict[int, int] = {}
        total, at = 0, 0
        while at < len(plain_words):
            topic, length = self.topic_of.at(plain_words, at)
            if topic:
                topics.setdefault(topic, []).append(clauses[at])
                marks.update({at + k: "" for k in range(length)})
            sign, reach = self.tone_of.at(plain_words, at)
            if sign:
                turned = self._turned(plain_words, at, clauses)
                value = sign if turned is None else -sign
                for k in range(reach):
                    marks[at + k] = ""
                marks[at + reach - 1] = "(+)" if value > 0 else "(−)"
                if turned is not None:
                    marks[turned] = ""
                sums[clauses[at]] = sums.get(clauses[at], 0) + value
                total += value
            at += max(reach if sign else 0, length if topic and not sign else 0, 1)
        shown, last = [], None
        for k in sorted(marks):
            written = said[k][1]
            if last is not None and said[k] is said[last]:
                continue
            shown.append(written + marks[k])
            last = k
        return {
            "topics": tuple(topics),
            "tone": TONES[(total > 0) - (total < 0) + 1],
            "tones": {t: TONES[(v > 0) - (v < 0) + 1] for t, v in self._by_topic(topics, sums, total).items()},
            "matched": " ".join(shown),
        }

    def _turned(self, plain_words: Sequence[str], at: int, clauses: Sequence[int]) -> int | None:
        """Where the negator stands that turns a word round, with only strengtheners or one word between."""
        for back in range(1, _REACH + 2):
            k = at - back
            if k < 0 or clauses[k] != clauses[at]:
                return None
            if plain_words[k] in self.negators:
                return k
            if self.tone_of.at(plain_words, k)[0]:
                return None
        return None

    def _by_topic(self, topics: Mapping[str, list[int]], sums: Mapping[int, int], total: int) -> dict[str, int]:
        return {t: sum(sums.get(c, 0) for c in set(where)) or (total if len(topics) == 1 else 0)
                for t, where in topics.items()}  # fmt: skip


class _Phrases:
    """Words, beginnings of words (``antri*``) and phrases, each with what it stands for; the longest wins."""

    def __init__(self, entries: Iterable[tuple[str, Any]]) -> None:
        self.exact: dict[tuple[str, ...], Any] = {}
        self.begins: list[tuple[str, Any]] = []
        for phrase, meaning in entries:
            parts = tuple(phrase.lower().split())
            if len(parts) == 1 and parts[0].endswith("*"):
                self.begins.append((parts[0][:-1], meaning))
            elif parts:
                self.exact[parts] = meaning
        self.longest = max((len(p) for p in self.exact), default=1)

    def at(self, tokens: Sequence[str], start: int) -> tuple[Any, int]:
        for size in range(min(self.longest, len(tokens) - start), 0, -1):
            found = self.exact.get(tuple(tokens[start : start + size]))
            if found is not None:
                return found, size
        word = tokens[start]
        for stem in (word, *(word[: -len(e)] for e in _ENDINGS if word.endswith(e) and len(word) > len(e) + 2)):
            if (stem,) in self.exact:
                return self.exact[(stem,)], 1
            for begin, meaning in self.begins:
                if stem.startswith(begin):
                    return meaning, 1
        return None, 0


def read_comments(answers: Any, *, text: str = "comment", dictionary: Any = None) -> Any:
    """The table with what was read from each comment: ``topics``, ``main_topic``, ``tone``, and ``matched`` words.

    Parameters
    ----------
    answers : DataFrame
    text : str
    dictionary : mapping or path, optional
        crmlab's own by default; :func:`words` gives a copy to change.
    """
    frame = frame_of(answers, [text], "answers")
    reader = _reader(dictionary)
    read = [reader.read(t) for t in frame[text]]
    return frame.assign(
        topics=[r["topics"] for r in read],
        main_topic=[r["topics"][0] if r["topics"] else None for r in read],
        tone=[r["tone"] for r in read],
        matched=[r["matched"] for r in read],
    )


def _reader(dictionary: Any) -> Reader:
    if dictionary is None or isinstance(dictionary, Mapping):
        return Reader(dictionary)
    return Reader(words(dictionary))


def comments(
    answers: Any,
    *,
    text: str = "comment",
    label: str | None = None,
    unhappy: str | None = None,
    dictionary: Any = None,
    source: Source | None = None,
) -> Result:
    """What people write about, in what tone, and how often this reading is right.

    Parameters
    ----------
    answers : DataFrame
        One row an answer; most people write nothing.
    text : str
        Column with the comments.
    label : str, optional
        Column in which people have labelled some comments with their topic; missing elsewhere. Without it nothing
        is known of how right the reading is, and the Result says so.
    unhappy : str, optional
        Column that says who was unhappy (true), as detractors: the tone is checked against it.
    dictionary : mapping or path, optional

    Returns
    -------
    Result
        Kind ``satisfaction.comments``: by topic ``comments`` (which speak of it first), ``comment_share`` with
        interval, ``mentions`` (anywhere), ``negative_share`` of these; and on the labelled sample ``labelled``,
        ``precision_share`` (of those read so, so labelled) and ``recall_share`` (of those so labelled, read so), each
        with interval. Facts: ``accuracy_share`` with interval, ``f1``, and ``tone_accuracy_share``.
    """
    import pandas as pd

    columns = [text, *([label] if label else []), *([unhappy] if unhappy else [])]
    frame = frame_of(answers, columns, "answers")
    wrote = frame[text].notna() & (frame[text].astype("string").str.strip() != "")
    written = frame[wrote.fillna(False).astype(bool)]
    if not len(written):
        raise UserError("satisfaction.no_comments", table="answers", column=text, n=len(frame))
    reader = _reader(dictionary)
    read = [reader.read(t) for t in written[text]]
    main = [r["topics"][0] if r["topics"] else None for r in read]
    truth = written[label].tolist() if label else [None] * len(read)
    truth = [t if isinstance(t, str) else None for t in truth]
    checked = [(t, m) for t, m in zip(truth, main, strict=True) if t is not None]
    strange = sorted({t for t, _ in checked} - set(reader.topics))
    if strange:
        raise UserError("satisfaction.strange_labels", found=strange, wanted=list(reader.topics))
    rows = []
    for topic in (*reader.topics, None):
        mine = sum(m == topic for m in main)
        tones = [r["tones"][topic] for r in read if topic in r["tones"]] if topic else []
        row: dict[str, Any] = {"topic": topic or "no_topic", "comments": mine, "comment_share": mine / len(read)}
        row["comment_share_low"], row["comment_share_high"] = wilson(mine, len(read))
        row |= {"mentions": len(tones) if topic else mine}
        bad = sum(t == "negative" for t in tones)
        row["negative_share"] = bad / len(tones) if tones else float("nan")
        row["negative_share_low"], row["negative_share_high"] = wilson(bad, len(tones))
        both = sum(t == m == topic for t, m in checked)
        so_read, so_labelled = sum(m == topic for _, m in checked), sum(t == topic for t, _ in checked)
        row["labelled"] = so_labelled
        for name, n in (("precision_share", so_read), ("recall_share", so_labelled)):
            n = n if topic else 0
            row[name] = both / n if n else float("nan")
            row[f"{name}_low"], row[f"{name}_high"] = wilson(both, n)
        rows.append(row)
    table = pd.DataFrame(rows).sort_values("comments", ascending=False, kind="stable", ignore_index=True)
    table = pd.concat([table[table["topic"] != "no_topic"], table[table["topic"] == "no_topic"]], ignore_index=True)
    topics = table[table["topic"] != "no_topic"]
    top = topics.iloc[0]
    right = sum(t == m for t, m in checked)
    facts: dict[str, Any] = {"n": len(read), "answers": len(frame), "labelled": len(checked)}
    facts |= {"read_share": sum(m is not None for m in main) / len(read)}
    facts |= {c: top[c] for c in ("topic", "comment_share", "comment_share_low", "comment_share_high")}
    low, high = wilson(right, len(checked))
    facts |= {"accuracy_share": right / len(checked) if checked else None}
    facts |= {"accuracy_share_low": low, "accuracy_share_high": high}
    seen = topics[topics["labelled"] > 0]
    with_both = 2 * seen["precision_share"] * seen["recall_share"] / (seen["precision_share"] + seen["recall_share"])
    facts["f1"] = float(with_both.fillna(0).mean()) if checked else None
    tones = [r["tone"] for r in read]
    facts |= {f"{t}_share": sum(x == t for x in tones) / len(tones) for t in TONES}
    facts |= dict.fromkeys(("tone_accuracy_share", "tone_accuracy_share_low", "tone_accuracy_share_high", "tone_n"))
    if unhappy:
        said = [(t, bool(u)) for t, u in zip(tones, written[unhappy], strict=True) if t != "neutral" and u == u]
        hits = sum((t == "negative") == u for t, u in said)
        low, high = wilson(hits, len(said))
        facts |= {"tone_accuracy_share": hits / len(said) if said else None, "tone_n": len(said)}
        facts |= {"tone_accuracy_share_low": low, "tone_accuracy_share_high": high}
    notes = [Note("satisfaction.note.comments_are_few", {"n": len(read), "answers": len(frame)})]
    if not checked:
        notes.append(Note("satisfaction.note.unchecked", {"n": len(read)}))
    elif len(checked) < 50:
        notes.append(Note("satisfaction.note.few_labels", {"n": len(checked)}))
    units = {"topic": "text"} | dict.fromkeys(("comments", "mentions", "labelled"), "count")
    units = {c: units.get(c, "share") for c in table.columns}
    params = {"text": text, "label": label, "unhappy": unhappy, "topics": len(reader.topics), "units": units}
    return Result("satisfaction.comments", table, params, plain(facts), tuple(notes), source)
