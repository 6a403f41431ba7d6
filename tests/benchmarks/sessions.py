"""Many sessions of an app opened at once: a class that follows its lecturer.

Run as ``python -m tests.benchmarks.sessions [--app hospital] [--sessions 40]``. Every session is one reader's own: it
asks for the page, reads it to its end, opens the kernel's line and asks for the widgets' states, as a browser does; it
is ready when it has them. What a browser needs to draw them is the reader's own computer's and is not counted. Told
are the wall times, the CPU of server and kernels, their memory (PSS) when all stand, and how many failed. Run it where
nothing else runs, with bytecode compiled.

Goal of the hospital dashboard on 2 cores: 40 ready within 70 s, at most 5 GB, no failure.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import re
import statistics
import sys
import time
import uuid
from pathlib import Path
from typing import Any

from tests.benchmarks.explorer import Server

PATIENCE = 300
GOAL_SECONDS, GOAL_MEGABYTES = 70, 5000
SESSION = uuid.uuid4().hex


def message(kind: str, content: dict[str, Any], **metadata: str) -> str:
    """A message on a kernel's shell channel."""
    header = {"msg_id": uuid.uuid4().hex, "msg_type": kind, "username": "", "session": SESSION, "version": "5.3"}
    whole = {"header": header, "parent_header": {}, "metadata": metadata, "content": content}
    return json.dumps({**whole, "channel": "shell", "buffers": []})


async def session(url: str, app: str) -> tuple[float, Any]:
    """Open the app, and come back when its widgets' states are there: the seconds it took, and the open line."""
    from tornado.httpclient import AsyncHTTPClient, HTTPRequest
    from tornado.websocket import websocket_connect

    began = time.perf_counter()
    answer = await AsyncHTTPClient().fetch(f"{url}/app/{app}?lang=id", request_timeout=PATIENCE)
    page = answer.body.decode("utf-8")
    kernel = re.search(r'"kernelId":\s*"([0-9a-f-]{36})"', page)
    if not kernel or "application/vnd.jupyter.widget-view+json" not in page:
        raise RuntimeError(f"no widget on the page: {page[-300:]}")
    cookies = "; ".join(c.split(";")[0] for c in answer.headers.get_list("Set-Cookie"))
    request = HTTPRequest(f"ws{url[4:]}/api/kernels/{kernel[1]}/channels", headers={"Cookie": cookies, "Origin": url})
    line = await websocket_connect(request, max_message_size=2**28)
    asked = {"comm_id": uuid.uuid4().hex, "target_name": "jupyter.widget.control", "data": {}}
    await line.write_message(message("comm_open", asked, version="1.0.0"))
    await line.write_message(message("comm_msg", {"comm_id": asked["comm_id"], "data": {"method": "request_states"}}))
    while True:
        told = await line.read_message()
        if told is None:
            raise RuntimeError("the line was closed")
        if b"update_states" in (told if isinstance(told, bytes) else told.encode()):
            return time.perf_counter() - began, line


async def crowd(url: str, app: str, sessions: int) -> tuple[list[float], list[str], float, list[Any]]:
    """All sessions at once: seconds each, what failed, seconds until the last stood, the open lines."""
    from tornado.httpclient import AsyncHTTPClient

    AsyncHTTPClient.configure(None, max_clients=sessions, max_body_size=2**28)
    began = time.perf_counter()
    told = await asyncio.gather(*(session(url, app) for _ in range(sessions)), return_exceptions=True)
    took = time.perf_counter() - began
    ready = [t for t in told if not isinstance(t, BaseException)]
    failed = [repr(t)[:200] for t in told if isinstance(t, BaseException)]
    return [t[0] for t in ready], failed, took, [t[1] for t in ready]


def costs(server: Server) -> tuple[float, float, int]:
    """CPU seconds and PSS (MB) of the server and all below it, and how many processes these are."""
    import psutil

    top = psutil.Process(server.process.pid)
    everyone = [top, *top.children(recursive=True)]
    cpu = sum(sum(p.cpu_times()[:4]) for p in everyone[:1]) + sum(sum(p.cpu_times()[:2]) for p in everyone[1:])
    pss = 0.0
    for process in everyone:
        found = re.search(r"^Pss:\s+(\d+) kB", Path(f"/proc/{process.pid}/smaps_rollup").read_text(), re.MULTILINE)
        pss += int(found[1]) / 1024
    return cpu, pss, len(everyone)


def main() -> int:
    """Tell the figures; 1 if the goal is missed."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.sessions")
    parser.add_argument("--app", default="hospital")
    parser.add_argument("--sessions", type=int, default=40)
    parser.add_argument("--size", default="S")
    given = parser.parse_args()
    server = Server(
        [sys.executable, "-m", "crmlab", "gallery", "--port", "0", "--no-browser", "--size", given.size, "--lang", "id"]
    )
    try:
        time.sleep(20)  # the kernels that wait for readers have started
        before, _, _ = costs(server)

        async def run() -> tuple[list[float], list[str], float, float, float, int]:
            took, failed, all_took, lines = await crowd(server.url, given.app, given.sessions)
            cpu, pss, processes = costs(server)
            for line in lines:
                line.close()
            return took, failed, all_took, cpu, pss, processes

        took, failed, all_took, cpu, pss, processes = asyncio.run(run())
    finally:
        server.stop()
    print(f"{len(took)} of {given.sessions} sessions of {given.app} ready after {all_took:.1f} s, {len(failed)} failed")
    if took:
        print(f"first {min(took):.1f} s, median {statistics.median(took):.1f} s, last {max(took):.1f} s")
    print(f"{(cpu - before) / given.sessions:.2f} CPU-s a session, {pss:,.0f} MB PSS in {processes} processes")
    for one in sorted(set(failed)):
        print(failed.count(one), one)
    return int(bool(failed) or all_took > GOAL_SECONDS or pss > GOAL_MEGABYTES)


if __name__ == "__main__":
    sys.exit(main())
