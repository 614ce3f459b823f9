"""JAX with an epoch as one compiled scan over its batches: images, weights and Adam stay inside."""

import math
from functools import partial

import jax
import jax.numpy as jnp
import numpy as np
from jax import lax

import recipe as given

BETA1, BETA2, EPSILON = 0.9, 0.999, 1e-7


def initial(recipe, shape, classes, key):
    """A pair (weights, biases) for each layer that has them; the last is the output layer."""
    height, width = shape
    channels, units = 1, height * width
    parameters = []
    for kind, *numbers in (*recipe.layers, ("dense", classes)):
        if kind == "conv":
            filters, kernel = numbers
            key, own = jax.random.split(key)
            area = kernel * kernel
            shape = (kernel, kernel, channels, filters)
            parameters.append(glorot(own, shape, area * channels, area * filters))
            channels, height, width = filters, height - kernel + 1, width - kernel + 1
        elif kind == "pool":
            height, width = height // numbers[0], width // numbers[0]
        if kind in ("conv", "pool"):
            units = channels * height * width
        elif kind == "dense":
            key, own = jax.random.split(key)
            parameters.append(glorot(own, (units, numbers[0]), units, numbers[0]))
            units = numbers[0]
    return parameters


def glorot(key, shape, inputs, outputs):
    limit = math.sqrt(6 / (inputs + outputs))
    return jax.random.uniform(key, shape, minval=-limit, maxval=limit), jnp.zeros(shape[-1])


def logits(layers, parameters, x, key=None):
    """Of images [n, height, width, 1]; without a key nothing is dropped."""
    weights = iter(parameters)
    for kind, *numbers in (*layers, ("output",)):
        if kind == "conv":
            w, b = next(weights)
            x = jax.nn.relu(convolved(x, w) + b)
        elif kind == "pool":
            x = pooled(x, *numbers)
        elif kind == "dropout" and key is not None:
            key, own = jax.random.split(key)
            kept = 1 - numbers[0]
            x = jnp.where(jax.random.bernoulli(own, kept, x.shape), x / kept, 0)
        elif kind in ("dense", "output"):
            w, b = next(weights)
            x = x.reshape(len(x), -1) @ w + b
            x = x if kind == "output" else jax.nn.relu(x)
    return x


def convolved(x, w):
    """Windows times filters; XLA's own convolution is far slower inside a scan on CPUs."""
    kernel, _, _, filters = w.shape
    count, height, width, _ = x.shape
    rows, columns = height - kernel + 1, width - kernel + 1
    shifts = [(i, j) for i in range(kernel) for j in range(kernel)]
    windows = jnp.concatenate([x[:, i : i + rows, j : j + columns] for i, j in shifts], -1)
    return (windows.reshape(-1, windows.shape[-1]) @ w.reshape(-1, filters)).reshape(
        count, rows, columns, filters
    )


def pooled(x, size):
    """The maximum of each square; by reshaping, whose gradient XLA computes far faster on CPUs."""
    count, height, width, channels = x.shape
    rows, columns = height // size, width // size
    x = x[:, : rows * size, : columns * size]
    return x.reshape(count, rows, size, columns, size, channels).max((2, 4))


def step(recipe, images, labels, state, rows):
    """One step of Adam, on these rows."""
    parameters, means, squares, number, key = state
    key, own = jax.random.split(key)

    def loss(parameters):
        outputs = logits(recipe.layers, parameters, images[rows], own)
        chosen = jnp.take_along_axis(jax.nn.log_softmax(outputs), labels[rows, None], 1)
        return -chosen.mean()

    gradients = jax.grad(loss)(parameters)
    rate = recipe.rate_at(number)
    number += 1
    means = jax.tree.map(lambda m, g: BETA1 * m + (1 - BETA1) * g, means, gradients)
    squares = jax.tree.map(lambda v, g: BETA2 * v + (1 - BETA2) * g * g, squares, gradients)
    rate *= jnp.sqrt(1 - BETA2**number) / (1 - BETA1**number)
    parameters = jax.tree.map(
        lambda p, m, v: p - rate * m / (jnp.sqrt(v) + EPSILON), parameters, means, squares
    )
    return (parameters, means, squares, number, key), None


@partial(jax.jit, static_argnums=0, donate_argnums=3)
def epoch(recipe, images, labels, state):
    *others, key = state
    key, own = jax.random.split(key)
    order = jax.random.permutation(own, len(images))
    one = partial(step, recipe, images, labels)
    full = len(images) // recipe.batch_size * recipe.batch_size
    state, _ = lax.scan(one, (*others, key), order[:full].reshape(-1, recipe.batch_size))
    return one(state, order[full:])[0] if full < len(images) else state


@partial(jax.jit, static_argnums=0)
def right(recipe, parameters, images, labels):
    return (logits(recipe.layers, parameters, images).argmax(1) == labels).sum()


def main():
    recipe = given.told()
    images, labels = map(jnp.asarray, given.training(recipe))
    test_images, test_labels = map(jnp.asarray, given.test(recipe))
    images, test_images = images[..., None], test_images[..., None]
    # XLA's own generator: JAX's usual one, threefry, would take most of the time of a dropout.
    own, key = jax.random.split(jax.random.key(recipe.seed, impl="unsafe_rbg"))
    parameters = initial(recipe, images.shape[1:3], int(labels.max()) + 1, own)
    zeros = [jax.tree.map(jnp.zeros_like, parameters) for _ in range(2)]
    state = (parameters, *zeros, jnp.asarray(0.0), key)

    def train():
        nonlocal state
        state = jax.block_until_ready(epoch(recipe, images, labels, state))

    def accuracy():
        parts = range(0, len(test_images), 1000)
        count = sum(
            int(right(recipe, state[0], test_images[i : i + 1000], test_labels[i : i + 1000]))
            for i in parts
        )
        return count / len(test_labels)

    epochs = given.run(recipe, train, accuracy)
    arrays = jax.tree.leaves(state[0])
    with open(recipe.model, "wb") as file:
        np.savez(file, *map(np.asarray, arrays))
    given.answer(epochs, {"JAX": jax.__version__}, sum(array.size for array in arrays))


if __name__ == "__main__":
    main()
