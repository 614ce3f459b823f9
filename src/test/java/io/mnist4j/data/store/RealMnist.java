package io.mnist4j.data.store;

import io.mnist4j.data.DataFolder;
import io.mnist4j.data.ImageSet;
import io.mnist4j.data.catalogue.FileRole;
import io.mnist4j.data.fetch.TestMirror;
import io.mnist4j.data.idx.IdxFixture;
import io.mnist4j.errors.DataException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/** The real MNIST, where this machine has it: $MNIST4J_DATA, or ../shared/mnist. */
public final class RealMnist {
  /** Why tests are skipped. */
  public static final String ABSENT =
      "the real MNIST is neither in $MNIST4J_DATA nor in ../shared/mnist";

  private RealMnist() {}

  /** Where it lies, or would. */
  public static Path folder() {
    String named = System.getenv().getOrDefault(DataFolder.VARIABLE, "");
    return Path.of(named.isBlank() ? "../shared/mnist" : named).toAbsolutePath().normalize();
  }

  /** Whether all four files are there, gzipped, under their standard names. */
  public static boolean isPresent() {
    for (FileRole role : FileRole.values()) {
      if (!Files.exists(folder().resolve(role.gzipName()))) {
        return false;
      }
    }
    return true;
  }

  /** The 10,000 test images. */
  public static ImageSet test() throws DataException {
    return IdxFixture.readImageSet(
        folder().resolve(FileRole.TEST_IMAGES.gzipName()),
        folder().resolve(FileRole.TEST_LABELS.gzipName()));
  }

  /** The 60,000 training images. */
  public static ImageSet train() throws DataException {
    return IdxFixture.readImageSet(
        folder().resolve(FileRole.TRAIN_IMAGES.gzipName()),
        folder().resolve(FileRole.TRAIN_LABELS.gzipName()));
  }

  /** A mirror on loopback that has it. */
  public static TestMirror mirror() throws IOException {
    Map<String, byte[]> files = new TreeMap<>();
    for (FileRole role : FileRole.values()) {
      files.put(role.gzipName(), Files.readAllBytes(folder().resolve(role.gzipName())));
    }
    return new TestMirror(files);
  }
}
