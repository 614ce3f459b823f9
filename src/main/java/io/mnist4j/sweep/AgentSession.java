package io.mnist4j.sweep;

import io.mnist4j.backend.Backend;
import io.mnist4j.data.DataSplit;
import io.mnist4j.data.store.DataStore;
import io.mnist4j.data.store.DatasetChoice;
import io.mnist4j.digits.DigitForm;
import io.mnist4j.errors.BackendException;
import io.mnist4j.errors.ConfigException;
import io.mnist4j.errors.DataException;
import io.mnist4j.errors.Mnist4jException;
import io.mnist4j.errors.RunFolderException;
import io.mnist4j.run.Experiment;
import io.mnist4j.sweep.journal.Lease;
import io.mnist4j.sweep.journal.SharedJournal;
import io.mnist4j.sweep.journal.Trial;
import io.mnist4j.sweep.journal.TrialHistory;
import io.mnist4j.sweep.workers.ConcurrencyLimit;
import io.mnist4j.sweep.workers.TrialImages;
import io.mnist4j.sweep.workers.TrialRunner;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import org.apache.commons.lang3.concurrent.BasicThreadFactory;

/**
 * The agents of this process on a sweep that others may work on, too.
 *
 * @param folder of the sweep
 * @param sweep that is in it
 * @param store of data sets
 * @param cores that may train, one for each thread of a trial, from 1
 * @param trials that are begun here at most, from 1
 */
public record AgentSession(Path folder, Sweep sweep, DataStore store, int cores, int trials) {

  /**
   * Loads the data and runs trials, as many at once as there are cores for and memory allows; on a
   * graphics card one after the other.
   *
   * @param monitor is told of the trials of this process; one agent at a time calls it
   * @throws ConfigException if a value of the space makes no experiment, or memory does not allow
   *     as many trials at once as are asked for
   * @throws DataException if the data set is not available
   * @throws BackendException if ND4J does not start
   * @throws RunFolderException if the journal is damaged, the data is not that of the other agents,
   *     or a process has the sweep for itself
   * @throws IOException if a file cannot be written
   */
  public SweepSession.SweepResult run(Backend backend, SweepMonitor monitor)
      throws Mnist4jException, IOException, InterruptedException {
    List<Experiment> tried = SpaceCheck.experiments(sweep);
    DatasetChoice choice =
        DatasetChoice.load(sweep.base().data(), DigitForm.DIGITS, store, monitor);
    choice.fallbackReason().ifPresent(monitor::onFallback);
    TrialImages images = new TrialImages(choice.dataset(), sweep.base().seed());
    backend.start();
    int count =
        backend.isGpu() ? 1 : ConcurrencyLimit.trialsAtOnce(sweep.settings(), cores, tried, images);
    try (SweepFolder joined = SweepFolder.join(folder, sweep, Lease.DEFAULT)) {
      SweepFolder first = joined.on(choice);
      DataSplit split = images.of(first.sweep().base()).images();
      monitor.onSearch(first, split, count);
      run(first, count, new TrialRunner(images, backend), oneAtATime(monitor));
      ((SharedJournal) first.journal()).readOn();
      first.writeMissing();
      return new SweepSession.SweepResult(first.summary(), monitor.drain());
    }
  }

  private void run(SweepFolder first, int count, TrialRunner runner, AgentMonitor monitor)
      throws Mnist4jException, IOException, InterruptedException {
    Semaphore allowed = new Semaphore(trials);
    ExecutorService threads =
        Executors.newFixedThreadPool(
            count, BasicThreadFactory.builder().namingPattern("agent %d").daemon(true).build());
    List<Future<?>> agents = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      boolean isFirst = i == 0;
      agents.add(
          threads.submit(
              () -> {
                if (isFirst) {
                  new SweepAgent(first, runner::run, monitor).run(allowed);
                  return null;
                }
                try (SweepFolder own = SweepFolder.join(folder, first.sweep(), Lease.DEFAULT)) {
                  new SweepAgent(own, runner::run, monitor).run(allowed);
                  return null;
                }
              }));
    }
    threads.shutdown();
    for (Future<?> agent : agents) {
      end(agent, threads);
    }
  }

  private static AgentMonitor oneAtATime(AgentMonitor monitor) {
    return new AgentMonitor() {
      @Override
      public synchronized void onProgress(TrialHistory all) {
        monitor.onProgress(all);
      }

      @Override
      public synchronized void onEnd(Trial trial, TrialHistory all) {
        monitor.onEnd(trial, all);
      }

      @Override
      public boolean drain() {
        return monitor.drain();
      }

      @Override
      public boolean abandon() {
        return monitor.abandon();
      }
    };
  }

  private static void end(Future<?> agent, ExecutorService threads)
      throws Mnist4jException, IOException, InterruptedException {
    try {
      agent.get();
    } catch (ExecutionException e) {
      threads.shutdownNow();
      if (e.getCause() instanceof Mnist4jException known) {
        throw known;
      }
      if (e.getCause() instanceof IOException known) {
        throw known;
      }
      throw new IllegalStateException(e.getCause());
    }
  }
}
