"""One process, measured from its start to its end."""

import os
import signal
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from typing import Optional

import machine

SECONDS_TO_END = 10


class Failed(Exception):
    """A process that did not do its work; the message says which way it failed."""


@dataclass
class Finished:
    stdout: str
    wall_seconds: float
    cpu_seconds: float
    peak_memory_bytes: int
    # How many of the cores that we may use other programs, and the host, took meanwhile.
    cores_of_others: Optional[float]


def run(command, environment, directory, timeout):
    """Runs a command to its end. What interrupts this ends the process and all that it started."""
    with tempfile.TemporaryFile() as stdout, tempfile.TemporaryFile() as stderr:
        busy_before = machine.busy_seconds()
        start = time.perf_counter()
        try:
            # A session of its own: Ctrl-C reaches us alone, and its group is killed as one.
            process = subprocess.Popen(
                command,
                stdin=subprocess.DEVNULL,
                stdout=stdout,
                stderr=stderr,
                env=environment,
                cwd=directory,
                start_new_session=True,
            )
        except OSError as problem:
            raise Failed(f"{command[0]} does not start: {problem.strerror}") from None
        try:
            usage = wait(process, timeout)
        finally:
            if process.returncode is None:
                end(process)
        wall_seconds = time.perf_counter() - start
        cpu_seconds = usage.ru_utime + usage.ru_stime
        others = None
        if busy_before is not None:
            taken = machine.busy_seconds() - busy_before - cpu_seconds
            others = max(0.0, taken / wall_seconds)
        if process.returncode != 0:
            raise Failed(f"{outcome(process.returncode)}\n{last_lines(stderr)}".rstrip())
        stdout.seek(0)
        return Finished(
            stdout=stdout.read().decode("utf-8", "replace"),
            wall_seconds=wall_seconds,
            cpu_seconds=cpu_seconds,
            # Kilobytes, but bytes on macOS.
            peak_memory_bytes=usage.ru_maxrss * (1 if sys.platform == "darwin" else 1024),
            cores_of_others=others,
        )


def wait(process, timeout):
    """Returns the resources that the process and its children used."""

    def expire(*_):
        raise Failed(f"still running after {timeout:g} s")

    before = signal.signal(signal.SIGALRM, expire)
    signal.setitimer(signal.ITIMER_REAL, timeout)
    try:
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        return usage
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def end(process):
    os.killpg(process.pid, signal.SIGTERM)
    try:
        process.wait(SECONDS_TO_END)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def outcome(exit_code):
    if exit_code < 0:
        return f"killed by {signal.Signals(-exit_code).name}"
    return f"exit code {exit_code}"


def last_lines(stream, count=5):
    stream.seek(0)
    lines = [line for line in stream.read().decode("utf-8", "replace").splitlines() if line.strip()]
    return "\n".join(lines[-count:])
