"""The operating system's fences around one process: what holds even when Python does not.

Linux only, apart from the limits of :func:`limit`. Everything here is called once, by a process that has one thread and
is about to run a stranger's code; nothing can be taken back afterwards.
"""

from __future__ import annotations

import contextlib
import ctypes
import errno
import importlib.util
import os
import platform
import struct
import sys
import sysconfig
from collections.abc import Iterable
from pathlib import Path

from crmlab.datasets import files

from .runs import Limits

__all__ = ["limit", "raise_fences", "readable_places"]

CLONE_THREAD, NEW_IPC, NEW_NET, NEW_USER, NEW_UTS = 0x10000, 0x08000000, 0x40000000, 0x10000000, 0x04000000
PR_SET_PDEATHSIG, PR_SET_SECCOMP, PR_CAPBSET_DROP, PR_SET_NO_NEW_PRIVS = 1, 22, 24, 38

# Landlock: rights on files, in the order of the kernel's header
EXECUTE, WRITE_FILE, READ_FILE, READ_DIR = 1, 2, 4, 8
TRUNCATE, IOCTL_DEV = 1 << 14, 1 << 15
MAKE_CHAR, MAKE_SOCK, MAKE_BLOCK = 1 << 6, 1 << 9, 1 << 11
ON_FILES = EXECUTE | WRITE_FILE | READ_FILE | TRUNCATE | IOCTL_DEV
RIGHTS_BY_ABI = {1: 13, 2: 14, 3: 15, 4: 15, 5: 16}  # how many rights each version knows

# seccomp: (x86_64, aarch64) numbers of system calls; None where there is none
REFUSED = {
    "execve": (59, 221), "execveat": (322, 281), "fork": (57, None), "vfork": (58, None),
    "ptrace": (101, 117), "process_vm_readv": (310, 270), "process_vm_writev": (311, 271), "kcmp": (312, 272),
    "socket": (41, 198), "connect": (42, 203),
    "tkill": (200, 130), "rt_sigqueueinfo": (129, 138), "rt_tgsigqueueinfo": (297, 240),
    "pidfd_open": (434, 434), "pidfd_getfd": (438, 438), "pidfd_send_signal": (424, 424),
    "process_madvise": (440, 440), "process_mrelease": (448, 448),
    "unshare": (272, 97), "setns": (308, 268), "mount": (165, 40), "umount2": (166, 39), "move_mount": (429, 429),
    "open_tree": (428, 428), "fsopen": (430, 430), "fsconfig": (431, 431), "fsmount": (432, 432), "fspick": (433, 433),
    "mount_setattr": (442, 442), "pivot_root": (155, 41), "chroot": (161, 51),
    "open_by_handle_at": (304, 265), "bpf": (321, 280), "perf_event_open": (298, 241), "userfaultfd": (323, 282),
    "keyctl": (250, 219), "add_key": (248, 217), "request_key": (249, 218),
    "io_uring_setup": (425, 425), "io_uring_enter": (426, 426), "io_uring_register": (427, 427),
    "mknod": (133, None), "mknodat": (259, 33),
    "shmget": (29, 194), "shmat": (30, 196), "msgget": (68, 186), "semget": (64, 190), "mq_open": (240, 180),
    "memfd_create": (319, 279), "memfd_secret": (447, 447),
    "setpriority": (141, 140), "sched_setaffinity": (203, 122), "sched_setscheduler": (144, 119),
    "sched_setattr": (314, 274), "sched_setparam": (142, 118), "ioprio_set": (251, 30),
}  # fmt: skip
# Landlock does not look at these, and their paths can't be seen from here: they "succeed" and change nothing
WITHOUT_EFFECT = {
    "chmod": (90, None), "fchmod": (91, 52), "fchmodat": (268, 53), "fchmodat2": (452, 452),
    "chown": (92, None), "lchown": (94, None), "fchown": (93, 55), "fchownat": (260, 54),
    "setxattr": (188, 5), "lsetxattr": (189, 6), "fsetxattr": (190, 7), "setxattrat": (463, 463),
    "removexattr": (197, 14), "lremovexattr": (198, 15), "fremovexattr": (199, 16), "removexattrat": (466, 466),
    "utime": (132, None), "utimes": (235, None), "futimesat": (261, None), "utimensat": (280, 88),
    "file_setattr": (469, 469),
}  # fmt: skip
CLONE, CLONE3, KILL, TGKILL, PRLIMIT = (56, 220), (435, 435), (62, 129), (234, 131), (302, 261)
MACHINES = {"x86_64": (0, 0xC000003E), "aarch64": (1, 0xC00000B7)}  # column above, AUDIT_ARCH_*


def readable_places() -> list[str]:
    """What a notebook may read besides its own folder: Python's libraries, crmlab, fonts, time zones. Real paths.

    Never the whole of a prefix: a virtual environment may have been made in the very folder that holds the sources of
    the exercises.
    """
    paths = sysconfig.get_paths()
    names = [paths[key] for key in ("stdlib", "platstdlib", "purelib", "platlib")]
    names += [str(Path(os.__file__).parent), str(Path(__file__).resolve().parents[2])]
    for library in ("IPython", "duckdb", "numpy", "pandas", "traitlets"):  # wherever they were installed
        found = importlib.util.find_spec(library)
        if found is not None and found.origin:
            names.append(str(Path(found.origin).parents[1]))
    names.append(str(files.shipped("retail").parent))  # the small data sets, which stand beside crmlab in a checkout
    for prefix in {sys.base_prefix, sys.exec_prefix, sys.base_exec_prefix}:
        names += [f"{prefix}/lib", f"{prefix}/lib64", f"{prefix}/DLLs", f"{prefix}/Lib", f"{prefix}/share/zoneinfo"]
    if os.name == "posix":
        names += ["/lib", "/lib64", "/usr/lib", "/usr/lib64", "/usr/local/lib", "/System/Library", "/Library/Fonts"]
        names += ["/usr/share/zoneinfo", "/usr/share/fonts", "/usr/share/fontconfig", "/usr/share/locale", "/etc/fonts"]
        names += ["/etc/ld.so.cache", "/etc/localtime", "/etc/mime.types", "/usr/share/mime", "/usr/share/misc"]
        names += ["/dev/null", "/dev/urandom", "/dev/random", "/proc/cpuinfo", "/proc/meminfo"]
        names += ["/sys/devices/system/cpu"]
        names += ["/proc/self/maps", "/proc/self/status"]  # how sklearn finds its own thread pools
        names += ["/proc/self/cgroup", "/sys/fs/cgroup"]  # DuckDB aborts when it may not see how much there is
    else:
        names += [f"{os.environ.get('SYSTEMROOT', 'C:/Windows')}/{name}" for name in ("Fonts", "System32")]
        names += ["nul", "\\\\.\\nul"]
    real = {os.path.realpath(name) for name in names if os.path.exists(name)}
    return sorted(one for one in real if not any(one.startswith(other + os.sep) for other in real))


def limit(limits: Limits) -> bool:
    """Set the limits that POSIX knows; False where there are none (Windows). Before the other fences."""
    try:
        import resource
    except ImportError:
        return False
    mega = 2**20
    seconds = int(limits.seconds) + 20  # the parent's clock strikes first; this one is for a parent that died
    wanted = {
        "RLIMIT_CORE": 0,
        "RLIMIT_CPU": seconds,
        "RLIMIT_FSIZE": max(limits.files_mb * mega, limits.answers_kb * 1024 + mega),
        "RLIMIT_NOFILE": 256,
        "RLIMIT_MSGQUEUE": 0,
    }
    if sys.platform == "darwin":
        wanted["RLIMIT_NPROC"] = 1  # processes of this user, and so no new one; threads are not counted
    if sys.platform == "linux":
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
        # what is reserved is more than what is used; the parent watches what is used
        wanted["RLIMIT_AS"] = pages * os.sysconf("SC_PAGE_SIZE") + (limits.memory_mb + 1024) * mega
    for name, value in wanted.items():
        number = getattr(resource, name, None)
        if number is not None:
            hard = resource.getrlimit(number)[1]
            value = value if hard == resource.RLIM_INFINITY else min(value, hard)
            with contextlib.suppress(ValueError, OSError):  # macOS knows names that it does not carry out
                resource.setrlimit(number, (value, value))
    return True


def raise_fences(room: str, readable: Iterable[str], threads: int) -> list[str]:
    """Fence this process in for good; the names of the fences that stood.

    Parameters
    ----------
    room : str
        The only folder in which it may write.
    readable : iterable of str
        Files and folders that it may read.
    threads : int
        How many it may have.
    """
    if sys.platform != "linux":
        return []
    libc = ctypes.CDLL(None, use_errno=True)
    with contextlib.suppress(OSError):
        Path("/proc/self/oom_score_adj").write_text("1000", encoding="ascii")  # if memory ends, end this one
    standing = []
    if _namespaces(libc):
        import resource

        # only here, where those of the user's other programs are not counted (and root's never are)
        resource.setrlimit(resource.RLIMIT_NPROC, (threads, threads))
        standing.append("namespaces")
    _without_rights(libc)
    libc.prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
    libc.prctl(PR_SET_PDEATHSIG, 9, 0, 0, 0)  # here, because a change of rights would have undone it
    if _landlock(libc, room, readable):
        standing.append("landlock")
    if _seccomp(libc):
        standing.append("seccomp")
    return standing


def _namespaces(libc: ctypes.CDLL) -> bool:
    """A network without any device, and no shared memory or queue of others; False where users may not have it."""
    user, group = os.getuid(), os.getgid()
    if libc.unshare(NEW_USER | NEW_NET | NEW_IPC | NEW_UTS) != 0:
        return False
    for name, line in (("setgroups", "deny"), ("uid_map", f"{user} {user} 1"), ("gid_map", f"{group} {group} 1")):
        with contextlib.suppress(OSError):  # without a map the numbers read as nobody's, no more
            Path(f"/proc/self/{name}").write_text(line, encoding="ascii")
    return True


def _without_rights(libc: ctypes.CDLL) -> None:
    """Give up every capability: those of the new namespace, or root's own where there is none."""
    for capability in range(64):
        libc.prctl(PR_CAPBSET_DROP, capability, 0, 0, 0)
    header = struct.pack("=Ii", 0x20080522, 0)
    libc.capset(ctypes.c_char_p(header), ctypes.c_char_p(bytes(24)))


def _landlock(libc: ctypes.CDLL, room: str, readable: Iterable[str]) -> bool:
    syscall = libc.syscall
    syscall.restype = ctypes.c_long
    long = ctypes.c_long
    abi = syscall(long(444), None, long(0), long(1))
    if abi < 1:
        return False
    rights = (1 << RIGHTS_BY_ABI.get(abi, 16)) - 1
    network = 3 if abi >= 4 else 0  # bind and connect over TCP; there is no rule that lets any through
    scoped = 3 if abi >= 6 else 0  # no signal to, and no abstract socket of, a process outside
    attributes = struct.pack("=QQQ", rights, network, scoped)[: 8 if abi < 4 else 16 if abi < 6 else 24]
    ruleset = syscall(long(444), ctypes.c_char_p(attributes), long(len(attributes)), long(0))
    if ruleset < 0:
        return False
    reading = READ_FILE | READ_DIR
    writing = rights & ~(EXECUTE | MAKE_CHAR | MAKE_SOCK | MAKE_BLOCK | IOCTL_DEV)
    rules = [(name, reading) for name in readable]
    rules += [(room, writing), ("/dev/null", READ_FILE | WRITE_FILE | TRUNCATE & rights)]
    for name, allowed in rules:
        try:
            opened = os.open(name, os.O_PATH | os.O_CLOEXEC)
        except OSError:
            continue
        if not os.path.isdir(name):
            allowed &= ON_FILES
        rule = struct.pack("=Qi", allowed, opened)
        added = syscall(long(445), long(ruleset), long(1), ctypes.c_char_p(rule), long(0))
        os.close(opened)
        if added != 0:
            return False
    done = syscall(long(446), long(ruleset), long(0))
    os.close(ruleset)
    return done == 0


def _seccomp(libc: ctypes.CDLL) -> bool:
    """Refuse the system calls that a notebook has no business with: new processes, sockets, signals to others ..."""
    if platform.machine() not in MACHINES or sys.byteorder != "little":
        return False
    column, machine = MACHINES[platform.machine()]
    load, equal, at_least, has_bits, answer = 0x20, 0x15, 0x35, 0x45, 0x06
    allow, kill, no = 0x7FFF0000, 0x80000000, 0x00050000 | errno.EPERM
    unknown, pretend = 0x00050000 | errno.ENOSYS, 0x00050000
    lines = [(load, 0, 0, 4), (equal, 1, 0, machine), (answer, 0, 0, kill), (load, 0, 0, 0)]
    if column == 0:
        lines += [(at_least, 0, 1, 0x40000000), (answer, 0, 0, no)]  # the x32 numbers, a second door
    for table, reply in ((REFUSED, no), (WITHOUT_EFFECT, pretend), ({"clone3": CLONE3}, unknown)):
        for numbers in table.values():
            if numbers[column] is not None:
                lines += [(equal, 0, 1, numbers[column]), (answer, 0, 0, reply)]
    # a thread is welcome, a process is not (libc asks with clone again when clone3 is unknown)
    lines += [(equal, 0, 4, CLONE[column]), (load, 0, 0, 16), (has_bits, 1, 0, CLONE_THREAD)]
    lines += [(answer, 0, 0, no), (answer, 0, 0, allow)]
    for number, own in ((KILL, [os.getpid()]), (TGKILL, [os.getpid()]), (PRLIMIT, [0, os.getpid()])):
        lines += [(equal, 0, 3 + len(own) - 1 + 1, number[column]), (load, 0, 0, 16)]
        lines += [(equal, len(own) - i, 0, pid & 0xFFFFFFFF) for i, pid in enumerate(own)]
        lines += [(answer, 0, 0, no), (answer, 0, 0, allow)]
    lines.append((answer, 0, 0, allow))
    code = ctypes.create_string_buffer(b"".join(struct.pack("=HBBI", *line) for line in lines))

    class Program(ctypes.Structure):
        _fields_ = [("length", ctypes.c_ushort), ("code", ctypes.c_void_p)]

    program = Program(len(lines), ctypes.addressof(code))
    return libc.prctl(PR_SET_SECCOMP, 2, ctypes.byref(program), 0, 0) == 0
