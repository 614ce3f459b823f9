package io.mnist4j.federated.clients;

import io.mnist4j.config.ConfigKey;
import io.mnist4j.config.Key;
import io.mnist4j.data.DataSplit;
import io.mnist4j.errors.ConfigException;
import java.util.Arrays;

/** Clients that are all alike. */
@Key("clients with equal shares of the images, by chance")
public record IidClients(@Key(value = "how many clients", min = 1, max = 1_000_000) int count)
    implements Clients {
  public static final IidClients DEFAULT = new IidClients(100);

  /**
   * @throws IllegalArgumentException if a value is out of range; the message begins with its key
   */
  public IidClients {
    ConfigKey.requireInRange(IidClients.class, count);
  }

  @Override
  public int[][] deal(DataSplit images, TableSource tables, long seed) throws ConfigException {
    Dealing.requireEnough("clients.iid.count", count, images.train());
    RoundRandom random = new RoundRandom(seed, RoundRandom.Purpose.DEALING, 0);
    int[][] parts = Dealing.equalParts(Dealing.shuffled(images.train().size(), random), count);
    for (int[] part : parts) {
      Arrays.sort(part);
    }
    return parts;
  }

  @Override
  public String text() {
    return "%,d clients alike".formatted(count);
  }
}
