package io.mnist4j.data;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.UUID;

/** Writes files so that a reader sees the old content or the new one, never a part. */
public final class AtomicFile {

  /** Writes the content to the file that it is given. */
  @FunctionalInterface
  public interface Writer {
    void writeTo(Path temporary) throws IOException;
  }

  private AtomicFile() {}

  /**
   * Lets the writer fill a temporary file beside the target, brings it to the disk and renames it.
   * If anything fails, the target is as it was and the temporary file is gone.
   */
  public static void write(Path target, Writer writer) throws IOException {
    Path directory = target.toAbsolutePath().getParent();
    // Not Files.createTempFile: what that makes is closed to everybody but the owner.
    Path temporary =
        directory.resolve(".%s.%s.tmp".formatted(target.getFileName(), UUID.randomUUID()));
    try {
      writer.writeTo(temporary);
      install(temporary, target);
    } catch (IOException e) {
      // A full disk is reported without the file's name, anything else with the temporary one.
      // What is missing can only be the folder.
      String reason =
          e instanceof NoSuchFileException ? "there is no such folder" : FileProblem.reason(e);
      throw (IOException) new FileSystemException(target.toString(), null, reason).initCause(e);
    } finally {
      deleteIfThere(temporary);
    }
  }

  private static void deleteIfThere(Path temporary) {
    try {
      Files.deleteIfExists(temporary);
    } catch (IOException e) {
      // What went wrong before says more; a name that ends in .tmp is all that stays.
    }
  }

  /** As {@link #write(Path, Writer)}, for text in UTF-8. */
  public static void write(Path target, String text) throws IOException {
    write(target, temporary -> Files.writeString(temporary, text, StandardCharsets.UTF_8));
  }

  /** Brings a complete file to the disk and renames it to the target of the same folder. */
  public static void install(Path complete, Path target) throws IOException {
    try (FileChannel channel = FileChannel.open(complete, StandardOpenOption.WRITE)) {
      channel.force(true);
    }
    Files.move(complete, target, StandardCopyOption.ATOMIC_MOVE);
  }
}
