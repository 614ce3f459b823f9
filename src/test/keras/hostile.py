"""Writes HDF5 files that a reader of Keras' models has to refuse; none of them does harm.

    pip install h5py
    python src/test/keras/hostile.py src/test/resources/hostile/keras.zip
"""

import io
import json
import sys
import zipfile

import h5py
import numpy

TARGET = zipfile.ZipFile(sys.argv[1], "w", zipfile.ZIP_DEFLATED)


def dense(name, units, **more):
    return {"class_name": "Dense", "config": {"name": name, "units": units, "use_bias": True, "activation": "softmax", **more}}


def config(*layers, shape=(None, 784)):
    first = {"class_name": "InputLayer", "config": {"batch_shape": shape, "name": "in"}}
    return {"class_name": "Sequential", "config": {"name": "model", "layers": [first, *layers]}}


def write(name, model, fill):
    content = io.BytesIO()
    with h5py.File(content, "w") as file:
        file.attrs["keras_version"] = "3.0.0"
        file.attrs["model_config"] = model if isinstance(model, str) else json.dumps(model)
        weights = file.create_group("model_weights")
        layer = weights.create_group("d")
        layer.attrs["weight_names"] = [b"kernel", b"bias"]
        fill(file, layer)
    put(f"{name}.h5", content.getvalue())


def put(name, content):
    TARGET.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)


def bias(layer):
    layer["bias"] = numpy.zeros(10, "float32")


def honest(file, layer):
    layer["kernel"] = numpy.zeros((784, 10), "float32")
    bias(layer)


# Numbers of another file.
def external_link(file, layer):
    layer["kernel"] = h5py.ExternalLink("other.h5", "/kernel")
    bias(layer)


def external_data(file, layer):
    layer.create_dataset("kernel", (784, 10), "float32", external=[("other.bin", 0, 784 * 40)])
    bias(layer)


def link(file, layer):
    layer["other"] = numpy.zeros((784, 10), "float32")
    layer["kernel"] = h5py.SoftLink("/model_weights/d/other")
    bias(layer)


def groups_in_a_circle(file, layer):
    layer["kernel"] = file["model_weights"]
    bias(layer)


# A dataset that is nowhere in the file: HDF5 makes it up from the value that fills it.
def nothing(shape, chunks=None):
    def fill(file, layer):
        layer.create_dataset("kernel", shape, "float32", chunks=chunks, fillvalue=0)
        bias(layer)

    return fill


def same_again(file, layer):
    layer["kernel"] = numpy.zeros((784, 10), "float32")
    layer.attrs["weight_names"] = [b"kernel"] * 4_000


# Zeros, of which the file holds fewer bytes than they are.
def zeros(file, layer):
    data = layer.create_dataset("kernel", (784, 100), "float32", chunks=(784, 100), compression=9)
    data[:] = 0
    bias(layer)


one = config(dense("d", 10))
write("honest", one, honest)
write("external-link", one, external_link)
write("external-data", one, external_data)
write("link", one, link)
write("groups-in-a-circle", one, groups_in_a_circle)
write("dimensions-absurd", one, nothing((2**31 - 1, 2**31 - 1)))
write("dimensions-that-overflow", one, nothing((2**32, 2**32), (1024, 1024)))
write("dimensions-large", one, nothing((60_000, 1_000), (1000, 1000)))
write("zeros", one, zeros)
write("array-four-thousand-times", one, same_again)
write("units-two-billion", config(dense("d", 2**31 - 1)), honest)
write("units-many", config(dense("d", 400_000)), honest)
write("units-that-overflow", config(dense("d", 2**40)), honest)
write("layers-many", config(*[dense(f"d{i}", 10) for i in range(300)]), honest)
write("config-nested", "[" * 50, honest)
write("config-no-object", "[1, 2]", honest)
image = dict(shape=(None, 28, 28, 1))
pad = {"class_name": "ZeroPadding2D", "config": {"name": "p", "padding": [[30_000, 30_000], [30_000, 30_000]]}}
pool = {"class_name": "GlobalAveragePooling2D", "config": {"name": "g"}}
write("padding", config(pad, pool, dense("d", 10), **image), honest)
up = {"class_name": "UpSampling2D", "config": {"name": "u", "size": [60_000, 60_000]}}
write("upsampling", config(up, pool, dense("d", 10), **image), honest)
write("input-huge", config(dense("d", 10), shape=(None, 2**31 - 1, 2**31 - 1, 1)), honest)
conv = {"class_name": "Conv2D", "config": {"name": "d", "filters": 10**9, "kernel_size": [1000, 1000], "strides": [1, 1], "padding": "same", "activation": "relu"}}
write("filters-many", config(conv, pool, dense("e", 10), **image), honest)
write("name-for-the-terminal", config(dense("d\x1b[0m", 10, use_bias=False)), honest)

TARGET.close()
