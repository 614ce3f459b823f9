"""What every Python program here is told, and how it answers; see ../README.md."""

import gzip
import json
import os
import sys
import time
from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True)
class Recipe:
    """
    folder: of IDX files; model: where the model is saved; batch_size: images of one step.
    layers: tuples such as ("conv", 32, 3), ("pool", 2), ("dropout", 0.25) and ("dense", 128), from
    the input on, without the output layer.
    rate: Adam's step size; linear: whether it falls to 0 over the run, step by step.
    images: the first so many training images are used.
    """

    folder: str
    model: str
    epochs: int
    batch_size: int
    layers: tuple
    rate: float
    linear: bool
    seed: int
    images: int

    @property
    def convolutional(self):
        return self.layers[0][0] == "conv"

    @property
    def steps(self):
        """Steps of one epoch, the last of which may be smaller."""
        return -(-self.images // self.batch_size)

    def rate_at(self, step):
        return self.rate * (1 - step / (self.epochs * self.steps)) if self.linear else self.rate


def told():
    """The recipe of the command line."""
    words = dict(argument.split("=", 1) for argument in sys.argv[1:])
    return Recipe(
        folder=words["folder"],
        model=words["model"],
        epochs=int(words["epochs"]),
        batch_size=int(words["batch-size"]),
        layers=tuple(layer(text) for text in words["layers"].split(",")),
        rate=float(words["rate"]),
        linear=words["schedule"] == "linear",
        seed=int(words["seed"]),
        images=int(words["images"]),
    )


def layer(text):
    kind, *numbers = text.split(":")
    return (kind, *(float(number) if kind == "dropout" else int(number) for number in numbers))


def training(recipe):
    """Images [n, height, width], 0 to 1, and their labels [n]."""
    images, labels = part(recipe.folder, "train")
    return images[: recipe.images], labels[: recipe.images]


def test(recipe):
    return part(recipe.folder, "t10k")


def part(folder, name):
    images = read_idx(folder, name + "-images-idx3-ubyte").astype(np.float32) / np.float32(255)
    return images, read_idx(folder, name + "-labels-idx1-ubyte").astype(np.int64)


def read_idx(folder, name):
    for file in (name, name.replace("-idx", ".idx")):
        for suffix, opened in (("", open), (".gz", gzip.open)):
            path = os.path.join(folder, file + suffix)
            if os.path.exists(path):
                with opened(path, "rb") as stream:
                    content = stream.read()
                shape = np.frombuffer(content, ">i4", count=content[3], offset=4)
                return np.frombuffer(content, np.uint8, offset=4 + 4 * len(shape)).reshape(shape)
    sys.exit(f"{folder} has no {name}")


def run(recipe, train, accuracy):
    """Trains epoch by epoch; train() returns when an epoch's work is done."""
    results = []
    for _ in range(recipe.epochs):
        start = time.perf_counter()
        train()
        seconds = time.perf_counter() - start
        results.append({"seconds": seconds, "accuracy": accuracy()})
    return results


def answer(epochs, libraries, parameters, threads=None):
    print(
        json.dumps(
            {
                "epochs": epochs,
                "libraries": libraries,
                "parameters": parameters,
                "threads": threads,
            }
        )
    )
