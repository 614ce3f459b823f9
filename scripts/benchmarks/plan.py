"""What is compared with what: the settings, who takes part in each, and what they must reach."""

import os
from dataclasses import dataclass, field

import machine
import tools
from contestants import AUTO, LENET, Contestant, Recipe


@dataclass(frozen=True)
class Mode:
    """What a comparison is when no option says otherwise."""

    families: tuple
    threads: tuple
    epochs: int
    repeat: int
    values: tuple = ("",)


PINNED = ("1", "2")
BATCH_SIZES = ("32", "64", "128", "256", "512", "1024", "2048")
WIDTHS = ("64", "128", "256", "512", "1024", "2048", "4096", "2048,2048")
MODES = {
    "recipe": Mode(
        families=("ours", "stock", "pytorch", "products"),
        threads=(*PINNED, AUTO),
        epochs=5,
        repeat=5,
    ),
    # Without threads: as many as the machine has.
    "threads": Mode(families=("ours", "pytorch", "products"), threads=(), epochs=2, repeat=3),
    "batch-size": Mode(
        families=("ours", "pytorch"), threads=PINNED, epochs=3, repeat=3, values=BATCH_SIZES
    ),
    "width": Mode(families=("ours", "pytorch"), threads=PINNED, epochs=3, repeat=3, values=WIDTHS),
    "lenet": Mode(families=("ours", "pytorch"), threads=(*PINNED, AUTO), epochs=1, repeat=3),
}
# From so many hidden units on, one epoch is long enough to tell.
WIDE = 1024


@dataclass
class Entry:
    """A contestant at one point, and what it has come to so far."""

    contestant: Contestant
    floor: float
    runs: list = field(default_factory=list)
    failure: str = ""

    @property
    def missed(self):
        return any(run.accuracy is not None and run.accuracy < self.floor for run in self.runs)

    @property
    def verdict(self):
        if self.contestant.unavailable:
            return self.contestant.unavailable
        if self.failure:
            return "FAIL: " + self.failure.splitlines()[0]
        if self.missed:
            return f"FAIL: accuracy below {self.floor:g}"
        if all(run.accuracy is None for run in self.runs):
            return "–"
        return "ok" if self.floor else "not checked"


@dataclass
class Point:
    """One setting, at which all its contestants are compared."""

    value: str
    recipe: Recipe
    entries: list


def planned(options, contestants):
    mode = MODES[options.mode]
    if options.dataset:
        folder = os.path.abspath(options.dataset)
        dataset = ("--dataset", folder)
    else:
        folder, data_dir = tools.mnist(options.data_dir)
        dataset = ("--dataset", "mnist", "--data-dir", data_dir)
    images = tools.image_count(folder)
    threads = options.threads or default_threads(mode)
    families = [name.partition("-")[0] for name in options.only] or [*mode.families, *options.also]
    chosen = [
        contestant
        for family in dict.fromkeys(families)
        for contestant in contestants.of(family, threads)
        if (not options.only or named(contestant, options.only))
        and not named(contestant, options.skip)
    ]
    if not chosen:
        raise tools.Missing("--only, --skip and --threads leave no contestant", tools.WRONG_USAGE)
    points = []
    for value in options.values or mode.values:
        recipe = Recipe(dataset, folder, images, **settings(options, value))
        entries = [
            Entry(contestant, floor(options, recipe, contestant.epochs(recipe)))
            for contestant in chosen
        ]
        points.append(Point(value, recipe, entries))
    return points


def named(contestant, chosen):
    return contestant.family in chosen or contestant.name in chosen


def default_threads(mode):
    usable = machine.usable_cores()
    if mode.threads:
        return [count for count in mode.threads if count == AUTO or int(count) <= usable]
    # Where there are many cores: powers of two, and all.
    counts = [count for count in range(1, usable) if usable <= 8 or count & (count - 1) == 0]
    return [*map(str, counts), str(usable), AUTO]


def settings(options, value):
    """What of the recipe differs from the common one."""
    chosen = {"epochs": options.epochs or MODES[options.mode].epochs}
    if options.quick and not options.epochs:
        chosen["epochs"] = min(2, chosen["epochs"])
    if options.mode == "batch-size":
        chosen["batch_size"] = int(value)
    elif options.mode == "lenet":
        chosen["hidden"] = LENET
    elif options.mode == "width":
        chosen["hidden"] = tuple(int(part) for part in value.split(","))
        if sum(chosen["hidden"]) >= WIDE and not options.epochs:
            chosen["epochs"] = 1
    return chosen


def floor(options, recipe, epochs):
    """The accuracy that shows that the work was done; 0 where nothing is known of the data."""
    if options.min_accuracy is not None and epochs == recipe.epochs:
        return options.min_accuracy
    if options.dataset:
        return 0.0
    if options.mode in ("batch-size", "width"):
        return 0.85
    if options.mode == "lenet":
        return 0.95
    return 0.965 if epochs >= 5 else 0.9
