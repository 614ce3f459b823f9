package io.mnist4j.model.export;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExportFormatTest {
  @ParameterizedTest
  @CsvSource({
    "ONNX, model.zip, model.onnx",
    "DL4J, keras.h5, keras.zip",
    "DL4J, model.zip, model-dl4j.zip",
    "KERAS_H5, keras.h5, keras-keras-h5.h5",
    "CSV, model, model.csv",
    "NPZ, .hidden, .hidden.npz"
  })
  void fileBesideAModelIsNeverTheModel(ExportFormat format, String model, String file) {
    Path folder = Path.of("runs/a");
    assertEquals(folder.resolve(file), format.beside(folder.resolve(model)));
  }
}
