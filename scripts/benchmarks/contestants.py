"""Who takes part: how each is started, and how its answer is read."""

import json
import os
from dataclasses import dataclass, field
from typing import Callable, Optional

import process
import tools
from networks import Network

# What would change the number of threads, or how they wait, behind a contestant's back.
CLEARED = ("OMP_", "OPENBLAS_", "GOTO_", "GOMP_", "KMP_", "MKL_", "BLIS_", "VECLIB_", "TF_NUM_")
PINNED = (
    "OMP_NUM_THREADS",
    "OPENBLAS_NUM_THREADS",
    "MKL_NUM_THREADS",
    "TF_NUM_INTRAOP_THREADS",
    "TF_NUM_INTEROP_THREADS",
    "NPROC",  # XLA's, and so JAX's.
)
AUTO = "auto"
PROGRAMS = {
    "ours": "mnist4j",
    "stock": "Deeplearning4j",
    "pytorch": "PyTorch",
    "compiled": "PyTorch, torch.compile",
    "jax": "JAX",
    "keras": "Keras on TensorFlow",
    "products": "matrix products alone",
}
# Class in peers/.
JAVA_PROGRAMS = {"stock": "StockDl4j", "products": "MatrixProducts"}
# What its Python must import, and its file in peers/.
PYTHON_PROGRAMS = {
    "pytorch": ("torch", "pytorch_mnist.py"),
    "compiled": ("torch", "pytorch_mnist.py"),
    "jax": ("jax", "jax_mnist.py"),
    "keras": ("tensorflow", "keras_mnist.py"),
}


@dataclass(frozen=True)
class Recipe:
    """
    What all contestants of a comparison are told to do.

    dataset: options that tell mnist4j what to learn from; folder: the same, as the others take it.
    limited: whether there are more training images than are used.
    """

    network: Network
    dataset: tuple
    folder: str
    images: int
    limited: bool
    epochs: int
    batch_size: int


@dataclass(frozen=True)
class Run:
    """The result of one process; with fewer epochs than the recipe's, the times are extrapolated."""

    train_seconds: float
    first_epoch_seconds: float
    best_epoch_seconds: float
    samples_per_second: float
    wall_seconds: float
    cpu_seconds: float
    peak_memory_bytes: int
    cores_of_others: Optional[float]
    parameters: Optional[int]
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
        # What torch.compile has made would stay, and the next round would not compile.
        environment["TORCHINDUCTOR_CACHE_DIR"] = os.path.join(folder, "compiled")
        epochs = self.epochs(recipe)
        command = self.command(recipe, epochs, seed, folder)
        finished = process.run(command, environment, folder, timeout)
        try:
            return self.parse(finished, recipe, epochs)
        except (AttributeError, IndexError, KeyError, TypeError) as problem:
            raise process.Failed(f"answers another document than expected: {problem!r}") from None


def mnist4j(threads):
    def command(recipe, epochs, seed, folder):
        return [
            tools.MNIST4J, "train",
            "--config", os.path.join(tools.HOME, "configs", recipe.network.config),
            *own_settings(recipe),
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


def own_settings(recipe):
    """What of a recipe its configuration file does not say."""
    settings = list(recipe.network.settings)
    if recipe.limited:
        settings.append(f"data.limit={recipe.images}")
    return [word for setting in settings for word in ("--set", setting)]


def parse_mnist4j(finished, recipe, epochs):
    summary = document(finished.stdout)
    return checked(
        finished,
        recipe,
        epochs,
        seconds=[epoch["seconds"] for epoch in summary["epochs"]],
        accuracy=summary["test-accuracy"],
        threads=summary["threads"],
        libraries={},
        parameters=summary.get("parameters"),
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
        parameters=answer.get("parameters"),
    )


def document(text):
    try:
        parsed = json.loads(text)
    except ValueError:
        raise process.Failed(f"answers no JSON but {text.strip()[-200:]!r}") from None
    if not isinstance(parsed, dict):
        raise process.Failed(f"answers {text.strip()[-200:]!r}")
    return parsed


def checked(finished, recipe, epochs, seconds, accuracy, threads, libraries, parameters):
    if len(seconds) != epochs or not all(value > 0 for value in seconds):
        raise process.Failed(f"was told to train for {epochs} epochs and tells of {seconds}")
    if accuracy is not None and not 0 <= accuracy <= 1:
        raise process.Failed(f"tells an accuracy of {accuracy}")
    missing_seconds = sum(seconds) / epochs * (recipe.epochs - epochs)
    return Run(
        train_seconds=sum(seconds) + missing_seconds,
        first_epoch_seconds=seconds[0],
        best_epoch_seconds=min(seconds),
        samples_per_second=recipe.images * epochs / sum(seconds),
        wall_seconds=finished.wall_seconds + missing_seconds,
        cpu_seconds=finished.cpu_seconds,
        peak_memory_bytes=finished.peak_memory_bytes,
        cores_of_others=finished.cores_of_others,
        parameters=parameters,
        accuracy=accuracy,
        epochs=epochs,
        extrapolated=epochs < recipe.epochs,
        threads=threads,
        libraries=libraries,
    )


def peer(family, threads, start, epoch_limit=None):
    """A program in peers/, which all take the same arguments; start is the command without them."""

    def command(recipe, epochs, seed, folder):
        words = {
            "folder": recipe.folder,
            "model": os.path.join(folder, "model"),
            "epochs": epochs,
            "batch-size": recipe.batch_size,
            "layers": recipe.network.layers,
            "rate": recipe.network.rate,
            "schedule": recipe.network.schedule,
            "seed": seed,
            "images": recipe.images,
        }
        return [*start, *(f"{key}={value}" for key, value in words.items())]

    environment = {name: threads for name in PINNED} if threads.isdigit() else {}
    if family == "compiled":
        environment["TORCH_COMPILE"] = "1"
    return Contestant(
        family, PROGRAMS[family], threads, command, environment, parse_peer, epoch_limit
    )


class Field:
    """Makes contestants; what they need of this machine is looked for once."""

    def __init__(self, scratch, python=None):
        self.scratch = scratch
        self.python = python
        self.starts = {}

    def of(self, family, threads, network):
        """A family's contestant for each of these thread counts; with AUTO it chooses itself."""
        if family == "ours":
            return [mnist4j(number) for number in threads]
        if family not in self.starts:
            self.starts[family] = self.start(family)
        start = self.starts[family]
        if isinstance(start, tools.Missing):
            unavailable = f"not measured: {start}"
            return [Contestant(family, PROGRAMS[family], "any", unavailable=unavailable)]
        if family == "products":
            threads = [number for number in threads if number != AUTO]
        return [
            # As it comes, and with convolutions, an epoch of plain DL4J may take minutes.
            peer(
                family,
                number,
                start,
                1 if family == "stock" and (number == AUTO or network.convolutional) else None,
            )
            for number in threads
        ]

    def start(self, family):
        """The command that starts a program, or Missing."""
        try:
            if family in JAVA_PROGRAMS:
                folder = os.path.join(self.scratch, family)
                os.mkdir(folder)
                return tools.compiled(JAVA_PROGRAMS[family], folder)
            module, file = PYTHON_PROGRAMS[family]
            python = tools.python_with(module, self.python)
            return [python, "-B", os.path.join(tools.PEERS, file)]
        except tools.Missing as missing:
            return missing
