package io.mnist4j.sweep.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mnist4j.errors.RunFolderException;
import io.mnist4j.sweep.search.TrialState;
import io.mnist4j.sweep.space.FloatDomain;
import io.mnist4j.sweep.space.Parameter;
import io.mnist4j.sweep.space.SearchSpace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SharedJournalTest {
  private static final SearchSpace SPACE =
      new SearchSpace(List.of(new Parameter("x", new FloatDomain(0, 1, false))));
  private static final Lease LEASE = new Lease(Duration.ofMillis(50), Duration.ofMillis(1_500));

  @TempDir Path directory;
  private Path file;

  @BeforeEach
  void begin() throws IOException {
    file = Files.writeString(directory.resolve("journal.jsonl"), "");
  }

  private SharedJournal join() throws Exception {
    return Journal.join(file, SPACE, LEASE);
  }

  private static JournalEntry start(int trial, Journal journal) {
    return new JournalEntry.Started(trial, Map.of("x", 0.5), journal.elapsed(), journal.agent());
  }

  private static JournalEntry epoch(int trial, int epoch) {
    return new JournalEntry.Progressed(trial, epoch, 1, 1, 0.5, 0.1);
  }

  private static void waitUntilLost(SharedJournal journal, int trial) throws Exception {
    for (int i = 0; i < 600 && !journal.isLost(journal.trials().get(trial).orElseThrow()); i++) {
      Thread.sleep(20);
    }
    assertTrue(journal.isLost(journal.trials().get(trial).orElseThrow()));
  }

  @Test
  void whoDecidesByWhatIsOldDecidesAgain() throws Exception {
    try (SharedJournal one = join();
        SharedJournal other = join()) {
      assertTrue(one.tryAppend(start(0, one)));
      assertFalse(other.tryAppend(start(0, other)), "the number is taken");
      assertEquals(1, other.trials().next());
      assertTrue(other.tryAppend(start(1, other)));
      assertFalse(one.tryAppend(epoch(0, 1)), "it does not know of trial 1");
      assertTrue(one.tryAppend(epoch(0, 1)));
      assertEquals(2, Journal.read(file, SPACE).next());
    }
  }

  @Test
  void trialOfADeadAgentIsLostAndItsReturnIsRefused() throws Exception {
    try (SharedJournal one = join();
        SharedJournal other = join()) {
      one.append(start(0, one));
      other.readOn();
      assertFalse(other.isLost(other.trials().get(0).orElseThrow()));
      one.die();
      waitUntilLost(other, 0);
      other.append(start(0, other));
      assertFalse(one.tryAppend(epoch(0, 1)));
      assertEquals(other.agent(), one.trials().get(0).orElseThrow().agent());
    }
  }

  @Test
  void agentThatLivesIsNeverLostHoweverLongItsTrialTakes() throws Exception {
    try (SharedJournal one = join();
        SharedJournal other = join()) {
      one.append(start(0, one));
      other.readOn();
      long end = System.nanoTime() + 2 * LEASE.expiry().toNanos();
      while (System.nanoTime() < end) {
        assertFalse(other.isLost(other.trials().get(0).orElseThrow()));
        Thread.sleep(20);
      }
    }
  }

  @Test
  void agentThatEndsInPeaceIsMissedAtOnce() throws Exception {
    try (SharedJournal other = join()) {
      try (SharedJournal one = join()) {
        one.append(start(0, one));
      }
      other.readOn();
      assertTrue(other.isLost(other.trials().get(0).orElseThrow()));
    }
  }

  @Test
  void agentThatIsCutOffItselfTakesNothing() throws Exception {
    try (SharedJournal one = join();
        SharedJournal other = join()) {
      one.append(start(0, one));
      other.readOn();
      one.die();
      other.die();
      Thread.sleep(2 * LEASE.expiry().toMillis());
      assertFalse(other.isLost(other.trials().get(0).orElseThrow()));
    }
  }

  @Test
  void processOfItsOwnWaitsForTheDeadAndNotForTheLiving() throws Exception {
    SharedJournal one = join();
    one.append(start(0, one));
    RunFolderException e =
        assertThrows(RunFolderException.class, () -> Journal.open(file, SPACE, false, LEASE));
    assertTrue(e.getMessage().contains("agents work on this sweep: " + one.agent()));
    // Those who ask and tell share.
    try (Journal told = Journal.open(file, SPACE, true, LEASE)) {
      told.append(new JournalEntry.Started(1, Map.of("x", 0.25), told.elapsed()));
    }
    one.readOn();
    assertFalse(one.isLost(one.trials().get(1).orElseThrow()), "it has no agent");
    one.die();
    try (Journal own = Journal.open(file, SPACE, false, LEASE)) {
      assertEquals(2, own.trials().count(TrialState.RUNNING));
      assertEquals(2, Files.readAllLines(file).size());
      assertTrue(Files.notExists(directory.resolve("agents")));
      IOException late = assertThrows(IOException.class, () -> one.tryAppend(epoch(0, 1)));
      assertTrue(late.getMessage().contains("another process has taken the sweep over"));
      assertThrows(RunFolderException.class, this::join);
    }
    // Agents that come later are of another time, and one that slept finds no place.
    try (SharedJournal later = join()) {
      later.append(epoch(0, 1));
      assertThrows(IOException.class, () -> one.tryAppend(epoch(0, 2)));
      assertEquals(1, Journal.read(file, SPACE).get(0).orElseThrow().epochs().size());
    }
    one.close();
  }

  @Test
  void bringingTogetherThatWasCutIsDoneAgain() throws Exception {
    try (SharedJournal one = join()) {
      one.append(start(0, one));
      one.append(epoch(0, 1));
      one.append(epoch(0, 2));
    }
    Path agents = directory.resolve("agents");
    Files.move(agents.resolve("journal-0"), agents.resolve("closed-0"));
    String first = Files.readString(agents.resolve("closed-0/1"));
    Files.writeString(file, first + "\n{\"event\":\"ep");
    assertEquals(2, Journal.read(file, SPACE).get(0).orElseThrow().epochs().size());
    Journal.open(file, SPACE, false, LEASE).close();
    assertEquals(3, Files.readAllLines(file).size());
    assertEquals(2, Journal.read(file, SPACE).get(0).orElseThrow().epochs().size());
  }

  @Test
  void lineThatThePowerTookIsNone() throws Exception {
    try (SharedJournal one = join()) {
      one.append(start(0, one));
      Files.createFile(directory.resolve("agents/journal-0/2"));
      assertFalse(one.tryAppend(epoch(0, 1)));
      assertTrue(one.tryAppend(epoch(0, 1)));
    }
    Journal.open(file, SPACE, false, LEASE).close();
    assertEquals(1, Journal.read(file, SPACE).get(0).orElseThrow().epochs().size());
    assertEquals(3, Files.readAllLines(file).size());
  }
}
