package io.mnist4j.hostile;

import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.deeplearning4j.nn.conf.layers.DenseLayer;

/**
 * A layer as DL4J would take it from a file: it is on the class path of the program under attack,
 * as some class of some library may be, and leaves a file behind when it is loaded in any way.
 */
public final class EvilLayer extends DenseLayer {
  /** What it leaves in the working directory. */
  static final String TRACE = "evil-was-here";

  private static final long serialVersionUID = 1L;

  static {
    leaveTrace();
  }

  /** Called by whoever makes one from JSON. */
  public void setCommand(String command) {
    leaveTrace();
  }

  private static void leaveTrace() {
    // Only in the process under attack.
    if (Boolean.getBoolean("mnist4j.attacked")) {
      try {
        Files.writeString(Path.of(TRACE), "");
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /** The same as a Java object, as in {@code preprocessor.bin}. */
  static final class Gadget implements Serializable {
    private static final long serialVersionUID = 1L;

    private void readObject(ObjectInputStream in) throws IOException, ClassNotFoundException {
      in.defaultReadObject();
      leaveTrace();
    }
  }
}
