package io.mnist4j.report.page;

import io.mnist4j.errors.ConfigException;
import io.mnist4j.errors.RunFolderException;
import io.mnist4j.federated.Federation;
import io.mnist4j.federated.FederationFile;
import io.mnist4j.federated.FederationFolder;
import io.mnist4j.federated.FederationSummary;
import io.mnist4j.federated.RoundMetrics;
import io.mnist4j.report.plot.Drawing;
import io.mnist4j.report.plot.RoundsPlot;
import io.mnist4j.report.text.HtmlTemplates;
import io.mnist4j.report.text.NumberText;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What the page of a federation shows; the template {@code federation.jte} says how.
 *
 * @param rounds at least one
 * @param result empty if it has not come to its end
 */
public record FederationPage(
    FederationFolder folder,
    Federation federation,
    List<RoundMetrics> rounds,
    Optional<FederationSummary> result) {
  /** Rows of the table of rounds. */
  private static final int SHOWN = 40;

  public FederationPage {
    rounds = List.copyOf(rounds);
  }

  /**
   * Reads the files of a federation.
   *
   * @throws RunFolderException if one is missing or damaged, or there is no round yet
   * @throws ConfigException if its settings are damaged
   */
  public static FederationPage of(FederationFolder folder)
      throws RunFolderException, ConfigException {
    List<RoundMetrics> rounds = folder.readRounds();
    if (rounds.isEmpty()) {
      throw new RunFolderException(folder.rounds() + ": there is no round to show yet");
    }
    return new FederationPage(
        folder,
        FederationFile.read(folder.run().config(), List.of()),
        rounds,
        Files.exists(folder.run().summary())
            ? Optional.of(folder.readSummary())
            : Optional.empty());
  }

  /** The whole page. */
  public String html() {
    return HtmlTemplates.render("federation.jte", this);
  }

  /** The plots of the page. */
  public List<Drawing> drawings() {
    return List.of(accuracy(), loss());
  }

  public Drawing accuracy() {
    return RoundsPlot.accuracy(rounds, federation.targetAccuracy());
  }

  public Drawing loss() {
    return RoundsPlot.loss(rounds);
  }

  /** The name of the folder. */
  public String name() {
    return folder.path().toAbsolutePath().normalize().getFileName().toString();
  }

  /** The line below the title. */
  public String lead() {
    return "Federated learning, simulated: %s, %s of them in a round, joined by %s."
        .formatted(
            federation.clients().text(),
            NumberText.percent(federation.fraction(), 1),
            federation.strategy().key());
  }

  /** Whether an accuracy was to be reached, and the result says whether it was. */
  public boolean hasTarget() {
    return result.isPresent() && result.get().targetAccuracy() != null;
  }

  /** {@code Rounds to 97.0 %}. */
  public String targetTitle() {
    return "Rounds to " + NumberText.percent(result.orElseThrow().targetAccuracy(), 1);
  }

  /** How many it took. */
  public String targetText() {
    Integer reached = result.orElseThrow().roundsToTarget();
    return reached == null ? "not reached" : NumberText.count(reached);
  }

  public long bytesDown() {
    return rounds.stream().mapToLong(RoundMetrics::bytesDown).sum();
  }

  public long bytesUp() {
    return rounds.stream().mapToLong(RoundMetrics::bytesUp).sum();
  }

  public double seconds() {
    return rounds.stream().mapToDouble(RoundMetrics::seconds).sum();
  }

  /** The head of the table of rounds. */
  public List<String> head() {
    return List.of("round", "accuracy", "loss", "clients' loss", "answered", "MB down", "MB up");
  }

  /** Its rows: all rounds, or some at equal distances. */
  public List<List<String>> rows() {
    int every = (rounds.size() + SHOWN - 1) / SHOWN;
    List<List<String>> rows = new ArrayList<>();
    for (RoundMetrics round : rounds) {
      if (round.round() % every == 0 || round.round() == rounds.size() || round.round() == 1) {
        rows.add(
            List.of(
                NumberText.count(round.round()),
                NumberText.share(round.accuracy()),
                NumberText.share(round.loss()),
                NumberText.share(round.trainLoss() == null ? Double.NaN : round.trainLoss()),
                round.answered() + " of " + round.clients(),
                NumberText.format("%.2f", round.bytesDown() / 1e6),
                NumberText.format("%.2f", round.bytesUp() / 1e6)));
      }
    }
    return rows;
  }

  /** The text of config.yaml. */
  public String settings() {
    return FederationFile.toYaml(federation);
  }
}
