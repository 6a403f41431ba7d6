"""Inside an app's kernel: who reads the page, and in which language.

The gallery starts kernels before anyone asks for a page. Such a kernel runs its notebook up to :func:`reader`, waits
there, and goes on when a page opens: what is slow (imports, opening a cube) belongs before it, what depends on the
reader after it.
"""

from __future__ import annotations

import http.client
import json
import os
from collections.abc import Mapping
from dataclasses import dataclass, field

from .. import labels

__all__ = ["Reader", "reader"]

SERVER = "CRMLAB_APPS_SERVER"  # host:port, said by the server that started this kernel
KERNEL = "VOILA_KERNEL_ID"  # said by Voila


@dataclass(frozen=True)
class Reader:
    """The reader of a page.

    Parameters
    ----------
    lang : str
        ``"id"`` or ``"en"``.
    query : mapping of str to str
        What the address of the page says after its question mark.
    """

    lang: str
    query: Mapping[str, str] = field(default_factory=dict)


def reader() -> Reader:
    """Wait until the page has a reader, and speak that reader's language from then on.

    Outside the gallery (a notebook opened in JupyterLab) nobody is waited for: the reader is who runs the notebook.

    Examples
    --------
    >>> reader().lang
    'en'
    """
    server = os.environ.get(SERVER)
    if not server:
        return Reader(labels.language())
    connection = http.client.HTTPConnection(server)
    try:
        connection.request("GET", f"/crmlab/kernel/{os.environ[KERNEL]}/reader")
        answer = connection.getresponse()
        said = json.loads(answer.read())
    finally:
        connection.close()
    labels.set_language(said["lang"])
    # callbacks of widgets run in contexts of their own, which inherit the environment but not this one
    os.environ["CRMLAB_LANG"] = said["lang"]
    return Reader(said["lang"], said["query"])
