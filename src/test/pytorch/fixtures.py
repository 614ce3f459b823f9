"""Writes the models of PyTorch's exporters that the tests read, with what PyTorch makes of five
images: python3 src/test/pytorch/fixtures.py src/test/resources/models/torch (torch, onnx, onnxscript,
safetensors).
"""

import json
import sys
from pathlib import Path

import onnx
import safetensors.torch
import torch
from torch import nn
from torch.nn import functional

FOLDER = Path(sys.argv[1])

images = torch.tensor(
    [[(37 * i + 53 * n + i * i // 7) % 256 / 255 for i in range(784)] for n in range(5)]
)


class Perceptron(nn.Module):
    """Takes the mean and the deviation of MNIST out itself."""

    def __init__(self):
        super().__init__()
        self.hidden = nn.Linear(784, 6)
        self.out = nn.Linear(6, 10)

    def forward(self, x):
        x = (x.view(x.size(0), -1) - 0.1307) / 0.3081
        return self.out(functional.gelu(self.hidden(x)))


class Convolutional(nn.Module):
    """In the form of PyTorch's own example of MNIST, and smaller."""

    def __init__(self):
        super().__init__()
        self.conv1 = nn.Conv2d(1, 3, 3, padding=1)
        self.bn = nn.BatchNorm2d(3)
        self.conv2 = nn.Conv2d(3, 4, 3, 2)
        self.dropout = nn.Dropout(0.5)
        self.fc = nn.Linear(4 * 3 * 3, 10)

    def forward(self, x):
        x = functional.max_pool2d(functional.silu(self.bn(self.conv1(x))), 2)
        x = functional.avg_pool2d(functional.leaky_relu(self.conv2(x)), 2)
        x = self.fc(self.dropout(torch.flatten(x, 1)))
        return functional.log_softmax(x, dim=1)


def seeded(model):
    generator = torch.Generator().manual_seed(5)
    with torch.no_grad():
        for name, value in model.state_dict().items():
            if value.dtype == torch.float32:
                noise = torch.randn(value.shape, generator=generator) * 0.3
                value.copy_(noise.abs() + 0.5 if "var" in name else noise)
    return model.eval()


def expected(name, probabilities):
    rows = [",".join(repr(float(p)) for p in row) for row in probabilities]
    (FOLDER / f"{name}.csv").write_text("\n".join(rows) + "\n")


def without_traces(file):
    """Takes the paths of this machine out."""
    model = onnx.load(file, load_external_data=False)
    for part in [model.graph, *model.graph.node, *model.graph.value_info, *model.graph.input]:
        del part.metadata_props[:]
        part.doc_string = ""
    file.write_bytes(model.SerializeToString())


def exported(name, model, shape):
    x = images.reshape(5, *shape)
    for kind, dynamo in (("script", False), ("dynamo", True)):
        file = FOLDER / f"{name}-{kind}.onnx"
        torch.onnx.export(
            model,
            (x[:2],),
            str(file),
            dynamo=dynamo,
            input_names=["x"],
            **(
                {"dynamic_shapes": ({0: torch.export.Dim("n")},)}
                if dynamo
                else {"dynamic_axes": {"x": {0: "n"}}}
            ),
        )
        without_traces(file)
    expected(name, torch.softmax(model(x), dim=1).tolist())


exported("mlp", seeded(Perceptron()), (1, 28, 28))
cnn = seeded(Convolutional())
exported("cnn", cnn, (1, 28, 28))
torch.save(cnn.state_dict(), FOLDER / "cnn.pt")
safetensors.torch.save_file(cnn.half().state_dict(), FOLDER / "cnn-half.safetensors")
halved = cnn.float()(images.reshape(5, 1, 28, 28))
expected("cnn-half", torch.softmax(halved, dim=1).tolist())
layers = [
    {"type": "Conv2d", "name": "conv1", "padding": 1},
    {"type": "BatchNorm2d", "name": "bn"},
    {"type": "SiLU"},
    {"type": "MaxPool2d", "kernel_size": 2},
    {"type": "Conv2d", "name": "conv2", "stride": 2},
    {"type": "LeakyReLU"},
    {"type": "AvgPool2d", "kernel_size": 2},
    {"type": "Flatten"},
    {"type": "Dropout", "p": 0.5},
    {"type": "Linear", "name": "fc"},
    {"type": "LogSoftmax", "dim": 1},
]
config = {"input": [1, 28, 28], "layers": layers}
(FOLDER / "config.json").write_text(json.dumps(config, indent=1) + "\n")
