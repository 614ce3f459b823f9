package io.mnist4j.data;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PartTest {
  @ParameterizedTest
  @CsvSource({
    "train, TRAIN",
    "mnist_train.csv, TRAIN",
    "X_Test, TEST",
    "train-00000-of-00001.parquet, TRAIN",
    "t10k-images-idx3-ubyte, TEST",
    "val_images, VALIDATION",
    "dev.tsv, VALIDATION",
    "kmnist-train-imgs.npz, TRAIN",
    "constrained.csv,",
    "latest.csv,"
  })
  void partOfAName(String name, Part part) {
    assertEquals(Optional.ofNullable(part), Part.ofName(name));
  }
}
