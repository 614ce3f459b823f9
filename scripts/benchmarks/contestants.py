"""Who takes part: how each is started, and how its answer is read."""

import json
import os
from dataclasses import dataclass, field
from typing import Callable, Optional

import process
import tools

# What would change the number of threads, or how they wait, behind a contestant's back.
CLEARED = ("OMP_", "OPENBLAS_", "GOTO_", "GOMP_", "KMP_", "MKL_", "BLIS_", "VECLIB_", "TF_NUM_")
PINNED = (
    "OMP_NUM_THREADS",
    "OPENBLAS_NUM_THREADS",
    "MKL_NUM_THREADS",
    "TF_NUM_INTRAOP_THREADS",
    "TF_NUM_INTEROP_THREADS",
)
LENET = "lenet"
AUTO = "auto"
PROGRAMS = {
    "ours": "mnist4j",
    "stock": "Deeplearning4j",
    "pytorch": "PyTorch",
    "products": "matrix products alone",
    "tensorflow": "TensorFlow Java",
    "djl": "DJL, PyTorch engine",
}
PYTORCH = os.path.join(tools.PEERS, "pytorch_mnist.py")
# Class in peers/, and the profile of its pom.xml with the libraries; None for those of mnist4j.
JAVA_PROGRAMS = {
    "stock": ("StockDl4j", None),
    "products": ("MatrixProducts", None),
    "tensorflow": ("TensorFlowMnist", "tensorflow"),
    "djl": ("DjlMnist", "djl"),
}


@dataclass(frozen=True)
class Recipe:
    """
    What all contestants of a comparison are told to do.

    dataset: options that tell mnist4j what to learn from; folder: the same, as the others take it.
    """

    dataset: tuple
    folder: str
    images: int
    epochs: int
    batch_size: int = 128
    hidden: tuple = (128,)

    @property
    def network(self):
        """As the programs in peers/ take it."""
        return LENET if self.hidden == LENET else ",".join(map(str, self.hidden))


@dataclass(frozen=True)
class Run:
    """The result of one process; with fewer epochs than the recipe's, the times are extrapolated."""

    train_seconds: float
    samples_per_second: float
    wall_seconds: float
    peak_memory_bytes: int
    cpu_seconds: float
    accuracy: Optional[float]
    epochs: int
    extrapolated: bool
    threads: Optional[int]
    libraries: dict


@dataclass(frozen=True)
class Contestant:
    """
    family: what --only and --with call it.
    threads: how many it is told to take; a word where it chooses itself.
    command: makes the command of a recipe, its epochs, a seed and a folder to write into.
    epoch_limit: epochs that are really run; the rest is extrapolated.
    unavailable: why it cannot take part here; empty where it can.
    """

    family: str
    program: str
    threads: str
    command: Callable = None
    environment: dict = field(default_factory=dict)
    parse: Callable = None
    epoch_limit: Optional[int] = None
    unavailable: str = ""

    @property
    def name(self):
        return f"{self.family}-{self.threads}"

    @property
    def pinned(self):
        return self.threads.isdigit()

    def epochs(self, recipe):
        return min(recipe.epochs, self.epoch_limit or recipe.epochs)

    def run(self, recipe, seed, folder, timeout):
        """Runs it once in an empty folder, which it may fill. Raises process.Failed."""
        environment = {
            name: value for name, value in os.environ.items() if not name.startswith(CLEARED)
        }
        environment.update(self.environment)
        epochs = self.epochs(recipe)
        command = self.command(recipe, epochs, seed, folder)
        finished = process.run(command, environment, folder, timeout)
        try:
            return self.parse(finished, recipe, epochs)
        except (AttributeError, IndexError, KeyError, TypeError) as problem:
            raise process.Failed(f"answers another document than expected: {problem!r}") from None


def mnist4j(threads):
    def command(recipe, epochs, seed, folder):
        network = ["--config", os.path.join(tools.HOME, "configs", "keras.yaml")]
        if recipe.hidden == LENET:
            network = ["--config", os.path.join(tools.HOME, "configs", "lenet.yaml")]
        elif recipe.hidden != (128,):
            layers = ", ".join(f"{{dense: {{units: {units}}}}}" for units in recipe.hidden)
            network += ["--set", f"model.layers=[{layers}]"]
        return [
            tools.MNIST4J, "train", *network,
            *recipe.dataset,
            "--epochs", str(epochs),
            "--batch-size", str(recipe.batch_size),
            "--seed", str(seed),
            "--threads", threads,
            "--format", "json",
            "--quiet",
            "--output", folder,
        ]  # fmt: skip

    return Contestant("ours", PROGRAMS["ours"], threads, command, parse=parse_mnist4j)


def parse_mnist4j(finished, recipe, epochs):
    summary = document(finished.stdout)
    return checked(
        finished,
        recipe,
        epochs,
        seconds=[epoch["seconds"] for epoch in summary["epochs"]],
        accuracy=summary["testAccuracy"],
        threads=summary["threads"],
        libraries={},
    )


def parse_peer(finished, recipe, epochs):
    """The document in the last line of stdout; see README.md."""
    answer = document((finished.stdout.splitlines() or [""])[-1])
    return checked(
        finished,
        recipe,
        epochs,
        seconds=[epoch["seconds"] for epoch in answer["epochs"]],
        accuracy=answer["epochs"][-1]["accuracy"],
        threads=answer.get("threads"),
        libraries=answer.get("libraries", {}),
    )


def document(text):
    try:
        parsed = json.loads(text)
    except ValueError:
        raise process.Failed(f"answers no JSON but {text.strip()[-200:]!r}") from None
    if not isinstance(parsed, dict):
        raise process.Failed(f"answers {text.strip()[-200:]!r}")
    return parsed


def checked(finished, recipe, epochs, seconds, accuracy, threads, libraries):
    if len(seconds) != epochs or not all(value > 0 for value in seconds):
        raise process.Failed(f"was told to train for {epochs} epochs and tells of {seconds}")
    if accuracy is not None and not 0 <= accuracy <= 1:
        raise process.Failed(f"tells an accuracy of {accuracy}")
    missing_seconds = sum(seconds) / epochs * (recipe.epochs - epochs)
    return Run(
        train_seconds=sum(seconds) + missing_seconds,
        samples_per_second=recipe.images * epochs / sum(seconds),
        wall_seconds=finished.wall_seconds + missing_seconds,
        peak_memory_bytes=finished.peak_memory_bytes,
        cpu_seconds=finished.cpu_seconds,
        accuracy=accuracy,
        epochs=epochs,
        extrapolated=epochs < recipe.epochs,
        threads=threads,
        libraries=libraries,
    )


def peer(family, program, threads, start, epoch_limit=None):
    """A program in peers/, which all take the same arguments; start is the command without them."""

    def command(recipe, epochs, seed, folder):
        model = os.path.join(folder, "model")
        return [
            *start, recipe.folder, model,
            str(epochs), str(recipe.batch_size), recipe.network, str(seed),
        ]  # fmt: skip

    environment = {name: threads for name in PINNED} if threads.isdigit() else {}
    environment["OPT_OUT_TRACKING"] = "true"  # DJL would tell its makers of each start.
    return Contestant(family, program, threads, command, environment, parse_peer, epoch_limit)


class Field:
    """Makes contestants; what they need of this machine is looked for once."""

    def __init__(self, scratch, python=None):
        self.scratch = scratch
        self.python = python
        self.starts = {}

    def of(self, family, threads):
        """A family's contestant for each of these thread counts; with AUTO it chooses itself."""
        if family == "ours":
            return [mnist4j(number) for number in threads]
        program = PROGRAMS[family]
        try:
            start = self.start(family)
        except tools.Missing as missing:
            return [Contestant(family, program, "any", unavailable=f"not measured: {missing}")]
        if family == "products":
            threads = [number for number in threads if number != AUTO]
        return [
            # As it comes, plain DL4J may take half a minute for an epoch.
            peer(family, program, number, start, 1 if (family, number) == ("stock", AUTO) else None)
            for number in threads
        ]

    def start(self, family):
        if family not in self.starts:
            if family == "pytorch":
                self.starts[family] = [tools.python_with_torch(self.python), PYTORCH]
            else:
                source, profile = JAVA_PROGRAMS[family]
                folder = os.path.join(self.scratch, family)
                os.mkdir(folder)
                self.starts[family] = tools.compiled(source, profile, folder)
        return self.starts[family]
