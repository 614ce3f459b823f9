"""Optuna on the functions of SearchBenchmark.java, with its rows and columns.

Usage: python3 optuna_search.py [SEEDS [WORKERS]]
"""

import itertools
import math
import statistics
import sys

import optuna

HEIGHTS = [1.0, 1.2, 3.0, 3.2]
WIDTHS = [
    [10, 3, 17, 3.5, 1.7, 8],
    [0.05, 10, 17, 0.1, 8, 14],
    [3, 3.5, 1.7, 10, 17, 8],
    [17, 8, 0.05, 10, 0.1, 14],
]
CENTRES = [
    [0.1312, 0.1696, 0.5569, 0.0124, 0.8283, 0.5886],
    [0.2329, 0.4135, 0.8307, 0.3736, 0.1004, 0.9991],
    [0.2348, 0.1451, 0.3522, 0.2883, 0.3047, 0.6650],
    [0.4047, 0.8828, 0.8732, 0.5743, 0.1091, 0.0381],
]


def branin(trial):
    x = trial.suggest_float("x0", -5, 10)
    y = trial.suggest_float("x1", 0, 15)
    valley = y - 5.1 / (4 * math.pi**2) * x * x + 5 / math.pi * x - 6
    return valley * valley + 10 * (1 - 1 / (8 * math.pi)) * math.cos(x) + 10


def hartmann_6(trial):
    xs = [trial.suggest_float(f"x{i}", 0, 1) for i in range(6)]
    return -sum(
        height * math.exp(-sum(w * (x - c) ** 2 for w, x, c in zip(widths, xs, centres)))
        for height, widths, centres in zip(HEIGHTS, WIDTHS, CENTRES)
    )


def mixed(trial):
    optimizer = trial.suggest_categorical("optimizer", ["adam", "sgd", "rmsprop"])
    rate = trial.suggest_float("rate", 1e-5, 1, log=True)
    wanted, offset = -2.5, 0.004
    if optimizer == "sgd":
        momentum = trial.suggest_float("momentum", 0, 0.99)
        wanted, offset = -0.5 - momentum, 0.06 * (momentum - 0.9) ** 2
    elif optimizer == "rmsprop":
        wanted, offset = -3, 0.01
    units = math.log2(trial.suggest_int("units", 16, 1024, log=True) / 400)
    layers = trial.suggest_int("layers", 1, 4) - 2
    batches = math.log2(trial.suggest_categorical("batch", [32, 64, 128, 256, 512]) / 64)
    trial.suggest_categorical("seed-word", ["a", "b", "c"])
    off = math.log10(rate) - wanted - 0.15 * batches
    return (
        0.02
        + offset
        + 0.03 * (1 - math.exp(-off * off))
        + 0.002 * units * units
        + 0.003 * layers * layers
        + 0.001 * batches * batches
    )


def search(study, function, workers):
    """The values of 60 trials by workers that each try a point for as long as the others do."""
    running = []
    values = []
    for _ in range(60):
        if len(running) == workers:
            study.tell(*running.pop(0))
        trial = study.ask()
        values.append(function(trial))
        running.append((trial, values[-1]))
    return values


def main():
    optuna.logging.set_verbosity(optuna.logging.ERROR)
    seeds = int(sys.argv[1]) if len(sys.argv) > 1 else 100
    workers = int(sys.argv[2]) if len(sys.argv) > 2 else 1
    samplers = {
        "random": lambda seed: optuna.samplers.RandomSampler(seed=seed),
        "tpe": lambda seed: optuna.samplers.TPESampler(seed=seed, constant_liar=workers > 1),
    }
    for function, least in [(branin, 0.397887), (hartmann_6, -3.32237), (mixed, 0.02)]:
        for name, sampler in samplers.items():
            runs = []
            for seed in range(seeds):
                study = optuna.create_study(sampler=sampler(seed))
                runs.append(list(itertools.accumulate(search(study, function, workers), min)))
            cells = []
            for trials in (30, 60):
                regrets = [run[trials - 1] - least for run in runs]
                low, middle, high = statistics.quantiles(regrets, n=4, method="inclusive")
                cells.append(f" {middle:.4f} ({low:.4f} to {high:.4f}) |")
            print(
                f"| {function.__name__} | optuna {optuna.__version__} {name} |{''.join(cells)}",
                flush=True,
            )


if __name__ == "__main__":
    main()
