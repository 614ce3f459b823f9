package io.mnist4j.data.source;

import io.mnist4j.errors.DataException;
import io.mnist4j.files.FileProblem;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** A short file of text in UTF-8 beside a data set. */
public final class SmallText {
  private static final int MAX_BYTES = 1 << 16;

  private SmallText() {}

  /**
   * Its lines without blanks around them, and without empty ones at the end.
   *
   * @param expected what a message says that the file should hold
   * @throws DataException if it cannot be read, is too long, or is no text in UTF-8
   */
  public static List<String> lines(FileEntry file, String expected) throws DataException {
    if (file.path().isPresent() && FileProblem.isNoFile(file.path().get())) {
      throw new DataException(file + ": expected a file, found a folder or device");
    }
    try (InputStream in = file.open()) {
      byte[] text = in.readNBytes(MAX_BYTES + 1);
      if (text.length > MAX_BYTES) {
        throw new DataException(
            "%s: expected %s, found a file too long for that".formatted(file, expected));
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
