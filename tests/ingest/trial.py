"""Read hostile files in a child process and write down how each ended.

A child, because a file may hang it, kill it or eat its memory: then it is started again at the next file. Run all of
them with ``python -m tests.ingest.trial``; names to look for can follow.
"""

from __future__ import annotations

import multiprocessing
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.ingest import hostile

SECONDS = 20.0  # for one file; the slowest sound one takes about two
GIGABYTES = 4


@dataclass(frozen=True)
class Ending:
    """How one reading ended: ``table``, ``refused`` by a clear UserError, or one of the others, which must not be."""

    name: str
    how: str
    detail: str = ""
    seconds: float = 0.0

    @property
    def good(self) -> bool:
        return self.how in ("table", "refused")


def end_of(kind: hostile.Kind, folder: Path) -> Ending:
    """Read one kind, look at it, and account for its rows."""
    import crmlab as crm
    from crmlab.errors import UserError

    limits = crm.ingest.Limits(seconds=3)
    thing = kind.make()
    if kind.file:
        source: Any = folder / kind.file
        source.write_bytes(thing)
    else:
        source = thing
    start = time.perf_counter()

    def ended(how: str, detail: str = "") -> Ending:
        return Ending(kind.name, how, detail, time.perf_counter() - start)

    def clear(error: UserError) -> str | None:
        """What is wrong with the words of a refusal."""
        for lang in ("id", "en"):
            words = error.render(lang)
            if len(words) > 3_000:
                return f"{error.code}: {len(words)} characters in {lang}"
            if "\0" in words or "Traceback" in words:
                return f"{error.code}: unfit to be shown in {lang}"
        return None

    try:
        try:
            mine = crm.ingest.read(source, limits=limits)
        except UserError as error:
            wrong = clear(error)
            if wrong:
                return ended("unclear", wrong)
            try:  # what an app asks first must hold as well
                crm.ingest.inspect(source, limits=limits)
            except UserError as other:
                wrong = clear(other)
            return ended("unclear", wrong) if wrong else ended("refused", error.code)
        crm.ingest.inspect(source, limits=limits)
        report = mine.report()
        report.explain("id")
        read, kept, refused = report.facts["rows_read"], len(mine.table), len(mine.quarantine)
        if read != kept + refused:
            return ended("lost", f"{read} read, {kept} kept, {refused} refused")
        places = [*mine.places.tolist(), *mine.quarantine["source_row"].tolist()]
        if len(set(places)) != len(places):
            return ended("lost", "two rows at one place")
        if kind.rows is not None and read + report.facts["blank_rows"] != kind.rows:
            return ended("lost", f"{kind.rows} written, {read} read, {report.facts['blank_rows']} blank")
        if mine.quarantine["reason"].isna().any():
            return ended("unclear", "a refused row without a reason")
        return ended("table", f"{kept} kept, {refused} refused")
    except BaseException as error:  # the whole point is to see whatever comes out
        return ended("crash", f"{type(error).__name__}: {str(error)[:300]}")


def _work(pipe: Any, names: Sequence[str]) -> None:
    try:
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (GIGABYTES << 30, GIGABYTES << 30))
    except ImportError:
        pass  # Windows can't be told
    wanted = set(names)
    with tempfile.TemporaryDirectory() as folder:
        for kind in hostile.kinds():
            if kind.name in wanted:
                pipe.send(kind.name)
                pipe.send(end_of(kind, Path(folder)))
    pipe.send(None)


def run(names: Sequence[str]) -> list[Ending]:
    """Read the kinds of these names, each to its end or to its time limit."""
    left, endings = list(names), []
    method = multiprocessing.get_context("spawn")
    while left:
        mine, theirs = method.Pipe()
        child = method.Process(target=_work, args=(theirs, left), daemon=True)
        child.start()
        theirs.close()
        at = None
        while True:
            try:
                if not mine.poll(SECONDS + 40 * (at is None)):
                    how = "hang"
                    break
                said = mine.recv()
            except EOFError:
                how = "killed"
                break
            if said is None:
                child.join()
                return endings
            if isinstance(said, str):
                at = said
            else:
                endings.append(said)
                left.remove(said.name)
        child.kill()
        child.join()
        endings.append(Ending(at, how, seconds=SECONDS))
        left.remove(at)
    return endings


def main(arguments: Sequence[str]) -> int:
    """Read all kinds, or those with one of the words in their names, and say what happened."""
    names = [k.name for k in hostile.kinds() if not arguments or any(word in k.name for word in arguments)]
    endings = run(names)
    for ending in endings:
        if not ending.good or arguments:
            print(f"{ending.how:8} {ending.seconds:5.1f} s  {ending.name}  {ending.detail}")
    slowest = max(endings, key=lambda e: e.seconds)
    ends = dict(Counter(e.how for e in endings))
    print(f"{len(endings)} kinds: {ends}; slowest {slowest.name}, {slowest.seconds:.1f} s")
    return 0 if all(e.good for e in endings) else 1


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
