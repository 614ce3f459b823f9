"""What the figures were measured on."""

import datetime
import os
import platform
import re
import subprocess
import time

ROUND_SECONDS = 0.2
ROUNDS = 2


def describe(home, java_version):
    commit = output("git", "-C", home, "rev-parse", "--short=10", "HEAD")
    if commit and output("git", "-C", home, "status", "--porcelain"):
        commit += " and uncommitted changes"
    return {
        "cpu": cpu(),
        "coresReported": os.cpu_count(),
        "coresUsable": usable_cores(),
        "coresMeasured": round(measured_cores(), 1),
        "memoryBytes": os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES"),
        "loadAverage": round(os.getloadavg()[0], 2),
        "system": f"{platform.system()} {platform.release()} {platform.machine()}",
        "jdk": java_version,
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


def output(*command):
    """What a command prints; empty where it is absent or fails."""
    try:
        return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()
    except (OSError, subprocess.CalledProcessError):
        return ""
