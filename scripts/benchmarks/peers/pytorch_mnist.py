"""The recipe in PyTorch as fast as its ordinary interface allows: tensors in memory, rows by index.

pytorch_mnist.py FOLDER MODEL EPOCHS BATCH_SIZE HIDDEN SEED

HIDDEN are the units of the hidden layers, such as 128 or 2048,2048, or lenet for the network of
configs/lenet.yaml. The last line of stdout is a JSON document, see ../README.md.
"""

import gzip
import json
import os
import sys
import time

import torch
from torch import nn
from torch.nn import functional as F


def read_idx(folder, name):
    for file in (name, name.replace("-idx", ".idx")):
        for suffix, opened in (("", open), (".gz", gzip.open)):
            path = os.path.join(folder, file + suffix)
            if os.path.exists(path):
                with opened(path, "rb") as stream:
                    content = bytearray(stream.read())
                dimensions = [
                    int.from_bytes(content[4 * i : 4 * i + 4], "big")
                    for i in range(1, content[3] + 1)
                ]
                return torch.frombuffer(
                    content, dtype=torch.uint8, offset=4 + 4 * content[3]
                ).reshape(dimensions)
    sys.exit(f"{folder} has no {name}")


def read(folder, part):
    images = read_idx(folder, part + "-images-idx3-ubyte").float().div_(255)
    return images, read_idx(folder, part + "-labels-idx1-ubyte").long()


def dense(inputs, hidden, classes):
    layers = []
    for units in hidden:
        layers += [nn.Linear(inputs, units), nn.ReLU()]
        inputs = units
    return nn.Sequential(*layers, nn.Linear(inputs, classes))


def lenet(height, width, classes):
    flat = 24 * ((height - 4) // 2 - 4) // 2 * (((width - 4) // 2 - 4) // 2)
    return nn.Sequential(
        nn.Conv2d(1, 8, 5),
        nn.ReLU(),
        nn.MaxPool2d(2),
        nn.Conv2d(8, 24, 5),
        nn.ReLU(),
        nn.MaxPool2d(2),
        nn.Flatten(),
        dense(flat, [128], classes),
    )


def glorot(layer):
    if isinstance(layer, (nn.Linear, nn.Conv2d)):
        nn.init.xavier_uniform_(layer.weight)
        nn.init.zeros_(layer.bias)


def libraries():
    """PyTorch and the library that multiplies its matrices, as far as it can be seen."""
    versions = {"PyTorch": torch.__version__}
    if torch.backends.mkl.is_available():
        versions["BLAS"] = "MKL"
    elif os.path.exists("/proc/self/maps"):
        with open("/proc/self/maps", encoding="utf-8") as lines:
            files = {os.path.basename(line.split()[-1]) for line in lines if "blas" in line}
        # libblas.so.3 may be OpenBLAS in disguise, which then has its own library beside it.
        versions["BLAS"] = max(files, default="unknown", key=lambda file: "openblas" in file)
    return versions


def main():
    folder, model, epochs, batch, hidden, seed = sys.argv[1:]
    epochs, batch = int(epochs), int(batch)
    torch.manual_seed(int(seed))
    images, labels = read(folder, "train")
    test_images, test_labels = read(folder, "t10k")
    count, height, width = images.shape
    classes = int(labels.max()) + 1
    if hidden == "lenet":
        network = lenet(height, width, classes)
        images, test_images = images.unsqueeze(1), test_images.unsqueeze(1)
    else:
        network = dense(height * width, [int(units) for units in hidden.split(",")], classes)
        images, test_images = images.flatten(1), test_images.flatten(1)
    network.apply(glorot)
    rate = 3e-3 if hidden == "lenet" else 1e-3
    optimizer = torch.optim.Adam(network.parameters(), lr=rate, eps=1e-7)
    steps = epochs * -(-count // batch)
    linear = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda step: 1 - step / steps)
    results = []
    for _ in range(epochs):
        start = time.perf_counter()
        order = torch.randperm(count)
        for rows in order.split(batch):
            optimizer.zero_grad(set_to_none=True)
            output = network(images.index_select(0, rows))
            F.cross_entropy(output, labels.index_select(0, rows)).backward()
            optimizer.step()
            if hidden == "lenet":
                linear.step()
        seconds = time.perf_counter() - start
        with torch.no_grad():
            correct = sum(
                int((network(x).argmax(1) == y).sum())
                for x, y in zip(test_images.split(1000), test_labels.split(1000))
            )
        results.append({"seconds": seconds, "accuracy": correct / len(test_labels)})
    torch.save(network.state_dict(), model)
    answer = {"epochs": results, "threads": torch.get_num_threads(), "libraries": libraries()}
    print(json.dumps(answer))


if __name__ == "__main__":
    main()
