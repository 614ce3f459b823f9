package io.mnist4j.data.source;

import io.mnist4j.errors.DataException;
import io.mnist4j.files.FileProblem;
import io.mnist4j.text.Printable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The file {@code classes.txt} that names the classes of a data set: UTF-8, one name a line. */
public final class ClassNamesFile {
  public static final String NAME = "classes.txt";

  private static final int MAX_BYTES = 1 << 16;

  private ClassNamesFile() {}

  /**
   * The names in their order.
   *
   * @throws DataException if it cannot be read, or a line is empty, comes twice or is no name
   */
  public static List<String> read(FileEntry file) throws DataException {
    List<String> names = lines(file);
    Set<String> seen = new HashSet<>();
    for (int i = 0; i < names.size(); i++) {
      String name = names.get(i);
      if (name.isEmpty() || !seen.add(name)) {
        throw new DataException(
            "%s:%d: expected a name of its own, found '%s'%s"
                .formatted(file, i + 1, name, name.isEmpty() ? "" : " again"));
      }
      if (!Printable.isName(name)) {
        throw new DataException(
            "%s:%d: expected a name of up to 1,000 characters and no control characters"
                .formatted(file, i + 1));
      }
    }
    return names;
  }

  private static List<String> lines(FileEntry file) throws DataException {
    if (file.path().isPresent() && FileProblem.isNoFile(file.path().get())) {
      throw new DataException(file + ": expected a file, found a folder or device");
    }
    try (InputStream in = file.open()) {
      byte[] text = in.readNBytes(MAX_BYTES + 1);
      if (text.length > MAX_BYTES) {
        throw new DataException(file + ": expected a name a line, found a file too long for that");
      }
      String decoded = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(text)).toString();
      // Some editors begin a file with a byte order mark.
      return decoded
          .replaceFirst("^\uFEFF", "")
          .stripTrailing()
          .lines()
          .map(String::strip)
          .toList();
    } catch (CharacterCodingException e) {
      throw new DataException("cannot read %s: it is not text in UTF-8".formatted(file), e);
    } catch (IOException e) {
      throw new DataException("cannot read %s: %s".formatted(file, FileProblem.reason(e)), e);
    }
  }
}
