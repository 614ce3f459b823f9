package io.mnist4j.sweep.journal;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mnist4j.errors.RunFolderException;
import io.mnist4j.sweep.search.TrialState;
import io.mnist4j.sweep.space.IntDomain;
import io.mnist4j.sweep.space.Parameter;
import io.mnist4j.sweep.space.SearchSpace;
import io.mnist4j.train.EpochMetrics;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JournalTest {
  private static final SearchSpace SPACE =
      new SearchSpace(List.of(new Parameter("units", new IntDomain(1, 9, false))));
  private static final EpochMetrics EPOCH = new EpochMetrics(1, 0.5, 0.4, 0.9, 0.25);

  @TempDir Path directory;
  private Path file;

  @BeforeEach
  void nameFile() {
    file = directory.resolve("journal.jsonl");
  }

  private static JournalEntry started(int trial, int units, double elapsed) {
    return new JournalEntry.Started(trial, Map.of("units", units), elapsed);
  }

  private void write() throws Exception {
    try (Journal journal = Journal.open(file, SPACE, false)) {
      journal.append(new JournalEntry.Begun(1, "tiny", new TreeMap<>(Map.of("a", "00ff"))));
      journal.append(started(0, 3, 0.5));
      journal.append(JournalEntry.Progressed.of(0, EPOCH));
    }
  }

  @Test
  void whatWasWrittenIsThereWhenItIsOpenedAgain() throws Exception {
    write();
    try (Journal journal = Journal.open(file, SPACE, false)) {
      journal.append(new JournalEntry.Ended(0, TrialState.COMPLETE, 1, "", 2.5, false));
    }
    TrialHistory history = Journal.read(file, SPACE);
    assertEquals("tiny", history.begun().orElseThrow().dataset());
    assertEquals(Map.of("a", "00ff"), history.begun().orElseThrow().contentSha256());
    Trial trial = history.get(0).orElseThrow();
    assertEquals(TrialState.COMPLETE, trial.state());
    assertEquals(Map.of("units", 3), trial.point().values());
    assertEquals(List.of(EPOCH), trial.epochs());
    assertEquals(2.5, history.elapsed());
  }

  @Test
  void eachLineIsInTheFileAtOnce() throws Exception {
    try (Journal journal = Journal.open(file, SPACE, false)) {
      journal.append(started(0, 3, 0));
      assertEquals(1, Files.readAllLines(file).size());
      assertEquals(1, Journal.read(file, SPACE).next());
    }
  }

  @Test
  void lineThatWasCutCountsAsNeverWritten() throws Exception {
    write();
    String whole = Files.readString(file);
    byte[] line = "{\"event\":\"ended\",\"reason\":\"\u00e9".getBytes(StandardCharsets.UTF_8);
    // In the middle of a character of two bytes.
    Files.write(file, Arrays.copyOf(line, line.length - 1), StandardOpenOption.APPEND);
    assertEquals(TrialState.RUNNING, Journal.read(file, SPACE).get(0).orElseThrow().state());
    try (Journal journal = Journal.open(file, SPACE, false)) {
      assertEquals(whole, Files.readString(file), "the part of a line is gone");
      journal.append(started(1, 4, 1));
    }
    assertEquals(2, Journal.read(file, SPACE).all().size());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      textBlock =
          """
          nonsense                                                    | the line is not JSON
          {}                                                          | the line lacks "event"
          {"event":"danced"}                                          | the line has the unknown event 'danced'
          {"event":"epoch","trial":7,"epoch":1,"train-loss":1,"validation-loss":1,"validation-accuracy":1,"seconds":1} | the line trial 7 does not run
          {"event":"started","trial":-1,"settings":{},"elapsed":0}    | the line has no number of a trial
          {"event":"started","trial":1,"settings":{},"elapsed":0}     | the line units has no value
          {"event":"started","trial":1,"settings":{"units":2},"elapsed":"soon"} | the line has a value of another type for "elapsed"
          """)
  void foreignLineIsNamedByItsNumber(String line, String message) throws Exception {
    write();
    Files.writeString(file, line + "\n", StandardOpenOption.APPEND);
    String text = Files.readString(file);
    RunFolderException e =
        assertThrows(RunFolderException.class, () -> Journal.open(file, SPACE, false).close());
    assertTrue(e.getMessage().startsWith(file + ":4: " + message), e.getMessage());
    assertEquals(text, Files.readString(file), "and nothing is lost");
    assertThrows(RunFolderException.class, () -> Journal.read(file, SPACE));
  }

  @Test
  void onlyOneAtATimeAddsToIt() throws Exception {
    try (Journal first = Journal.open(file, SPACE, false)) {
      first.append(started(0, 3, 0));
      RunFolderException e =
          assertThrows(RunFolderException.class, () -> Journal.open(file, SPACE, false).close());
      assertTrue(e.getMessage().contains("another mnist4j works on this sweep"), e.getMessage());
    }
    Journal.open(file, SPACE, false).close();
  }

  /** On a disk that is always full. */
  @Test
  @EnabledOnOs(value = OS.LINUX, disabledReason = "there is no /dev/full")
  void fullDiskIsReportedWithTheFile() throws Exception {
    FileChannel lock = FileChannel.open(directory.resolve(".lock"), CREATE, WRITE);
    FileChannel full = FileChannel.open(Path.of("/dev/full"), WRITE);
    try (Journal journal = new FileJournal(file, lock, full, new TrialHistory())) {
      FileSystemException e =
          assertThrows(FileSystemException.class, () -> journal.append(started(0, 3, 0)));
      assertEquals(file + ": No space left on device", e.getMessage());
    }
  }

  @Test
  void journalThatIsMissingIsNamed() {
    RunFolderException e = assertThrows(RunFolderException.class, () -> Journal.read(file, SPACE));
    assertTrue(e.getMessage().startsWith("cannot read " + file), e.getMessage());
  }
}
