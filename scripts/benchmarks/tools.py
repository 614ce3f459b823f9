"""What the contestants need of this machine: the built mnist4j, a JDK, Maven, Python."""

import glob
import gzip
import json
import os
import re
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
HOME = os.path.dirname(os.path.dirname(HERE))
MNIST4J = os.path.join(HOME, "scripts", "mnist4j")
PEERS = os.path.join(HERE, "peers")
# Its manifest names them: beside them, older ones may lie that an earlier build needed.
LIBRARIES = os.path.join(HOME, "target", "mnist4j.jar")

# As mnist4j's own.
WRONG_USAGE, BAD_FILES, NOT_AVAILABLE = 2, 3, 6


class Missing(Exception):
    """Something that is needed is not there; the message says what to do."""

    def __init__(self, message, exit_code):
        super().__init__(message)
        self.exit_code = exit_code


def asked(*command):
    """What a command prints. Raises Missing with the line that tells most where it fails."""
    try:
        done = subprocess.run(command, capture_output=True, text=True, stdin=subprocess.DEVNULL)
    except OSError as problem:
        raise Missing(f"{command[0]}: {problem.strerror}", NOT_AVAILABLE) from None
    if done.returncode != 0:
        lines = (done.stderr or done.stdout).strip().splitlines()
        errors = [line for line in lines if "[ERROR] " in line or ": error: " in line]
        raise Missing((errors or lines[-1:] or [f"{command[0]} fails"])[0], done.returncode)
    return done.stdout


def build():
    """Builds mnist4j where that is needed, and tells its version."""
    return asked(MNIST4J, "--version").splitlines()[0]


def dataset(name, data_dir):
    """The folder of a data set's files, and the data folder that mnist4j finds it in."""
    chosen = ["--data-dir", data_dir] if data_dir else []
    listed = json.loads(asked(MNIST4J, "data", "list", "--format", "json", *chosen))
    found = next(dataset for dataset in listed["datasets"] if dataset["name"] == name)
    if found["state"] != "complete":
        raise Missing(
            f"{name} is {found['state']} in {listed['dataDir']}:"
            f" run `scripts/mnist4j data fetch {name}`, or say --data-dir or --dataset",
            BAD_FILES,
        )
    return found["folder"], listed["dataDir"]


def kernels():
    """What computes for mnist4j, in the words of its doctor."""
    try:
        checks = json.loads(asked(MNIST4J, "doctor", "--format", "json"))["checks"]
    except (Missing, ValueError, KeyError):
        return []
    return [c["finding"] for c in checks if c["subject"] in ("backend", "kernel", "kernels")]


def image_count(folder):
    """How many images there are to learn from."""
    for path in sorted(glob.glob(os.path.join(folder, "train-images[-.]idx3-ubyte*"))):
        with (gzip.open if path.endswith(".gz") else open)(path, "rb") as images:
            return int.from_bytes(images.read(8)[4:], "big")
    raise Missing(f"{folder}: no train-images-idx3-ubyte in it", BAD_FILES)


class Jdk:
    """The JDK that the launcher takes as well."""

    def __init__(self):
        home = os.environ.get("JAVA_HOME")
        java = os.path.join(home, "bin", "java") if home else "java"
        # The properties go to stderr.
        shown = asked("sh", "-c", '"$0" -XshowSettings:properties -version 2>&1', java)
        properties = dict(re.findall(r"^ +([a-z.]+) = (.*)$", shown, re.MULTILINE))
        self.version = f"{properties.get('java.version')} ({properties.get('java.vendor')})"
        self.java = os.path.join(properties.get("java.home", ""), "bin", "java")
        self.javac = self.java + "c"


def compiled(source, folder):
    """Compiles a program of peers/ into a folder, and returns the command that starts it."""
    jdk = Jdk()
    files = [os.path.join(PEERS, name + ".java") for name in ("IdxFiles", "Recipe", source)]
    asked(jdk.javac, "-proc:none", "-nowarn", "-d", folder, "-cp", LIBRARIES, *files)
    return [jdk.java, "-cp", folder + os.pathsep + LIBRARIES, source]


def environment():
    """Where `scripts/bench install` puts the libraries of the Python programs."""
    return os.path.join(os.path.expanduser("~"), ".cache", "mnist4j", "bench-python")


def python_with(module, chosen):
    """The first Python that imports a module."""
    own = os.path.join(environment(), "bin", "python")
    candidates = [chosen] if chosen else [own, "/usr/bin/python3", "python3", sys.executable]
    for python in candidates:
        try:
            asked(python, "-c", f"import {module}")
            return python
        except Missing:
            pass
    hint = "" if chosen else "; `scripts/bench install` brings it"
    raise Missing(f"{module} cannot be imported by {' or '.join(candidates)}{hint}", NOT_AVAILABLE)


def install(packages):
    """Brings packages into the environment, each by itself; returns what pip says of failures."""
    folder = environment()
    if not os.path.exists(os.path.join(folder, "bin", "python")):
        asked(sys.executable, "-m", "venv", folder)
    pip = [os.path.join(folder, "bin", "python"), "-m", "pip", "--disable-pip-version-check"]
    failures = []
    for package in packages:
        try:
            asked(*pip, "install", "--quiet", package)
        except Missing as problem:
            failures.append(f"{package}: {problem}")
    return failures
