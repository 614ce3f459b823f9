package io.mnist4j.federated;

import io.mnist4j.data.DataSplit;
import java.util.Arrays;
import java.util.IntSummaryStatistics;

/**
 * A federation that is about to begin or to go on.
 *
 * @param clients the images of each
 * @param perRound clients of a round
 * @param parameters of the network
 * @param done rounds that are done
 * @param atOnce clients that train side by side
 */
public record FederationStart(
    Federation federation,
    FederationFolder folder,
    DataSplit images,
    int[][] clients,
    int perRound,
    int parameters,
    int done,
    int atOnce) {

  /** Fewest, most and mean images of a client. */
  public IntSummaryStatistics imagesOfClients() {
    return Arrays.stream(clients).mapToInt(images -> images.length).summaryStatistics();
  }
}
