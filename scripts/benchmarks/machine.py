"""What the figures were measured on."""

import contextlib
import datetime
import os
import platform
import re
import signal
import subprocess
import time

ROUND_SECONDS = 0.2
ROUNDS = 2


def describe(home, java_version, kernels):
    commit = output("git", "-C", home, "rev-parse", "--short=10", "HEAD")
    if commit and output("git", "-C", home, "status", "--porcelain"):
        commit += " and uncommitted changes"
    return {
        "cpu": cpu(),
        "instructions": instructions(),
        "coresReported": os.cpu_count(),
        "coresUsable": usable_cores(),
        "coresMeasured": round(measured_cores(), 1),
        "memoryBytes": os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES"),
        "loadAverage": round(os.getloadavg()[0], 2),
        "system": f"{platform.system()} {platform.release()} {platform.machine()}",
        "jdk": java_version,
        "kernels": kernels,
        "date": datetime.datetime.now(datetime.timezone.utc).strftime("%Y-%m-%d %H:%M UTC"),
        "commit": commit,
    }


def cpu():
    try:
        with open("/proc/cpuinfo", encoding="utf-8") as lines:
            found = re.search(r"^(?:model name|Model)\s*: (.*)$", lines.read(), re.MULTILINE)
            return found.group(1) if found else platform.machine()
    except OSError:
        return output("sysctl", "-n", "machdep.cpu.brand_string") or platform.machine()


def instructions():
    """The widest vector instructions of the CPU that Linux tells of."""
    try:
        with open("/proc/cpuinfo", encoding="utf-8") as lines:
            flags = lines.read().split()
    except OSError:
        return ""
    names = {"avx512f": "AVX-512", "avx2": "AVX2", "avx": "AVX", "asimd": "NEON"}
    return next((name for flag, name in names.items() if flag in flags), "")


def usable_cores():
    """Cores that this process may run on."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()


def measured_cores():
    """How many times the work of one process all usable cores do together."""
    cores = usable_cores()
    alone = max(counted(1) for _ in range(ROUNDS))
    together = max(counted(cores) for _ in range(ROUNDS))
    return min(cores, together / alone)


def counted(processes):
    """Rounds of a loop that so many processes make in the same time."""
    deadline = time.monotonic() + ROUND_SECONDS
    readers = []
    for _ in range(processes):
        reader, writer = os.pipe()
        if os.fork() == 0:
            count = 0
            while time.monotonic() < deadline:
                for _ in range(1000):
                    count += 1
            os.write(writer, str(count).encode())
            os._exit(0)
        os.close(writer)
        readers.append(reader)
    total = 0
    for reader in readers:
        with os.fdopen(reader) as counts:
            total += int(counts.read())
        os.wait()
    return total


def busy_seconds():
    """
    Seconds that the cores that we may use have been busy, for whomever, the host's other guests
    included; None where that is not told.
    """
    try:
        with open("/proc/stat", encoding="utf-8") as lines:
            rows = [line.split() for line in lines if re.match(r"cpu\d", line)]
    except OSError:
        return None
    ours = {f"cpu{number}" for number in os.sched_getaffinity(0)}
    # user, nice and system; then idle and waiting, which are not work; interrupts, and what is stolen.
    ticks = sum(int(row[i]) for row in rows if row[0] in ours for i in (1, 2, 3, 6, 7, 8))
    return ticks / os.sysconf("SC_CLK_TCK")


@contextlib.contextmanager
def taken_cores():
    """While this lasts, as many programs as there are cores compute without a pause."""
    parent = os.getpid()
    children = []
    try:
        for _ in range(usable_cores()):
            child = os.fork()
            if child == 0:
                compute_until_orphaned(parent)
            children.append(child)
        yield
    finally:
        for child in children:
            os.kill(child, signal.SIGKILL)
            os.waitpid(child, 0)


def compute_until_orphaned(parent):
    # Handlers of the parent would clean up here what is the parent's.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_DFL)
    while os.getppid() == parent:
        for _ in range(1_000_000):
            pass
    os._exit(0)


def output(*command):
    """What a command prints; empty where it is absent or fails."""
    try:
        return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()
    except (OSError, subprocess.CalledProcessError):
        return ""
