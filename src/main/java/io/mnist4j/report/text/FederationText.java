package io.mnist4j.report.text;

import io.mnist4j.federated.FederationStart;
import io.mnist4j.federated.FederationSummary;
import io.mnist4j.federated.RoundMetrics;
import java.util.IntSummaryStatistics;

/** A simulated federation as plain text. */
public final class FederationText {
  private FederationText() {}

  /** What it is about to do, in a line. */
  public static String of(FederationStart start) {
    IntSummaryStatistics images = start.imagesOfClients();
    String each =
        images.getMin() == images.getMax()
            ? NumberText.count(images.getMin())
            : NumberText.count(images.getMin()) + " to " + NumberText.count(images.getMax());
    return NumberText.format(
        "Federation %s on %s: %s (%,d, %s images each), %,d in a round, %s; %,d parameters; %d at"
            + " once%s",
        start.folder().path(),
        start.images().dataset().name(),
        start.federation().clients().text(),
        start.clients().length,
        each,
        start.perRound(),
        start.federation().strategy().key(),
        start.parameters(),
        start.atOnce(),
        start.done() > 0 ? NumberText.format("; %,d rounds are done", start.done()) : "");
  }

  /** A round, in a line. */
  public static String of(RoundMetrics round, int rounds) {
    return NumberText.format(
        "Round %d/%d: accuracy %.4f, loss %.4f, training loss %s, %d of %d clients, %.2f s",
        round.round(),
        rounds,
        round.accuracy(),
        round.loss(),
        round.trainLoss() == null ? "-" : NumberText.format("%.4f", round.trainLoss()),
        round.answered(),
        round.clients(),
        round.seconds());
  }

  /** The result, in lines that each end in a break. */
  public static String of(FederationSummary summary) {
    StringBuilder text = new StringBuilder();
    if (summary.targetAccuracy() != null) {
      text.append(
          summary.roundsToTarget() == null
              ? NumberText.format(
                  "Accuracy %s was not reached in %,d rounds; the best was %.4f%n",
                  summary.targetAccuracy(), summary.rounds(), summary.bestAccuracy())
              : NumberText.format(
                  "Rounds to accuracy %s: %d%n",
                  summary.targetAccuracy(), summary.roundsToTarget()));
    }
    text.append(
        NumberText.format(
            "%,d rounds of %s in %s, %.3f s each; %s down, %s up%n",
            summary.rounds(),
            summary.strategy(),
            NumberText.duration(summary.seconds()),
            summary.seconds() / summary.rounds(),
            NumberText.megabytes(summary.bytesDown()),
            NumberText.megabytes(summary.bytesUp())));
    if (summary.epsilon() != null) {
      text.append(
          NumberText.format(
              "Privacy of clients: epsilon %.3f at delta %s%n",
              summary.epsilon(), summary.delta()));
    }
    return text.append(
            NumberText.format(
                "%s; %s%s)%n",
                NumberText.testAccuracy(
                    summary.testAccuracy(), summary.images(), summary.dataset()),
                summary.model(),
                summary.chosenByTest() == null ? "" : "; the test images decided when to stop"))
        .toString();
  }
}
