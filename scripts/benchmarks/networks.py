"""The networks that are compared: each as the programs in peers/ are told it, and our file for it."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Network:
    """
    layers: from the input on, without the output layer; all have ReLU.
    config, settings: the file in configs/ that mnist4j takes, and what of it is set otherwise.
    rate, schedule: of Adam, as in that file.
    images: training images of each run; 0 for all.
    accuracy: that a run of so many epochs and images must reach at least.
    families: who takes part.
    """

    title: str
    layers: str
    config: str
    rate: float
    schedule: str
    epochs: int
    accuracy: float
    images: int = 0
    repeat: int = 5
    dataset: str = "mnist"
    families: tuple = ("ours", "pytorch", "jax")
    settings: tuple = ()

    @property
    def convolutional(self):
        return self.layers.startswith("conv")


def dense(widths, **others):
    """The network of configs/keras.yaml with hidden layers of so many units, such as 64 or 64,32."""
    units = widths.split(",")
    if widths != "128":
        layers = ", ".join(f"{{dense: {{units: {count}}}}}" for count in units)
        others["settings"] = (f"model.layers=[{layers}]",)
    layers = ",".join(f"dense:{count}" for count in units)
    title = f"784-{'-'.join(units)}-10"
    return Network(title, layers, "keras.yaml", 1e-3, "constant", **others)


NETWORKS = {
    "mlp": dense(
        "128",
        epochs=5,
        accuracy=0.965,
        families=("ours", "stock", "pytorch", "jax", "products"),
    ),
    "wide1024": dense("1024", epochs=3, accuracy=0.96, repeat=3),
    "wide": dense("2048,2048", epochs=2, accuracy=0.95, repeat=3),
    "fashion": Network(
        "784-256-10 on Fashion-MNIST",
        "dense:256",
        "fashion.yaml",
        5e-3,
        "linear",
        epochs=5,
        accuracy=0.85,
        dataset="fashion-mnist",
    ),
    "lenet": Network(
        "two convolutions, conv 8 5×5, pool, conv 24 5×5, pool, dense 128",
        "conv:8:5,pool:2,conv:24:5,pool:2,dense:128",
        "lenet.yaml",
        3e-3,
        "linear",
        epochs=3,
        accuracy=0.97,
        repeat=3,
    ),
    "cnn": Network(
        "PyTorch's example: conv 32 3×3, conv 64 3×3, pool, dense 128, with dropout",
        "conv:32:3,conv:64:3,pool:2,dropout:0.25,dense:128,dropout:0.5",
        "cnn.yaml",
        1e-3,
        "linear",
        epochs=3,
        accuracy=0.95,
        images=12_000,
        repeat=3,
    ),
}
