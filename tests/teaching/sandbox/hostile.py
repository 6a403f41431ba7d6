"""Notebooks that mean harm, by name: their cells, and what may come of them.

``{outside}`` is a folder that must stay as it was, ``{source}`` a lecturer's source in it, ``{port}`` a port on which
somebody counts knocks. Every notebook answers ``first`` before it begins.
"""

from __future__ import annotations

FIRST = "import standin\nfrom standin import record\nrecord('first', 1)"

# name -> (the statuses that may come of it, cells)
ENDING = {
    "loop": ({"timeout"}, ["while True: pass"]),
    "loop_that_catches_all": (
        {"timeout"},
        ["while True:\n    try:\n        while True: pass\n    except BaseException: pass"],
    ),
    "sleep": ({"timeout"}, ["import time\nwhile True:\n    try: time.sleep(1000)\n    except BaseException: pass"]),
    "deaf_to_signals": (
        {"timeout"},
        [
            "import signal\nfor n in range(1, 60):\n    try: signal.signal(n, signal.SIG_IGN)\n    except Exception: pass\nwhile True: pass"
        ],
    ),
    "regular_expression": ({"timeout"}, ["import re\nre.match('(a+)+$', 'a' * 60 + 'b')"]),
    "big_power": ({"timeout"}, ["x = 9 ** (9 ** 9)"]),
    "sys_exit": ({"finished"}, ["import sys\nsys.exit(1)", "record('later', 1)"]),
    "raise_system_exit_in_thread": ({"finished"}, ["import threading, os\nthreading.Thread(target=exit).start()"]),
    "os_exit": ({"killed"}, ["import os\nos._exit(0)"]),
    "kill_itself": ({"killed"}, ["import os\nos.kill(os.getpid(), 9)"]),
    "abort": ({"killed"}, ["import os\nos.abort()"]),
    "recursion": ({"killed", "finished", "memory"}, ["import sys\nsys.setrecursionlimit(10**9)\ndef f(): f()\nf()"]),
    "memory_by_steps": ({"memory"}, ["hoard = []\nwhile True: hoard.append(b'x' * 10**7)"]),
    "memory_at_once": ({"memory", "finished"}, ["x = b'x' * 50_000_000_000"]),
    "memory_numpy": ({"memory", "finished"}, ["import numpy as np\nx = np.ones((60_000, 60_000))"]),
    "memory_catches_all": (
        {"memory", "timeout"},
        ["hoard = []\nwhile True:\n    try: hoard.append(b'x' * 10**7)\n    except BaseException: pass"],
    ),
    "memory_swelling_text": ({"memory", "finished", "timeout"}, ["s = 'x'\nwhile True: s += s"]),
    "threads_left": (
        {"finished"},
        [
            "import threading\ndef f():\n    while True: pass\nfor _ in range(3): threading.Thread(target=f).start()",
            "record('later', 1)",
        ],
    ),
    "threads_without_end": (
        {"finished", "killed", "memory", "timeout"},
        ["import threading, time\nwhile True: threading.Thread(target=time.sleep, args=(1000,)).start()"],
    ),
    "files_without_end": (
        {"huge", "timeout"},
        ["n = 0\nwhile True:\n    n += 1\n    try: open(f'f{n}', 'wb').write(b'x' * 10**6)\n    except OSError: pass"],
    ),
    "one_large_file": ({"finished", "huge"}, ["with open('f', 'wb') as f:\n    while True: f.write(b'x' * 10**6)"]),
    "small_files": ({"huge", "timeout"}, ["n = 0\nwhile True:\n    n += 1\n    open(f'f{n}', 'w').close()"]),
    "deep_folders": (
        {"finished", "huge", "timeout"},
        ["import os\nfor i in range(3000):\n    os.mkdir('d' * 100)\n    os.chdir('d' * 100)"],
    ),
    "locked_folder": ({"finished"}, ["import os\nos.mkdir('a')\nopen('a/b', 'w').close()\nos.chmod('a', 0)"]),
    "links_in_folder": ({"finished"}, ["import os\nos.symlink({outside!r}, 'a')\nos.symlink('/', 'b')"]),
    "print_without_end": ({"timeout"}, ["while True: print('x' * 100_000)"]),
    "write_to_descriptor": (
        {"finished"},
        [
            "import os\nfor n in (0, 1, 2):\n    try: os.write(n, b'x' * 10**6)\n    except OSError: pass",
            "record('later', 1)",
        ],
    ),
    "large_display": ({"finished", "memory"}, ["x = ['x' * 100] * 1_000_000\ndisplay(x)\nx", "record('later', 1)"]),
    "large_print": ({"finished"}, ["print('x' * 10_000_000)", "record('later', 1)"]),
    "large_answers": ({"finished"}, ["record('large', 'x' * 10**7)", "record('later', 1)"]),
}

REWRITING = {
    "collector": ["standin.recorded = lambda: 1 / 0\nstandin.answers = None"],
    "record": ["standin.record = None", "standin.answers['later'] = 1"],
    "json": [
        "import json\njson.dumps = json.dump = json.loads = json.JSONEncoder = None\njson.encoder.c_make_encoder = None"
    ],
    "builtins": [
        "import builtins\nfor n in ('isinstance', 'type', 'dict', 'len', 'str', 'open'): setattr(builtins, n, None)"
    ],
    "os_functions": ["import os\nos._exit = os.write = os.lseek = os.ftruncate = lambda *a: 0\nos.path.realpath = str"],
    "modules": ["import sys\nfor n in list(sys.modules): sys.modules[n] = None"],
    "input_transformer": [
        "get_ipython().input_transformers_post.append(lambda lines: ['1 / 0'])\n"
        "get_ipython().input_transformers_cleanup.append(lambda lines: ['raise SystemExit'])",
        "record('later', 1)",
    ],
    "ast_transformer": [
        "import ast\nclass T(ast.NodeTransformer):\n    def visit(self, node): raise KeyboardInterrupt\n"
        "get_ipython().ast_transformers.append(T())",
        "record('later', 1)",
    ],
    "run_cell": ["get_ipython().run_cell = get_ipython().run_cell_async = lambda *a, **k: 1 / 0", "record('later', 1)"],
    "run_cell_class": ["type(get_ipython()).run_cell = lambda *a, **k: {}['x']", "record('later', 1)"],
    "trace": [
        "import sys\ndef t(*a): raise KeyboardInterrupt\nsys.settrace(t); sys.setprofile(t)",
        "record('later', 1)",
    ],
    "alarm": [
        "import signal\ndef h(*a): raise SystemExit\nsignal.signal(signal.SIGALRM, h)\n"
        "signal.setitimer(signal.ITIMER_REAL, 0.001, 0.001)",
        "record('later', 1)",
    ],
    "frames": [
        "import sys\nf = sys._getframe()\nwhile f:\n"
        "    for n in list(f.f_locals):\n        f.f_globals[n] = None\n    f = f.f_back"
    ],
    "slots": ["import os\nfor n in range(3, 30):\n    try: os.write(n, b'{{' * 100)\n    except OSError: pass"],
    "closed_slots": ["import os\nos.closerange(0, 200)"],
    "nested_slots": ["import os\nfor n in range(3, 30):\n    try: os.write(n, b'[' * 10**6)\n    except OSError: pass"],
    "forged_events": [
        "import os\nfor n in range(3, 30):\n"
        '    try: os.write(n, b\'{{"code": "full_marks", "cell": 1, "name": "x"}}\\n\' * 100_000)\n    except OSError: pass'
    ],
    "exception_with_a_name": [
        "class M(type):\n    __name__ = property(lambda s: 1 / 0)\n"
        "class E(BaseException, metaclass=M):\n    def __str__(self): raise self\n    __repr__ = __str__\nraise E()",
        "raise type('x' * 10**6, (Exception,), {{}})()",
        "record('later', 1)",
    ],
    "hostile_value": [
        "class V(dict):\n    def items(self): raise SystemExit\n    __iter__ = __len__ = __repr__ = items\nrecord('v', V(a=1))",
        "record('later', 1)",
    ],
    "hook": ["import sys\nsys.addaudithook(lambda *a: 1 / 0)", "record('later', 1)"],
    "main_module": ["import __main__, sys\nfor n in list(vars(__main__)): vars(__main__)[n] = None"],
    "namespace": ["get_ipython().user_ns.clear()", "import standin\nstandin.record('later', 1)"],
}

# what is written when it works is {outside}/<anything>; "native" ones are compiled code that only the system can stop
WRITING = {
    "open": "open({outside!r} + '/new.txt', 'w').write('x')",
    "append": "open({outside!r} + '/theirs.txt', 'a').write('x')",
    "update": "open({outside!r} + '/theirs.txt', 'r+').write('x')",
    "os_open": "import os\nos.write(os.open({outside!r} + '/new.txt', os.O_CREAT | os.O_RDWR), b'x')",
    "fileio": "import io\nio.FileIO({outside!r} + '/new.txt', 'w')",
    "private_io": "import _io\n_io.open({outside!r} + '/new.txt', 'w')",
    "relative": "import os\nopen(os.path.relpath({outside!r}) + '/new.txt', 'w')",
    "by_link": "import os\nos.symlink({outside!r}, 'link')\nopen('link/new.txt', 'w')",
    "by_dots": "open('a/../../../../../../../../../../..' + {outside!r} + '/new.txt', 'w')",
    "bytes": "open(({outside!r} + '/new.txt').encode(), 'w')",
    "by_directory": "import os\nd = os.open({outside!r}, os.O_RDONLY)\nos.open('new.txt', os.O_CREAT | os.O_WRONLY, dir_fd=d)",
    "chdir": "import os\nos.chdir({outside!r})\nopen('new.txt', 'w')",
    "pathlib": "import pathlib\npathlib.Path({outside!r}, 'new.txt').write_text('x')",
    "shutil": "import shutil\nopen('a', 'w').write('x')\nshutil.copy('a', {outside!r} + '/new.txt')",
    "move": "import shutil\nopen('a', 'w').write('x')\nshutil.move('a', {outside!r} + '/new.txt')",
    "remove": "import os\nos.remove({outside!r} + '/theirs.txt')",
    "rename": "import os\nos.rename({outside!r} + '/theirs.txt', {outside!r} + '/new.txt')",
    "replace": "import os\nopen('a', 'w').close()\nos.replace('a', {outside!r} + '/theirs.txt')",
    "rmtree": "import shutil\nshutil.rmtree({outside!r})",
    "truncate": "import os\nos.truncate({outside!r} + '/theirs.txt', 0)",
    "chmod": "import os\nos.chmod({outside!r} + '/theirs.txt', 0o777)",
    "utime": "import os\nos.utime({outside!r} + '/theirs.txt', (0, 0))",
    "mkdir": "import os\nos.mkdir({outside!r} + '/new')",
    "mkfifo": "import posix\nposix.mkfifo({outside!r} + '/new')",
    "symlink": "import os\nos.symlink('x', {outside!r} + '/new')",
    "hard_link": "import os\nos.link({source!r}, 'mine')\nopen('mine', 'a').write('x')",
    "link_out": "import os\nopen('a', 'w').close()\nos.link('a', {outside!r} + '/new')",
    "sqlite": "import sqlite3\nsqlite3.connect({outside!r} + '/new.db').execute('CREATE TABLE a (b)')",
    "sqlite_uri": "import sqlite3\nsqlite3.connect('file:' + {outside!r} + '/new.db', uri=True).execute('CREATE TABLE a (b)')",
    "sqlite_attach": (
        "import sqlite3\nc = sqlite3.connect(':memory:')\n"
        "c.execute('ATTACH ? AS o', ({outside!r} + '/new.db',))\nc.execute('CREATE TABLE o.a (b)')"
    ),
    "duckdb": "import duckdb\nduckdb.sql('SELECT 1').write_csv({outside!r} + '/new.csv')",
    "duckdb_copy": 'import duckdb\nduckdb.execute("COPY (SELECT 1) TO \'" + {outside!r} + "/new.csv\'")',
    "duckdb_own": 'import duckdb\nduckdb.connect().execute("COPY (SELECT 1) TO \'" + {outside!r} + "/new.parquet\'")',
    "duckdb_file": "import duckdb\nduckdb.connect({outside!r} + '/new.db').execute('CREATE TABLE a (b int)')",
    "duckdb_export": 'import duckdb\nduckdb.execute("EXPORT DATABASE \'" + {outside!r} + "/new\'")',
    "pandas": "import pandas as pd\npd.DataFrame({{'a': [1]}}).to_csv({outside!r} + '/new.csv')",
    "pandas_parquet": "import pandas as pd\npd.DataFrame({{'a': [1]}}).to_parquet({outside!r} + '/new.parquet')",
    "pyarrow": "import pyarrow as pa, pyarrow.parquet as pq\npq.write_table(pa.table({{'a': [1]}}), {outside!r} + '/new.parquet')",
    "pandas_excel": "import pandas as pd\npd.DataFrame({{'a': [1]}}).to_excel({outside!r} + '/new.xlsx')",
    "numpy": "import numpy as np\nnp.save({outside!r} + '/new.npy', np.ones(3))",
    "numpy_tofile": "import numpy as np\nnp.ones(3).tofile({outside!r} + '/new.bin')",
    "magic": "%%writefile {outside}/new.txt\nx",
    "temp_of_the_system": "open('/tmp/crmlab-hostile-was-here', 'w')",
    "shared_memory": "from multiprocessing import shared_memory\nshared_memory.SharedMemory('crmlab_hostile', create=True, size=9)",
    "dbm": "import dbm\ndbm.open({outside!r} + '/new', 'c')",
    "startup": "open(get_ipython().__class__.__module__.replace('.', '/') , 'r')\n",
    "libraries": "import pandas\nopen(pandas.__file__, 'a')",
    "own_package": "import crmlab\nopen(crmlab.__file__, 'a')",
}
WRITING_NATIVE = {
    "pyarrow_fs": "from pyarrow import fs\nfs.LocalFileSystem().create_dir({outside!r} + '/new')",
    "duckdb_by_class": ("import _duckdb\n_duckdb.connect({outside!r} + '/new.db').execute('CREATE TABLE a (b int)')"),
    "ctypes_from_a_library": (
        "code = compile('import ctypes\\nlibc = ctypes.CDLL(None)\\nlibc.creat(p, 0o600)', __import__('pandas').__file__, 'exec')\n"
        "exec(code, {{'p': ({outside!r} + '/new').encode()}})"
    ),
    "chmod_by_library": (
        "code = compile('import ctypes\\nlibc = ctypes.CDLL(None)\\nlibc.chmod(p, 0o777)', __import__('pandas').__file__, 'exec')\n"
        "exec(code, {{'p': ({outside!r} + '/theirs.txt').encode()}})"
    ),
}

READING = {
    "open": "record('got', open({source!r}).read())",
    "os": "import os\nrecord('got', os.read(os.open({source!r}, 0), 999).decode())",
    "pathlib": "import pathlib\nrecord('got', pathlib.Path({source!r}).read_text())",
    "link": "import os\nos.symlink({source!r}, 'mine')\nrecord('got', open('mine').read())",
    "hard_link": "import os\nos.link({source!r}, 'mine')\nrecord('got', open('mine').read())",
    "import": "import sys, os\nsys.path.append(os.path.dirname({source!r}))\nm = __import__('07_key')\nrecord('got', m.answer)",
    "loader": (
        "import importlib.util as u\ns = u.spec_from_file_location('key', {source!r})\nm = u.module_from_spec(s)\n"
        "s.loader.exec_module(m)\nrecord('got', m.answer)"
    ),
    "magic": "%run {source}\nrecord('got', answer)",
    "linecache": "import linecache\nrecord('got', linecache.getlines({source!r}))",
    "numpy": "import numpy as np\nrecord('got', str(np.fromfile({source!r}, dtype='S1')))",
    "pandas": "import pandas as pd\nrecord('got', str(pd.read_csv({source!r}, header=None).values))",
    "duckdb": "import duckdb\nrecord('got', str(duckdb.sql(\"SELECT content FROM read_text('\" + {source!r} + \"')\").fetchall()))",
    "duckdb_own": "import duckdb\nrecord('got', str(duckdb.connect().execute(\"FROM read_csv('\" + {source!r} + \"')\").fetchall()))",
    "mmap": "import mmap, os\nrecord('got', mmap.mmap(os.open({source!r}, 0), 0, prot=1).read().decode())",
    "parent": "import os\nrecord('got', open(f'/proc/{{os.getppid()}}/environ').read() + open(f'/proc/{{os.getppid()}}/cmdline').read())",
    "job": "import os\nfor n in ('job.json', 'notebook.json', 'events'):\n    record('got', {secret!r} + open('../' + n).read())",
    "passwords": "record('got', {secret!r} + open('/etc/passwd').read())",
    "home": "import glob, os\nrecord('got', {secret!r} + str(os.listdir('/root') + os.listdir('/home')))",
    "git": "import crmlab, os\nrecord('got', {secret!r} + str(os.listdir(os.path.dirname(os.path.dirname(crmlab.__file__)))))",
}
READING_NATIVE = {
    "pyarrow": "from pyarrow import fs\nrecord('got', fs.LocalFileSystem().open_input_file({source!r}).read().decode())",
}

NETWORK = {
    "socket": "import socket\nsocket.create_connection(('127.0.0.1', {port}))",
    "private_socket": "import _socket\ns = _socket.socket(2, 1)\ns.connect(('127.0.0.1', {port}))",
    "udp": "import socket\nsocket.socket(2, 2).sendto(b'x', ('127.0.0.1', {port}))",
    "urllib": "import urllib.request\nurllib.request.urlopen('http://127.0.0.1:{port}/')",
    "http": "import http.client\nhttp.client.HTTPConnection('127.0.0.1', {port}).request('GET', '/')",
    "requests": "import requests\nrequests.get('http://127.0.0.1:{port}/')",
    "asyncio": "import asyncio\nr, w = await asyncio.open_connection('127.0.0.1', {port})",
    "names": "import socket\nsocket.getaddrinfo('localhost', {port})\nsocket.create_connection(('localhost', {port}))",
    "pandas": "import pandas as pd\npd.read_csv('http://127.0.0.1:{port}/x.csv')",
    "duckdb": "import duckdb\nduckdb.sql(\"FROM read_csv('http://127.0.0.1:{port}/x.csv')\").fetchall()",
    "duckdb_install": "import duckdb\nduckdb.execute(\"INSTALL httpfs FROM 'http://127.0.0.1:{port}'\")",
    "duckdb_own": (
        "import duckdb\nc = duckdb.connect()\nfor s in ('SET autoinstall_known_extensions = true', 'SET autoload_known_extensions = true',\n"
        "          \"SET custom_extension_repository = 'http://127.0.0.1:{port}'\", \"FROM 'http://127.0.0.1:{port}/x.parquet'\"):\n"
        "    try: c.execute(s)\n    except Exception as e: error = e\nraise error"
    ),
    "pyarrow_s3": "from pyarrow import fs\nfs.S3FileSystem(endpoint_override='http://127.0.0.1:{port}').get_file_info('a/b')",
    "browser": "import webbrowser\nif not webbrowser.open('http://127.0.0.1:{port}/'): raise OSError",
    "serve": "import socket\nsocket.create_server(('127.0.0.1', 0))",
}

# each leaves a file or a knock when a process comes up
PROCESSES = {
    "fork": "import os\nos.fork()",
    "fork_bomb": "import os\nwhile True: os.fork()",
    "private_fork": "import posix\nposix.fork()",
    "subprocess": "import subprocess\nsubprocess.run(['touch', {outside!r} + '/new'])",
    "private_subprocess": (
        "import _posixsubprocess as p, os\nr, w = os.pipe()\n"
        "p.fork_exec([b'/usr/bin/touch', ({outside!r} + '/new').encode()], [b'/usr/bin/touch'], True, (w,), None, None,\n"
        "            -1, -1, -1, -1, -1, -1, r, w, False, False, -1, None, None, None, -1, None, False)"
    ),
    "daemon": (
        "import subprocess, sys\nsubprocess.Popen([sys.executable, '-c', 'import time; time.sleep(600)'], start_new_session=True)"
    ),
    "system": "import os\nif os.system('touch ' + {outside!r} + '/new'): raise OSError",
    "popen": "import os\nos.popen('touch ' + {outside!r} + '/new').read()",
    "spawn": "import os\nos.posix_spawn('/usr/bin/touch', ['touch', {outside!r} + '/new'], {{}})",
    "exec": "import os\nos.execv('/usr/bin/touch', ['touch', {outside!r} + '/new'])",
    "multiprocessing": "import multiprocessing as m\nm.get_context('spawn').Process(target=print).start()",
    "pool": "from concurrent.futures import ProcessPoolExecutor as P\nP(1).submit(print).result()",
    "pty": "import pty\npty.spawn(['touch', {outside!r} + '/new'])",
    "kill_parent": "import os\nos.kill(os.getppid(), 9)",
    "kill_all": "import os\nos.kill(-1, 9)",
    "kill_group": "import os\nos.killpg(os.getpgid(os.getppid()), 9)",
    "psutil": "import os, psutil\npsutil.Process(os.getppid()).kill()",
    "ctypes": "import ctypes\nctypes.CDLL(None).fork()",
    "private_ctypes": "import _ctypes\n_ctypes.dlopen(None, 2)",
    "limits": "import resource\nresource.setrlimit(resource.RLIMIT_AS, (-1, -1))",
    "limits_of_parent": "import os, resource\nresource.prlimit(os.getppid(), resource.RLIMIT_NOFILE, (3, 3))",
}
PROCESSES_NATIVE = {
    "fork_by_library": (
        "code = compile('import ctypes\\nlibc = ctypes.CDLL(None, use_errno=True)\\npid = libc.fork()\\n'\n"
        "               'if pid < 0: raise OSError(ctypes.get_errno())', __import__('pandas').__file__, 'exec')\nexec(code, {{}})"
    ),
    "kill_by_library": (
        "import os\ncode = compile('import ctypes\\nlibc = ctypes.CDLL(None)\\n'\n"
        "               'if libc.kill(pid, 9): raise OSError', __import__('pandas').__file__, 'exec')\nexec(code, {{'pid': os.getppid()}})"
    ),
    "socket_by_library": (
        "code = compile('import ctypes\\nlibc = ctypes.CDLL(None)\\n'\n"
        "               'if libc.socket(2, 1, 0) < 0: raise OSError', __import__('pandas').__file__, 'exec')\nexec(code, {{}})"
    ),
}
