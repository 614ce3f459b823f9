package io.mnist4j.train;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** What is said of the learning rate where the epochs of a run are raised. */
public final class RaisedNote {
  /** Of the rate that the schedule starts from: below, little is learned. */
  private static final double SMALL = 0.02;

  private RaisedNote() {}

  /**
   * The note, in one line.
   *
   * @param run its folder
   * @param before how the run was trained up to now
   * @param now how it is trained from here on; raised at least once
   * @param images that it learns from
   */
  public static String of(Path run, TrainingSpec before, TrainingSpec now, int images) {
    List<RaisedEpochs> all = now.raised();
    RaisedEpochs raised = all.get(all.size() - 1);
    int steps = now.stepsPerEpoch(images);
    LearningRates rates = new LearningRates(now, steps);
    int epoch = raised.afterEpochs() + 1;
    double next = rates.of(epoch, raised.afterSteps());
    double last =
        raised.afterSteps() > 0
            ? rates.of(epoch, raised.afterSteps() - 1)
            : raised.afterEpochs() > 0 ? rates.of(epoch - 1, steps - 1) : next;
    String said =
        switch (raised.course()) {
          case REPLAN ->
              "The learning rate goes from %.3g to %.3g: it was planned for %d epochs and is planned"
                  + " for %d from here on, which is not what a run of %4$d epochs does. For that:"
                  + " mnist4j train --config %5$s --set training.raised=[]; --raise flat or --raise"
                  + " restart go on otherwise";
          case FLAT ->
              next < SMALL * now.optimizer().learningRate()
                  ? "The learning rate stays at %.3g, so little is learned; --raise restart begins the"
                      + " schedule anew"
                  : "The learning rate stays at %.3g, that of the last step";
          case RESTART ->
              "The learning rate goes from %.3g to %.3g: its schedule begins anew, over what is left"
                  + " to epoch %4$d";
        };
    return String.format(
            Locale.ROOT,
            said,
            last,
            next,
            before.epochs(),
            now.epochs(),
            run.resolve("config.yaml"))
        + ". A run with this config.yaml gives the same result";
  }
}
