"""Keras on TensorFlow as its own examples are written: arrays, compile and fit."""

import os

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ["KERAS_BACKEND"] = "tensorflow"

import keras  # noqa: E402: it reads the environment
import tensorflow  # noqa: E402
from keras import layers  # noqa: E402

import recipe as given  # noqa: E402


def network(recipe, shape, classes):
    stages = [keras.Input((*shape, 1))]
    for kind, *numbers in recipe.layers:
        if kind == "conv":
            stages.append(layers.Conv2D(*numbers, activation="relu"))
        elif kind == "pool":
            stages.append(layers.MaxPooling2D(*numbers))
        elif kind == "dropout":
            stages.append(layers.Dropout(*numbers))
        else:
            stages += [layers.Flatten(), layers.Dense(*numbers, activation="relu")]
    return keras.Sequential(
        [*stages, layers.Flatten(), layers.Dense(classes, activation="softmax")]
    )


def main():
    recipe = given.told()
    keras.utils.set_random_seed(recipe.seed)
    images, labels = given.training(recipe)
    test_images, test_labels = given.test(recipe)
    model = network(recipe, images.shape[1:], int(labels.max()) + 1)
    rate = recipe.rate
    if recipe.linear:
        steps = recipe.epochs * recipe.steps
        rate = keras.optimizers.schedules.PolynomialDecay(rate, steps, end_learning_rate=0.0)
    model.compile(
        keras.optimizers.Adam(rate), "sparse_categorical_crossentropy", metrics=["accuracy"]
    )

    def train():
        model.fit(images, labels, batch_size=recipe.batch_size, epochs=1, verbose=0)

    def accuracy():
        return model.evaluate(test_images, test_labels, batch_size=1000, verbose=0)[1]

    epochs = given.run(recipe, train, accuracy)
    model.save(recipe.model + ".keras")
    versions = {"Keras": keras.__version__, "TensorFlow": tensorflow.__version__}
    given.answer(epochs, versions, model.count_params())


if __name__ == "__main__":
    main()
