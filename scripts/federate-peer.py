#!/usr/bin/env python3
"""What `mnist4j federate 2nn` does, as a plain loop of PyTorch, to compare the speed of a round.

    scripts/federate-peer.py data/mnist --rounds 20 --threads 2
    scripts/federate-peer.py data/mnist --rounds 20 --loader index

100 clients of 600 images, ten in a round, one pass in batches of 10 by gradient descent, then the mean of their
networks and a test on the 10,000 test images. With `--loader dataloader` (the default) each client has a DataLoader over
its images, as tutorials and frameworks have it; with `--loader index` batches are taken out of one tensor by
index, which is as fast as the ordinary interface allows. Needs PyTorch and the four IDX files, gzipped or not.
"""

import argparse
import gzip
import json
import os
import time

parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
parser.add_argument("data", help="folder of MNIST's IDX files")
parser.add_argument("--rounds", type=int, default=20)
parser.add_argument("--loader", choices=["dataloader", "index"], default="dataloader")
parser.add_argument("--network", choices=["2nn", "cnn"], default="2nn")
parser.add_argument("--rate", type=float, default=0.1)
parser.add_argument("--target", type=float, default=2)
parser.add_argument("--threads", type=int, default=1)
parser.add_argument("--seed", type=int, default=1)
args = parser.parse_args()
os.environ["OMP_NUM_THREADS"] = os.environ["MKL_NUM_THREADS"] = str(args.threads)

import torch  # noqa: E402
from torch import nn  # noqa: E402
from torch.nn import functional as F  # noqa: E402
from torch.utils.data import DataLoader, TensorDataset  # noqa: E402

torch.set_num_threads(args.threads)
torch.manual_seed(args.seed)


def idx(name, offset):
    for path, how in ((f"{args.data}/{name}.gz", gzip.open), (f"{args.data}/{name}", open)):
        if os.path.exists(path):
            with how(path, "rb") as file:
                return torch.frombuffer(bytearray(file.read()[offset:]), dtype=torch.uint8)
    raise SystemExit(f"no {name} in {args.data}")


def images(part):
    return idx(f"{part}-images-idx3-ubyte", 16).reshape(-1, 784).float() / 255


def labels(part):
    return idx(f"{part}-labels-idx1-ubyte", 8).long()


def network():
    if args.network == "2nn":
        layers = [nn.Linear(784, 200), nn.ReLU(), nn.Linear(200, 200), nn.ReLU(), nn.Linear(200, 10)]
        return nn.Sequential(*layers)
    return nn.Sequential(
        nn.Unflatten(1, (1, 28, 28)),
        nn.Conv2d(1, 32, 5, padding=2),
        nn.ReLU(),
        nn.MaxPool2d(2),
        nn.Conv2d(32, 64, 5, padding=2),
        nn.ReLU(),
        nn.MaxPool2d(2),
        nn.Flatten(),
        nn.Linear(3136, 512),
        nn.ReLU(),
        nn.Linear(512, 10),
    )


def batches(client):
    if args.loader == "dataloader":
        return loaders[client]
    own = parts[client][torch.randperm(len(parts[client]))]
    return ((train_x[some], train_y[some]) for some in own.split(10))


train_x, train_y = images("train"), labels("train")
test_x, test_y = images("t10k"), labels("t10k")
parts = torch.randperm(len(train_x)).chunk(100)
loaders = [
    DataLoader(TensorDataset(train_x[part], train_y[part]), batch_size=10, shuffle=True) for part in parts
]
server, model = network(), network()
seconds, accuracy, reached = [], 0, None
for number in range(1, args.rounds + 1):
    begin = time.perf_counter()
    start = [parameter.detach().clone() for parameter in server.parameters()]
    sums = [torch.zeros_like(parameter) for parameter in start]
    for client in torch.randperm(100)[:10].tolist():
        with torch.no_grad():
            for own, first in zip(model.parameters(), start):
                own.copy_(first)
        optimizer = torch.optim.SGD(model.parameters(), lr=args.rate)
        for x, y in batches(client):
            optimizer.zero_grad()
            F.cross_entropy(model(x), y).backward()
            optimizer.step()
        with torch.no_grad():
            for total, own in zip(sums, model.parameters()):
                total += own
    with torch.no_grad():
        for parameter, total in zip(server.parameters(), sums):
            parameter.copy_(total / 10)
        said = torch.cat([server(some).argmax(1) for some in test_x.split(1000)])
        accuracy = (said == test_y).float().mean().item()
    seconds.append(time.perf_counter() - begin)
    if accuracy >= args.target:
        reached = number
        break
middle = sorted(seconds)[len(seconds) // 2]
print(
    json.dumps(
        {
            "rounds": len(seconds),
            "accuracy": round(accuracy, 4),
            "rounds-to-target": reached,
            "seconds-per-round": round(middle, 4),
            "threads": args.threads,
            "loader": args.loader,
            "network": args.network,
            "torch": torch.__version__,
        }
    )
)
