"""DP-SGD in PyTorch by the gradients of single images, beside `train --config private`.

    python pytorch_private.py FOLDER [--config private|private-cnn] [--epochs N] [--threads N]

FOLDER holds MNIST's IDX files. Poisson sampling, torch.func's vmap of grad, one clip for the whole gradient of an
image, Gaussian noise on the sum: what Opacus does, without its data loader. The noise is PyTorch's own, which is
no secret. It says how long an epoch takes, with and without privacy, and how accurate the private network is.
"""

import argparse
import time

import torch
from torch import nn
from torch.func import functional_call, grad, vmap
from torch.nn import functional as F

import recipe as given

# Network, batch size, learning rate, momentum, noise multiplier and clip: those of configs/NAME.yaml.
CONFIGS = {
    "private": (
        lambda: nn.Sequential(nn.Flatten(), nn.Linear(784, 128), nn.Tanh(), nn.Linear(128, 10)),
        dict(epochs=30, batch=2048, rate=6.0, momentum=0.9, noise=1.7357, clip=0.3),
    ),
    "private-cnn": (
        lambda: nn.Sequential(
            nn.Conv2d(1, 16, 8, stride=2, padding=3),
            nn.Tanh(),
            nn.MaxPool2d(2, stride=1),
            nn.Conv2d(16, 32, 4, stride=2),
            nn.Tanh(),
            nn.MaxPool2d(2, stride=1),
            nn.Flatten(),
            nn.Linear(32 * 4 * 4, 32),
            nn.Tanh(),
            nn.Linear(32, 10),
        ),
        dict(epochs=40, batch=512, rate=0.5, momentum=0.9, noise=1.1258, clip=0.1),
    ),
}


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("folder")
    parser.add_argument("--config", choices=CONFIGS, default="private")
    parser.add_argument("--epochs", type=int)
    parser.add_argument("--threads", type=int)
    asked = parser.parse_args()
    if asked.threads:
        torch.set_num_threads(asked.threads)
    torch.manual_seed(1)
    make, settings = CONFIGS[asked.config]
    epochs = asked.epochs or settings["epochs"]
    images, labels, test_images, test_labels = data(asked.folder)
    for private in (False, True):
        model = make()
        optimizer = torch.optim.SGD(model.parameters(), settings["rate"], settings["momentum"])
        step = private_step(model, settings) if private else plain_step(model)
        times = []
        steps = -(-len(images) // settings["batch"])
        for epoch in range(epochs if private else min(epochs, 3)):
            start = time.perf_counter()
            order = torch.randperm(len(images))
            for i in range(steps):
                for group in optimizer.param_groups:
                    group["lr"] = settings["rate"] * (1 - (epoch * steps + i) / (epochs * steps))
                if private:
                    chosen = torch.rand(len(images)) < settings["batch"] / len(images)
                    rows = chosen.nonzero().squeeze(1)
                else:
                    rows = order[i * settings["batch"] : (i + 1) * settings["batch"]]
                optimizer.zero_grad()
                step(images[rows], labels[rows])
                optimizer.step()
            times.append(time.perf_counter() - start)
        with torch.no_grad():
            accuracy = (model(test_images).argmax(1) == test_labels).float().mean().item()
        name = "private" if private else "plain"
        print(f"{name}: best epoch {min(times):.3f} s, {len(times)} epochs, accuracy {accuracy:.4f}")


def plain_step(model):
    def step(x, y):
        F.cross_entropy(model(x), y).backward()

    return step


def private_step(model, settings):
    def loss(parameters, x, y):
        return F.cross_entropy(functional_call(model, parameters, (x[None],)), y[None])

    of_images = vmap(grad(loss), in_dims=(None, 0, 0))

    def step(x, y):
        parameters = {name: p.detach() for name, p in model.named_parameters()}
        gradients = of_images(parameters, x, y)
        norms = torch.stack([g.flatten(1).norm(dim=1) for g in gradients.values()]).norm(dim=0)
        factors = (settings["clip"] / norms.clamp(min=1e-12)).clamp(max=1)
        for name, p in model.named_parameters():
            total = torch.tensordot(factors, gradients[name], dims=1)
            total += torch.randn_like(total) * settings["noise"] * settings["clip"]
            p.grad = total / settings["batch"]

    return step


def data(folder):
    told = given.Recipe(folder, "", 1, 1, (("dense", 1),), 1, False, 1, 60_000)
    images, labels = map(torch.from_numpy, given.training(told))
    test_images, test_labels = map(torch.from_numpy, given.test(told))
    return images.unsqueeze(1), labels, test_images.unsqueeze(1), test_labels


if __name__ == "__main__":
    main()
