"""Writes the Keras files that the tests read, with what Keras itself makes of five images.

    pip install keras tensorflow-cpu h5py
    python src/test/keras/fixtures.py src/test/resources/models FOLDER_WITH_MNIST

Each NAME.h5 gets a NAME.csv: a line of outputs for each image of `images()`.
"""

import gzip
import json
import os
import sys
import zipfile

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
import h5py
import keras
import numpy
from keras import layers

TARGET, MNIST = sys.argv[1], sys.argv[2]


def images():
    """Five images that a test can make too: pixel i of image n is (37 i + 53 n + i² / 7) mod 256."""
    i = numpy.arange(784)
    rows = [(37 * i + 53 * n + i * i // 7) % 256 for n in range(5)]
    return numpy.array(rows, "float32").reshape(-1, 28, 28)


def mnist(part):
    def read(kind, offset):
        with gzip.open(f"{MNIST}/{part}-{kind}.gz") as f:
            return numpy.frombuffer(f.read(), "uint8", offset=offset)

    pixels = read("images-idx3-ubyte", 16).reshape(-1, 28, 28).astype("float32")
    return pixels, read("labels-idx1-ubyte", 8)


def train(model, scale, epochs, from_logits=False):
    loss = keras.losses.SparseCategoricalCrossentropy(from_logits=from_logits)
    model.compile("adam", loss, metrics=["accuracy"])
    pixels, labels = mnist("train")
    model.fit(scale(pixels), labels, batch_size=128, epochs=epochs, verbose=0)
    pixels, labels = mnist("t10k")
    print(model.name, "test accuracy", model.evaluate(scale(pixels), labels, verbose=0)[1])
    return model


def shaped(model, pixels):
    return pixels.reshape((-1,) + tuple(model.input_shape[1:]))


def expect(name, model, scale):
    outputs = model.predict(shaped(model, scale(images())), verbose=0)
    numpy.savetxt(f"{TARGET}/{name}.csv", outputs, delimiter=",", fmt="%.9g")


def unit(pixels):
    return pixels / 255


def raw(pixels):
    return pixels


def keras2_config(config):
    """What Keras 2.15 would have written for a Sequential model of Keras 3."""
    written = []
    for layer in config["layers"]:
        c = dict(layer["config"])
        c.pop("optional", None)
        if "batch_shape" in c:
            c["batch_input_shape"] = c.pop("batch_shape")
        for key, value in list(c.items()):
            if isinstance(value, dict) and "registered_name" in value:
                seed = {k: v for k, v in value["config"].items() if k == "seed"}
                c[key] = {"class_name": value["class_name"], "config": seed}
        c["dtype"] = "float32"
        for key in ("synchronized", "renorm", "renorm_clipping", "renorm_momentum", "quantization_config"):
            c.pop(key, None)
        written.append({"class_name": layer["class_name"], "config": c})
    return {"class_name": "Sequential", "config": {"name": config["name"], "layers": written}}


def save_as_keras2(model, path):
    """Keras 2's layout: byte strings of fixed length, and :0 after the names of the weights."""
    with h5py.File(path, "w") as f:
        f.attrs["keras_version"] = numpy.bytes_("2.15.0")
        f.attrs["backend"] = numpy.bytes_("tensorflow")
        f.attrs["model_config"] = numpy.bytes_(json.dumps(keras2_config(model.get_config())))
        root = f.create_group("model_weights")
        root.attrs["layer_names"] = [layer.name.encode() for layer in model.layers]
        root.attrs["backend"] = numpy.bytes_("tensorflow")
        root.attrs["keras_version"] = numpy.bytes_("2.15.0")
        for layer in model.layers:
            group = root.create_group(layer.name)
            names = [f"{layer.name}/{weight.name}:0".encode() for weight in layer.weights]
            group.attrs["weight_names"] = names
            for name, weight in zip(names, layer.weights):
                group.create_dataset(name.decode(), data=weight.numpy())


def mlp():
    return keras.Sequential(
        [
            layers.Input((28, 28)),
            layers.Flatten(),
            layers.Dense(16, activation="relu"),
            layers.Dropout(0.1),
            layers.Dense(10, activation="softmax"),
        ],
        name="mlp",
    )


def cnn():
    return keras.Sequential(
        [
            layers.Input((28, 28, 1)),
            layers.Conv2D(8, 3, activation="relu"),
            layers.BatchNormalization(),
            layers.MaxPooling2D(),
            layers.Conv2D(8, (3, 5), padding="same", use_bias=False),
            layers.BatchNormalization(),
            layers.Activation("relu"),
            layers.AveragePooling2D(2),
            layers.Flatten(),
            layers.Dropout(0.2),
            layers.Dense(10, activation="softmax"),
        ],
        name="cnn",
    )


def bytes_and_logits():
    """Raw pixels in, logits out."""
    return keras.Sequential(
        [
            layers.Input((28, 28, 1)),
            layers.Conv2D(6, 5, strides=3, activation="relu"),
            layers.Flatten(),
            layers.Dense(10),
        ],
        name="bytes",
    )


def rescaling():
    return keras.Sequential(
        [
            layers.Input((28, 28, 1)),
            layers.Rescaling(1 / 127.5, offset=-1),
            layers.Conv2D(6, 5, strides=3, activation="relu"),
            layers.Flatten(),
            layers.Dense(10, activation="softmax"),
        ],
        name="rescaling",
    )


def functional():
    inputs = layers.Input((28, 28, 1))
    x = layers.Conv2D(4, 5, strides=2, activation="relu")(inputs)
    x = layers.GlobalAveragePooling2D()(x)
    return keras.Model(inputs, layers.Dense(10, activation="softmax")(x), name="functional")


def branches():
    inputs = layers.Input((28, 28, 1))
    x = layers.Conv2D(2, 5, strides=4)(inputs)
    y = layers.Conv2D(2, 5, strides=4)(inputs)
    x = layers.Flatten()(layers.Add()([x, y]))
    return keras.Model(inputs, layers.Dense(10)(x), name="branches")


HEAD = [layers.Flatten, lambda: layers.Dense(10, activation="softmax")]

# One layer or setting each, with weights drawn at random.
SINGLE = {
    "conv-strides-same": [lambda: layers.Conv2D(3, 4, strides=3, padding="same", activation="tanh")],
    "conv-dilated": [lambda: layers.Conv2D(3, 3, dilation_rate=2, activation="elu")],
    "conv-groups": [lambda: layers.Conv2D(4, 3, strides=3), lambda: layers.Conv2D(4, 3, groups=2)],
    "depthwise": [lambda: layers.Conv2D(3, 3, strides=3), lambda: layers.DepthwiseConv2D(3, depth_multiplier=2)],
    "separable": [lambda: layers.Conv2D(3, 3, strides=3), lambda: layers.SeparableConv2D(4, 3, activation="relu")],
    "pool-same": [lambda: layers.Conv2D(3, 3, strides=2), lambda: layers.MaxPooling2D(3, strides=2, padding="same")],
    "avgpool-same": [lambda: layers.Conv2D(3, 3, strides=2), lambda: layers.AveragePooling2D(3, strides=2, padding="same")],
    "avgpool-overlapping": [lambda: layers.Conv2D(3, 3, strides=2), lambda: layers.AveragePooling2D(3, strides=2)],
    "globalmax": [lambda: layers.Conv2D(5, 3), layers.GlobalMaxPooling2D],
    "globalavg": [lambda: layers.Conv2D(5, 3, strides=2), layers.GlobalAveragePooling2D],
    "zeropadding": [lambda: layers.ZeroPadding2D(((1, 2), (3, 0))), lambda: layers.Conv2D(2, 4, strides=4)],
    "cropping": [lambda: layers.Cropping2D(((1, 2), (3, 0))), lambda: layers.Conv2D(2, 4, strides=4)],
    "upsampling": [lambda: layers.Conv2D(2, 4, strides=4), lambda: layers.UpSampling2D(2), lambda: layers.Conv2D(2, 3, strides=3)],
    "leakyrelu": [lambda: layers.Conv2D(3, 4, strides=4), lambda: layers.LeakyReLU(negative_slope=0.2)],
    "relu6": [lambda: layers.Conv2D(3, 4, strides=4), lambda: layers.ReLU(max_value=0.5)],
    "relu-layer": [lambda: layers.Conv2D(3, 4, strides=4), layers.ReLU],
    "prelu": [lambda: layers.Conv2D(3, 4, strides=4), lambda: layers.PReLU(alpha_initializer="normal", shared_axes=[1, 2])],
    "elu-layer": [lambda: layers.Conv2D(3, 4, strides=4), layers.ELU],
    "softmax-layer": [lambda: layers.Conv2D(3, 4, strides=4), layers.Flatten, lambda: layers.Dense(10), layers.Softmax, None],
    "activation-layer": [lambda: layers.Conv2D(3, 4, strides=4), lambda: layers.Activation("swish"), layers.Flatten, lambda: layers.Dense(10), lambda: layers.Activation("softmax"), None],
    "gelu": [lambda: layers.Conv2D(3, 4, strides=4, activation="gelu")],
    "selu": [lambda: layers.Conv2D(3, 4, strides=4, activation="selu")],
    "sigmoids": [lambda: layers.Conv2D(3, 4, strides=4, activation="softplus"), layers.Flatten, lambda: layers.Dense(10, activation="sigmoid"), None],
    "hardsigmoid": [lambda: layers.Conv2D(3, 4, strides=4, activation="hard_sigmoid")],
    "leaky-by-name": [lambda: layers.Conv2D(3, 4, strides=4, activation="leaky_relu")],
    "exponential": [lambda: layers.Conv2D(3, 4, strides=4, activation="exponential")],
    "noise": [lambda: layers.GaussianNoise(0.1), lambda: layers.Conv2D(3, 4, strides=4), lambda: layers.SpatialDropout2D(0.3), lambda: layers.GaussianDropout(0.3), lambda: layers.AlphaDropout(0.3)],
    "augmentation": [lambda: layers.RandomRotation(0.1), lambda: layers.RandomZoom(0.1), lambda: layers.Rescaling(2.0), lambda: layers.Conv2D(3, 4, strides=4), lambda: layers.RandomTranslation(0.1, 0.1), lambda: layers.ReLU(max_value=6), lambda: layers.Dropout(0)],
    "batchnorm-bare": [lambda: layers.Conv2D(3, 4, strides=4), lambda: layers.BatchNormalization(center=False, scale=False, epsilon=0.01)],
    "batchnorm-first": [layers.BatchNormalization, lambda: layers.Conv2D(3, 4, strides=4)],
    "batchnorm-dense": [layers.Flatten, lambda: layers.Dense(4, use_bias=False), layers.BatchNormalization, lambda: layers.Activation("relu"), lambda: layers.Dense(10, activation="softmax"), None],
    "batchnorm-flat": [lambda: layers.Conv2D(3, 4, strides=4), layers.Flatten, layers.BatchNormalization, lambda: layers.Dense(10, activation="softmax"), None],
    "reshape": [layers.Flatten, lambda: layers.Reshape((28, 28, 1)), lambda: layers.Conv2D(3, 4, strides=4)],
    "l2": [lambda: layers.Conv2D(3, 4, strides=4, kernel_regularizer=keras.regularizers.L1L2(0.1, 0.2), kernel_constraint=keras.constraints.MaxNorm(3), kernel_initializer="he_normal")],
    "orthogonal": [lambda: layers.Conv2D(3, 4, strides=4, kernel_initializer=keras.initializers.Orthogonal(), bias_initializer=keras.initializers.RandomUniform())],
    "permute": [lambda: layers.Conv2D(3, 4, strides=4), lambda: layers.Permute((3, 1, 2))],
    "layernorm": [lambda: layers.Conv2D(3, 4, strides=4), layers.LayerNormalization],
    "lstm": [lambda: layers.Reshape((28, 28)), lambda: layers.LSTM(4)],
}


def single(name, parts):
    stack = [layers.Input((28, 28, 1))] + [make() for make in parts if make]
    if parts[-1] is not None:
        stack += [make() for make in HEAD]
    model = keras.Sequential(stack, name=name.replace("-", "_"))
    random = numpy.random.default_rng(sum(map(ord, name)))
    # Large enough for the outputs to differ, and each weight its own.
    model.set_weights(
        [
            (random.uniform(0.5, 1.5, w.shape) if "variance" in v.name else random.normal(0, 0.5, w.shape)).astype("float32")
            for v, w in zip(model.weights, model.get_weights())
        ]
    )
    return model


def main():
    keras.utils.set_random_seed(1)
    os.makedirs(TARGET, exist_ok=True)
    model = train(mlp(), unit, 6)
    model.save(f"{TARGET}/keras3-mlp.h5")
    expect("keras3-mlp", model, unit)
    save_as_keras2(model, f"{TARGET}/keras2-mlp.h5")
    expect("keras2-mlp", model, unit)
    model = train(cnn(), unit, 3)
    model.save(f"{TARGET}/keras3-cnn.h5", include_optimizer=False)
    model.save(f"{TARGET}/keras3-cnn.keras", include_optimizer=False)
    expect("keras3-cnn", model, unit)
    save_as_keras2(model, f"{TARGET}/keras2-cnn.h5")
    expect("keras2-cnn", model, unit)
    model = train(bytes_and_logits(), raw, 3, from_logits=True)
    model.save(f"{TARGET}/keras3-bytes.h5", include_optimizer=False)
    expect("keras3-bytes", model, raw)
    model = train(rescaling(), raw, 3)
    model.save(f"{TARGET}/keras3-rescaling.h5", include_optimizer=False)
    expect("keras3-rescaling", model, raw)
    model = train(functional(), unit, 1)
    model.save(f"{TARGET}/keras3-functional.h5", include_optimizer=False)
    expect("keras3-functional", model, unit)
    branches().save(f"{TARGET}/keras3-branches.h5", include_optimizer=False)
    with zipfile.ZipFile(f"{TARGET}/keras3-layers.zip", "w", zipfile.ZIP_DEFLATED) as z:
        for name, parts in SINGLE.items():
            model = single(name, parts)
            model.save("/tmp/layer.h5", include_optimizer=False)
            z.write("/tmp/layer.h5", f"{name}.h5")
            outputs = model.predict(images()[..., None] / 255, verbose=0)
            lines = [",".join(f"{v:.9g}" for v in row) for row in outputs]
            z.writestr(f"{name}.csv", "\n".join(lines) + "\n")


main()
