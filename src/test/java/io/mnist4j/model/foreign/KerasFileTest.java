package io.mnist4j.model.foreign;

import io.mnist4j.model.TrainedModel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KerasFileTest {
  @TempDir Path directory;

  @Test
  void scratch() throws Exception {
    try (ZipFile zip = new ZipFile(ModelFiles.file("keras3-layers.zip").toFile())) {
      for (var e : Collections.list(zip.entries())) {
        if (!e.getName().endsWith(".h5")) continue;
        String name = e.getName().replace(".h5", "");
        Path f = directory.resolve(e.getName());
        Files.write(f, zip.getInputStream(e).readAllBytes());
        List<String> csv =
            new String(
                    zip.getInputStream(zip.getEntry(name + ".csv")).readAllBytes(),
                    java.nio.charset.StandardCharsets.UTF_8)
                .lines()
                .toList();
        try {
          ModelFiles.assertOutputs(csv, ModelFile.read(f), name);
          System.out.println("OK " + name);
        } catch (Throwable t) {
          System.out.println("-- " + name + ": " + t.getMessage());
        }
      }
    }
    for (String s :
        List.of(
            "keras3-mlp.h5",
            "keras2-mlp.h5",
            "keras3-cnn.h5",
            "keras3-cnn.keras",
            "keras2-cnn.h5",
            "keras3-bytes.h5",
            "keras3-rescaling.h5",
            "keras3-functional.h5",
            "keras3-branches.h5",
            "dl4j-0.9.1-mlp.zip",
            "dl4j-0.9.1-cnn.zip",
            "dl4j-1.0.0-beta3-mlp.zip",
            "dl4j-1.0.0-beta3-cnn.zip")) {
      try {
        TrainedModel m = ModelFile.read(ModelFiles.file(s));
        System.out.println(s + " " + m.origin() + m.range());
        ModelFiles.assertOutputs(ModelFiles.expected(s.substring(0, s.lastIndexOf('.'))), m, s);
        System.out.println("OK " + s);
      } catch (Throwable t) {
        System.out.println("-- " + s + ": " + t);
      }
    }
  }
}
