"""Office files that come out the same twice: a package (zip) with fixed dates, whatever the clock says."""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile

__all__ = ["settled"]

_FIRST = (1980, 1, 1, 0, 0, 0)  # the earliest that a zip can say
_DATES = re.compile(rb"(<dcterms:(created|modified)[^>]*>)[^<]*(</dcterms:\2>)")
_PLAIN = dt.date(2000, 1, 1)


def settled(content: bytes, when: dt.date | None = None) -> bytes:
    """The same package with every date in it fixed; workbooks inside it too.

    Parameters
    ----------
    content : bytes
        A DOCX, PPTX or XLSX file.
    when : date, optional
        What the file says of when it was made; by default the first day of 2000, which nobody takes for the truth.
    """
    day = (when or _PLAIN).strftime("%Y-%m-%dT00:00:00Z").encode()
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            part = old.read(name)
            if name.endswith(".xlsx"):
                part = settled(part, when)
            elif name == "docProps/core.xml":
                part = _DATES.sub(rb"\g<1>" + day + rb"\g<3>", part)
            entry = zipfile.ZipInfo(name, _FIRST)
            entry.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(entry, part)
    return out.getvalue()
