"""The command line of scripts/bench."""

import argparse
import contextlib
import os
import signal
import sys
import tempfile

import machine
import process
import report
import tools
from contestants import AUTO, PROGRAMS, Field
from networks import NETWORKS
from plan import SWEEPS, planned

OK, FAILED, MISSED = 0, 1, 4
# Load for each core from which on others disturb.
BUSY = 0.25
INSTALL = "install"
# tensorflow-cpu is a third of tensorflow, but made for Linux alone.
PACKAGES = ("torch", "jax", "tensorflow-cpu" if sys.platform == "linux" else "tensorflow")


class Parser(argparse.ArgumentParser):
    def error(self, message):
        self.exit(tools.WRONG_USAGE, f"bench: {message}; see scripts/bench --help\n")


def main():
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, lambda signum, _: sys.exit(128 + signum))
    options = parsed()
    try:
        return install() if options.install else compare(options)
    except tools.Missing as missing:
        return complain(missing, missing.exit_code)
    except KeyboardInterrupt:
        return complain("interrupted", 128 + signal.SIGINT)


def install():
    """Brings the Python programs' libraries; says of each that there is none, and goes on."""
    failures = tools.install(PACKAGES)
    for failure in failures:
        say(f"not installed: {failure}")
    print(tools.environment())
    return FAILED if failures else OK


def complain(message, exit_code):
    print(f"bench: {message}", file=sys.stderr)
    return exit_code


def parsed():
    parser = Parser(
        prog="bench",
        description="Runs mnist4j and other libraries on the same data and recipe, in turn, and"
        " compares their speed.",
        epilog="Exit code: 0 if all contestants reached their accuracy, 4 if one did not,"
        " 1 if one failed, 2 wrong usage, 3 no data or not writable, 6 no JDK.",
        allow_abbrev=False,
    )
    parser.add_argument(
        "what",
        nargs="*",
        metavar="WHAT",
        help=f"networks: {', '.join(NETWORKS)} (default: mlp) or all; or how the cost of mlp grows:"
        f" {', '.join(SWEEPS)}; or {INSTALL}, which brings what the others need into"
        " ~/.cache/mnist4j/bench-python by pip",
    )
    add = parser.add_argument
    add(
        "--repeat", type=positive, metavar="N", help="rounds (default: 5, or 3 where they are long)"
    )
    add("--epochs", type=positive, metavar="N", help="epochs of each run (default: 5 of mlp)")
    add(
        "--images",
        type=positive,
        metavar="N",
        help="training images (default: 12000 of cnn, or all)",
    )
    add("--threads", type=thread_list, metavar="LIST", help="such as 1,2,auto; auto: not pinned")
    add(
        "--values", nargs="+", type=units, metavar="V", help="batch sizes, or widths as 64 or 64,32"
    )
    add("--only", type=names, default=[], metavar="NAMES", help="such as ours,pytorch-2")
    add("--skip", type=names, default=[], metavar="NAMES", help="such as stock-auto, which is slow")
    add("--with", type=names, default=[], metavar="NAMES", dest="also", help="keras,compiled,stock")
    add("--busy", action="store_true", help="each run once more while others take all cores")
    add("--cores", type=cores, metavar="LIST", help="such as 0,1: all run on these alone (Linux)")
    add("--quick", action="store_true", help="one round of few epochs: whether all of it runs")
    add("--dataset", metavar="FOLDER", help="a folder of IDX files instead of MNIST")
    add("--data-dir", metavar="DIR", help="where MNIST lies; the default is mnist4j's")
    add("--min-accuracy", type=float, metavar="X", help="test accuracy that all must reach")
    add("--python", metavar="PATH", help="the Python that has torch, jax and tensorflow")
    add(
        "--timeout", type=positive, default=900, metavar="SECONDS", help="of one run (default: 900)"
    )
    add("-o", "--output", metavar="DIR", help="also writes bench.md and bench.json there")
    options = parser.parse_args()
    choose(parser, options)
    if options.values and options.sweep not in ("batch-size", "width"):
        parser.error("--values goes with batch-size and width")
    if options.busy and options.sweep:
        parser.error("--busy goes with networks")
    if options.sweep == "batch-size" and any("," in value for value in options.values or ()):
        parser.error("--values of batch-size are single numbers")
    if options.cores:
        if not hasattr(os, "sched_setaffinity"):
            parser.error("--cores is for Linux")
        available = os.sched_getaffinity(0)
        if not options.cores <= available:
            parser.error(f"--cores: those that there are for us are {sorted(available)}")
        os.sched_setaffinity(0, options.cores)
    if options.python and os.sep in options.python:
        # Contestants run in folders of their own.
        options.python = os.path.abspath(options.python)
    return options


def choose(parser, options):
    """Leaves networks in options.what, and in options.sweep the sweep, if it is one."""
    known = [*NETWORKS, *SWEEPS, "all", INSTALL]
    for name in options.what:
        if name not in known:
            parser.error(f"{name!r} is none of {', '.join(known)}")
        if len(options.what) > 1 and name not in NETWORKS:
            parser.error(f"{name} stands alone")
    only = options.what[0] if options.what else "mlp"
    options.sweep = only if only in SWEEPS else None
    options.install = only == INSTALL
    if only not in NETWORKS:
        options.what = list(NETWORKS)
    options.what = list(dict.fromkeys(options.what)) or [only]


def positive(text):
    if not text.isdigit() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"must be a number from 1 on, not {text!r}")
    return int(text)


def thread_list(text):
    return [part if part == AUTO else str(positive(part)) for part in text.split(",")]


def units(text):
    return ",".join(str(positive(part)) for part in text.split(","))


def cores(text):
    if not all(part.isdigit() for part in text.split(",")):
        raise argparse.ArgumentTypeError(f"must be numbers such as 0,1, not {text!r}")
    return {int(part) for part in text.split(",")}


def names(text):
    chosen = text.split(",")
    for name in chosen:
        family, _, threads = name.partition("-")
        if family not in PROGRAMS or name != family and threads != AUTO and not threads.isdigit():
            raise argparse.ArgumentTypeError(
                f"{name!r} is none of {', '.join(PROGRAMS)}, alone or as ours-2 or ours-{AUTO}"
            )
    return chosen


def compare(options):
    if options.output:
        prepare(options.output)
    tools.build()
    with tempfile.TemporaryDirectory(prefix="mnist4j-bench-") as scratch:
        points = planned(options, Field(scratch, options.python))
        facts = machine.describe(tools.HOME, tools.Jdk().version, tools.kernels())
        if facts["loadAverage"] > BUSY * facts["coresReported"]:
            say(f"the machine is busy (load {facts['loadAverage']}): the figures will suffer")
        measure(points, options, facts, scratch)
    print(report.markdown(options, facts, points), end="")
    entries = [entry for point in points for entry in point.entries]
    if any(entry.failure for entry in entries):
        return FAILED
    return MISSED if any(entry.missed for entry in entries) else OK


def measure(points, options, facts, scratch):
    """Runs all in turn, round by round, so that what the machine does meanwhile meets all alike."""
    for number in range(1, max(point.repeat for point in points) + 1):
        for point in points:
            if number > point.repeat:
                continue
            for entry in point.entries:
                with machine.taken_cores() if point.busy else contextlib.nullcontext():
                    run(entry, point, number, scratch, options.timeout)
        if options.output:
            report.write(options.output, options, facts, points)


def prepare(folder):
    try:
        os.makedirs(folder, exist_ok=True)
        tempfile.TemporaryFile(dir=folder).close()
    except OSError as problem:
        raise tools.Missing(f"{folder}: {problem.strerror}", tools.BAD_FILES) from None


def run(entry, point, number, scratch, timeout):
    contestant = entry.contestant
    if contestant.unavailable or entry.failure:
        return
    name = f"{point.name}: {contestant.name}" if point.name else contestant.name
    what = f"round {number}/{point.repeat}, {name}"
    with tempfile.TemporaryDirectory(dir=scratch) as folder:
        try:
            done = contestant.run(point.recipe, number, folder, timeout)
        except process.Failed as problem:
            entry.failure = str(problem)
            say(f"{what}: FAIL: {problem}")
            return
    entry.runs.append(done)
    accuracy = "" if done.accuracy is None else f", accuracy {done.accuracy:.4f}"
    rate = f"{done.samples_per_second:,.0f} samples/s"
    say(f"{what}: {rate}, {done.wall_seconds:.1f} s in all{accuracy}")


def say(message):
    print(f"bench: {message}", file=sys.stderr, flush=True)
