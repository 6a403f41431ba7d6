"""A view's answer as plain Python, for who draws it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from .members import ALL

if TYPE_CHECKING:
    from .answer import Answer
    from .view import View

__all__ = ["grid", "rows"]


def rows(view: View, lang: str | None) -> list[dict[str, Any]]:
    """Every cell, in order; see :meth:`View.rows`."""
    answer = view.ask()
    # a member stands in many cells: its value and words are looked up once
    words: list[dict[int | None, tuple[Any, str]]] = [{} for _ in answer.levels]
    found = []
    for row in answer.row_keys:
        for column in answer.column_keys:
            key = (*row, *column)
            if key in answer.cells:
                found.append(_row(view, answer, key, words, lang))
    return found


def _row(view: View, answer: Answer, key: tuple, words: list[dict], lang: str | None) -> dict[str, Any]:
    keys, names = {}, {}
    for level, code, known in zip(answer.levels, key, words, strict=True):
        if code != ALL:
            pair = known.get(code)
            if pair is None:
                pair = (view.cube.member_table(level.id).key(code), view.cube.label(level, code, lang))
                known[code] = pair
            keys[level.id], names[level.id] = pair
    width = len(view.by)
    return {
        "keys": keys,
        "labels": names,
        "depth": width - key[:width].count(ALL),
        "total": ALL in key,
        "values": {name: answer.value(key, name) for name in view.figures},
        "n": answer.n(key),
        "na": [m for m in view.measures if not answer.applicable(m, key)],
    }


def grid(view: View, lang: str | None) -> dict[str, Any]:
    """The pivot; see :meth:`View.grid`."""
    answer = view.ask()
    width = len(view.by)
    ends = (ALL,) * len(view.columns)
    heads, codes = [], []
    for column in answer.column_keys:
        shown = _named(view, answer.levels[width:], column, lang)
        heads += [{**shown, "total": ALL in column, "figure": name} for name in view.figures]
        codes += [(column, name) for name in view.figures]
    found = []
    for row in answer.row_keys:
        named = _named(view, answer.levels[:width], row, lang)
        cells = [answer.value((*row, *column), name) for column, name in codes]
        depth = sum(c != ALL for c in row)
        found.append({**named, "depth": depth, "total": ALL in row, "cells": cells, "n": answer.n((*row, *ends))})
    return {"row_levels": list(view.by), "column_levels": list(view.columns), "columns": heads, "rows": found}


def _named(view: View, levels: Sequence[Any], key: tuple, lang: str | None) -> dict[str, Any]:
    shown = [(lv, c) for lv, c in zip(levels, key, strict=True) if c != ALL]
    return {
        "keys": {lv.id: view.cube.member_table(lv.id).key(c) for lv, c in shown},
        "labels": {lv.id: view.cube.label(lv, c, lang) for lv, c in shown},
    }
