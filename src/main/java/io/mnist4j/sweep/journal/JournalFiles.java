package io.mnist4j.sweep.journal;

import io.mnist4j.errors.RunFolderException;
import io.mnist4j.sweep.space.SearchSpace;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.apache.commons.io.file.PathUtils;

/**
 * Where the lines of a journal lie. The file has the first ones. While agents work, each further
 * line is a file of its own whose name is the number of the line, in {@code agents/journal-N} where
 * N lines are in the journal's file: of all who make the file of a name, one succeeds. A process
 * that takes the journal for itself first renames that folder, so that an agent that has slept
 * finds no place for its lines, and then brings all lines together in the journal's file.
 *
 * @param file the journal's file
 */
record JournalFiles(Path file) {
  private static final String SHARED = "journal-";
  private static final String CLOSED = "closed-";

  /**
   * What the journal's file has.
   *
   * @param lines whole ones
   * @param bytes of them
   */
  record WholeLines(List<String> lines, long bytes) {}

  /** Agents' signs of life and lines. */
  Path agents() {
    return file.resolveSibling("agents");
  }

  WholeLines lines() throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    int end = bytes.length;
    while (end > 0 && bytes[end - 1] != '\n') {
      end--;
    }
    String text = new String(bytes, 0, end, StandardCharsets.UTF_8);
    return new WholeLines(text.lines().toList(), end);
  }

  /** The lines that agents have written so far, from the one after a number on. */
  static List<String> linesAfter(Path folder, int number) throws IOException {
    List<String> lines = new ArrayList<>();
    while (true) {
      try {
        int next = number + lines.size() + 1;
        lines.add(Files.readString(folder.resolve(String.valueOf(next))));
      } catch (NoSuchFileException e) {
        return lines;
      }
    }
  }

  /** Writes all of a text. */
  static void write(FileChannel channel, String text) throws IOException {
    ByteBuffer bytes = StandardCharsets.UTF_8.encode(text);
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }

  TrialHistory read(SearchSpace space) throws IOException, RunFolderException {
    while (true) {
      TrialHistory history = new TrialHistory();
      WholeLines whole = lines();
      apply(whole.lines(), 0, space, history);
      int number = whole.lines().size();
      for (Path folder : folders(CLOSED, SHARED)) {
        List<String> lines = linesAfter(folder, number);
        apply(lines, number, space, history);
        number += lines.size();
      }
      // Unless they were brought together meanwhile.
      if (number > whole.lines().size() || Files.size(file) - whole.bytes() < 2) {
        return history;
      }
      if (lines().bytes() == whole.bytes()) {
        return history;
      }
    }
  }

  /**
   * Tells a history what lines say.
   *
   * @param before how many lines there are before these
   * @throws RunFolderException if one is damaged; the message has its number
   */
  void apply(List<String> lines, int before, SearchSpace space, TrialHistory history)
      throws RunFolderException {
    for (int i = 0; i < lines.size(); i++) {
      apply(lines.get(i), before + i + 1, space, history);
    }
  }

  private void apply(String line, int number, SearchSpace space, TrialHistory history)
      throws RunFolderException {
    if (line.isEmpty()) {
      return; // The power failed before it was written, so nothing follows from it.
    }
    try {
      history.apply(JournalEntry.parse(line, space));
    } catch (IllegalArgumentException e) {
      throw new RunFolderException(
          "%s:%d: the line %s; put the file right, or begin a new sweep"
              .formatted(file, number, e.getMessage()),
          e);
    }
  }

  /** Makes the folder of the agents' lines, unless there is one; called under the lock. */
  void share() throws IOException {
    if (folders(SHARED).isEmpty()) {
      bringTogether();
      Files.createDirectories(agents().resolve(SHARED + lines().lines().size()));
    }
  }

  /** Where agents write. */
  Path shared() throws IOException {
    List<Path> folders = folders(SHARED);
    if (folders.isEmpty()) {
      throw new NoSuchFileException(agents().toString());
    }
    return folders.get(0);
  }

  /** Writes the agents' lines into the journal's file; called under the lock. */
  void bringTogether() throws IOException {
    if (!Files.exists(file)) {
      return;
    }
    for (Path folder : folders(SHARED)) {
      String closed = folder.getFileName().toString().replace(SHARED, CLOSED);
      Files.move(folder, folder.resolveSibling(closed), StandardCopyOption.ATOMIC_MOVE);
    }
    WholeLines whole = lines();
    int number = whole.lines().size();
    List<Path> folders = folders(CLOSED);
    StringBuilder text = new StringBuilder();
    for (Path folder : folders) {
      for (String line : linesAfter(folder, number)) {
        text.append(line).append('\n');
        number++;
      }
    }
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.truncate(whole.bytes()).position(whole.bytes());
      write(channel, text.toString());
      channel.force(true);
    }
    // With the signs of life of agents that were killed.
    if (Files.exists(agents())) {
      PathUtils.deleteDirectory(agents());
    }
  }

  /** Those of the agents' lines whose names begin so; the oldest lines first. */
  private List<Path> folders(String... prefixes) throws IOException {
    List<Path> folders = new ArrayList<>();
    try (DirectoryStream<Path> all = Files.newDirectoryStream(agents())) {
      for (Path each : all) {
        if (Arrays.stream(prefixes).anyMatch(each.getFileName().toString()::startsWith)) {
          folders.add(each);
        }
      }
    } catch (NoSuchFileException | NotDirectoryException e) {
      return List.of();
    }
    folders.sort(Comparator.comparingInt(JournalFiles::linesBefore));
    return folders;
  }

  private static int linesBefore(Path folder) {
    String name = folder.getFileName().toString();
    return Integer.parseInt(name.substring(name.indexOf('-') + 1));
  }
}
