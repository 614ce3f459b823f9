"""PyTorch as fast as its ordinary interface allows: tensors in memory, rows by index, fused Adam.

With TORCH_COMPILE=1 in the environment the network goes through torch.compile.
"""

import os
import re

import torch
from torch import nn
from torch.nn import functional as F

import recipe as given


def network(recipe, shape, classes):
    """Of images [1, height, width] or, without convolutions, [height * width]."""
    height, width = shape
    channels, units = 1, height * width
    stages = []
    for kind, *numbers in recipe.layers:
        if kind == "conv":
            filters, kernel = numbers
            stages += [nn.Conv2d(channels, filters, kernel), nn.ReLU()]
            channels, height, width = filters, height - kernel + 1, width - kernel + 1
            units = channels * height * width
        elif kind == "pool":
            stages.append(nn.MaxPool2d(*numbers))
            height, width = height // numbers[0], width // numbers[0]
            units = channels * height * width
        elif kind == "dropout":
            stages.append(nn.Dropout(*numbers))
        else:
            stages += [nn.Flatten(), nn.Linear(units, *numbers), nn.ReLU()]
            units = numbers[0]
    return nn.Sequential(*stages, nn.Flatten(), nn.Linear(units, classes)).apply(glorot)


def glorot(layer):
    if isinstance(layer, (nn.Linear, nn.Conv2d)):
        nn.init.xavier_uniform_(layer.weight)
        nn.init.zeros_(layer.bias)


def adam(parameters, rate):
    try:
        return torch.optim.Adam(parameters, lr=rate, eps=1e-7, fused=True)
    except (RuntimeError, TypeError):  # Before PyTorch 2.4 there is none for CPUs.
        return torch.optim.Adam(parameters, lr=rate, eps=1e-7)


def libraries():
    """PyTorch, its instructions, and the libraries that compute for it, as far as they are seen."""
    facts = [torch.__version__]
    if hasattr(torch.backends, "cpu"):
        facts.append(torch.backends.cpu.get_cpu_capability())
    built = torch.__config__.show()
    for name, words in (
        ("MKL", r"Math Kernel Library Version ([\d.]+)"),
        ("oneDNN", r"DNN v([\d.]+)"),
    ):
        found = re.search(words, built)
        if found:
            facts.append(f"{name} {found.group(1)}")
    versions = {"PyTorch": ", ".join(facts)}
    if not torch.backends.mkl.is_available() and os.path.exists("/proc/self/maps"):
        with open("/proc/self/maps", encoding="utf-8") as lines:
            files = {os.path.basename(line.split()[-1]) for line in lines if "blas" in line}
        # libblas.so.3 may be OpenBLAS in disguise, which then has its own library beside it.
        versions["BLAS"] = max(files, default="unknown", key=lambda file: "openblas" in file)
    return versions


def main():
    recipe = given.told()
    torch.manual_seed(recipe.seed)
    torch.set_flush_denormal(True)
    images, labels = map(torch.from_numpy, given.training(recipe))
    test_images, test_labels = map(torch.from_numpy, given.test(recipe))
    model = network(recipe, images.shape[1:], int(labels.max()) + 1)
    if recipe.convolutional:
        # Channels last is quicker for few channels, and no slower for many.
        model = model.to(memory_format=torch.channels_last)
        images, test_images = images.unsqueeze(1), test_images.unsqueeze(1)
    else:
        images, test_images = images.flatten(1), test_images.flatten(1)
    compiled = model
    if os.environ.get("TORCH_COMPILE") == "1":
        compiled = torch.compile(model, dynamic=False)
    optimizer = adam(model.parameters(), recipe.rate)
    step = 0

    def train():
        nonlocal step
        model.train()
        for rows in torch.randperm(len(images)).split(recipe.batch_size):
            for group in optimizer.param_groups:
                group["lr"] = recipe.rate_at(step)
            optimizer.zero_grad(set_to_none=True)
            output = compiled(images.index_select(0, rows))
            F.cross_entropy(output, labels.index_select(0, rows)).backward()
            optimizer.step()
            step += 1

    def accuracy():
        model.eval()
        with torch.no_grad():
            parts = zip(test_images.split(1000), test_labels.split(1000))
            right = sum(int((model(x).argmax(1) == y).sum()) for x, y in parts)
        return right / len(test_labels)

    epochs = given.run(recipe, train, accuracy)
    torch.save(model.state_dict(), recipe.model)
    parameters = sum(weights.numel() for weights in model.parameters())
    given.answer(epochs, libraries(), parameters, torch.get_num_threads())


if __name__ == "__main__":
    main()
