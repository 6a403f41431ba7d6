"""The apps: what the gallery shows and how it is served.

``crmlab gallery`` calls :func:`serve`: Voila's server with a gallery page (``/``), one page for each app
(``/app/<name>``) and kernels that wait for readers. An app is a notebook of a few lines beside its picture
(``crmlab/apps/explorer/``).

For the scripts of a page the frame says ``window.crmlab``: ``lang``, ``theme``, ``plotlyUrl`` (the Python plotly
package's ``plotly.min.js``, served once and cached across apps), and the events ``crmlab:lang`` and ``crmlab:theme`` on
``document``. A script that can switch its language without a new page sets ``window.crmlab.switchesLanguage = true``.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from .. import labels
from .registry import App, bundled

__all__ = ["App", "bundled", "reader", "serve"]

PORT = 8866


def reader() -> Any:
    """Wait for the page's reader; see :mod:`crmlab.apps.session`.

    Examples
    --------
    >>> reader().lang
    'en'
    """
    from .session import reader as wait

    return wait()


def serve(
    port: int | None = None,
    *,
    host: str = "127.0.0.1",
    open_browser: bool = True,
    lang: str | None = None,
    size: str | None = None,
    pool: int = 1,
    apps: Mapping[str, App] | None = None,
) -> None:
    """Serve the gallery until it is stopped (Ctrl+C).

    Parameters
    ----------
    port : int, optional
        The port; when it is taken the next free one is used. ``0`` takes any free port. Default 8866.
    host : str, optional
        The address to listen on. Anything but a loopback address lets others in; who they are is not asked.
    open_browser : bool, optional
        Open the gallery in the browser.
    lang : str, optional
        The language of readers who have not chosen one; default as :func:`crmlab.labels.language` says.
    size : str, optional
        The size of PT XYZ's data. By default the bundled size answers at once, and the full one is made meanwhile.
    pool : int, optional
        How many kernels of each app wait for readers.
    apps : mapping of name to App, optional
        What to serve; default :func:`bundled`.
    """
    from .kernel import leave_out_unused

    leave_out_unused(("rfc3987_syntax",))
    from .server import run

    lang = lang or labels.language()
    with labels.using(lang):
        run(
            apps=apps if apps is not None else bundled(),
            port=PORT if port is None else port,
            host=host,
            open_browser=open_browser,
            lang=lang,
            size=size,
            pool=pool,
            announce=lambda url, open_to_others: _announce(url, lang, open_to_others),
        )


def _announce(url: str, lang: str, open_to_others: bool) -> None:
    print(labels.text("apps.server.running", lang, url=url), flush=True)
    if open_to_others:
        print(labels.text("apps.server.open_to_others", lang), flush=True)
    print(labels.text("apps.server.stop", lang), flush=True)
