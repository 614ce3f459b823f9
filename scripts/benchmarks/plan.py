"""What is compared with what: the settings, who takes part in each, and what they must reach."""

import os
from dataclasses import dataclass, field, replace

import machine
import tools
from contestants import AUTO, Contestant, Recipe
from networks import NETWORKS, dense


@dataclass(frozen=True)
class Sweep:
    """How cost grows: the mlp with one setting varied. Without threads: up to all there are."""

    families: tuple
    epochs: int
    threads: tuple = ()
    values: tuple = ("",)


PINNED = ("1", "2")
BATCH_SIZES = ("32", "64", "128", "256", "512", "1024", "2048")
WIDTHS = ("64", "128", "256", "512", "1024", "2048", "4096", "2048,2048")
SWEEPS = {
    "threads": Sweep(("ours", "pytorch", "jax", "products"), 2),
    "batch-size": Sweep(("ours", "pytorch", "jax"), 3, PINNED, BATCH_SIZES),
    "width": Sweep(("ours", "pytorch", "jax"), 3, PINNED, WIDTHS),
}
SWEEP_REPEAT, SWEEP_ACCURACY = 3, 0.85
# From so many hidden units on, one epoch is long enough to tell.
WIDE = 1024
# Fewer epochs than a network's own need not reach its accuracy.
SHORT_ACCURACY = 0.9


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
    """One setting, at which all its contestants are compared; busy: others take all cores."""

    value: str
    recipe: Recipe
    entries: list
    repeat: int
    busy: bool = False

    @property
    def name(self):
        return ", ".join(filter(None, (self.value, "busy" if self.busy else "")))


def planned(options, contestants):
    """The points, in the order in which each round meets them."""
    points = [
        Point(
            value,
            recipe(options, network, value),
            [],
            options.repeat or (1 if options.quick else network.repeat),
            busy,
        )
        for value, network in settings(options)
        for busy in ((False, True) if options.busy else (False,))
    ]
    for point in points:
        point.entries = [
            Entry(contestant, floor(options, point.recipe, contestant.epochs(point.recipe)))
            for contestant in chosen(options, point.recipe, contestants)
        ]
    return points


def settings(options):
    """Pairs of a name and a network."""
    if options.sweep:
        sweep = SWEEPS[options.sweep]
        common = {"epochs": sweep.epochs, "repeat": SWEEP_REPEAT, "accuracy": SWEEP_ACCURACY}
        for value in options.values or sweep.values:
            network = dense(value if options.sweep == "width" else "128", **common)
            if options.sweep == "width" and sum(map(int, value.split(","))) >= WIDE:
                network = replace(network, epochs=1)
            yield value, replace(network, families=sweep.families)
    else:
        for name in options.what:
            yield name, NETWORKS[name]


def recipe(options, network, value):
    epochs = options.epochs or (min(2, network.epochs) if options.quick else network.epochs)
    if options.dataset:
        folder = os.path.abspath(options.dataset)
        dataset = ("--dataset", folder)
    else:
        folder, data_dir = tools.dataset(network.dataset, options.data_dir)
        dataset = ("--dataset", network.dataset, "--data-dir", data_dir)
    there = tools.image_count(folder)
    images = min(options.images or network.images or there, there)
    batch_size = int(value) if options.sweep == "batch-size" else 128
    return Recipe(network, dataset, folder, images, images < there, epochs, batch_size)


def chosen(options, recipe, contestants):
    """The contestants that take part in a recipe."""
    threads = options.threads or default_threads(options)
    families = [name.partition("-")[0] for name in options.only] or [
        *recipe.network.families,
        *options.also,
    ]
    taken = [
        contestant
        for family in dict.fromkeys(families)
        for contestant in contestants.of(family, threads, recipe.network)
        if (not options.only or named(contestant, options.only))
        and not named(contestant, options.skip)
    ]
    if not taken:
        raise tools.Missing("--only, --skip and --threads leave no contestant", tools.WRONG_USAGE)
    return taken


def named(contestant, names):
    return contestant.family in names or contestant.name in names


def default_threads(options):
    usable = machine.usable_cores()
    told = SWEEPS[options.sweep].threads if options.sweep else (*PINNED, AUTO)
    if told:
        return [count for count in told if count == AUTO or int(count) <= usable]
    # Where there are many cores: powers of two, and all.
    counts = [count for count in range(1, usable) if usable <= 8 or count & (count - 1) == 0]
    return [*map(str, counts), str(usable), AUTO]


def floor(options, recipe, epochs):
    """The accuracy that shows that the work was done; 0 where nothing is known of the data."""
    if options.min_accuracy is not None and epochs == recipe.epochs:
        return options.min_accuracy
    if options.dataset or options.images:
        return 0.0
    own = recipe.network.accuracy
    return own if epochs >= recipe.network.epochs else min(own, SHORT_ACCURACY)
