package io.mnist4j.federated.clients;

import io.mnist4j.config.ConfigKey;
import io.mnist4j.config.Key;
import io.mnist4j.data.DataSplit;
import io.mnist4j.data.ImageSet;
import io.mnist4j.errors.ConfigException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * Clients that know a few classes: the images are sorted by class and cut into shards of equal
 * size, and each client gets some shards by chance (McMahan et al., "Communication-efficient
 * learning of deep networks from decentralized data", 2017, section 3). A shard may reach from one
 * class into the next, and two shards of a client may be of one class.
 */
@Key("clients with shards of the images sorted by class, so with few classes each")
public record ClassesClients(
    @Key(value = "how many clients", min = 1, max = 1_000_000) int count,
    @Key(value = "shards of each, which are about as many classes", min = 1) int perClient)
    implements Clients {
  public static final ClassesClients DEFAULT = new ClassesClients(100, 2);

  /**
   * @throws IllegalArgumentException if a value is out of range; the message begins with its key
   */
  public ClassesClients {
    ConfigKey.requireInRange(ClassesClients.class, count, perClient);
  }

  @Override
  public int[][] deal(DataSplit images, TableSource tables, long seed) throws ConfigException {
    ImageSet train = images.train();
    if (perClient > images.classes()) {
      throw new ConfigException(
          "clients.classes.per-client must be at most %d, the number of classes, not %d"
              .formatted(images.classes(), perClient));
    }
    long shards = (long) count * perClient;
    Dealing.requireEnough("clients.classes", shards, train);
    int[] sorted =
        IntStream.range(0, train.size())
            .boxed()
            .sorted(Comparator.comparing(train::label))
            .mapToInt(Integer::intValue)
            .toArray();
    int[][] parts = Dealing.equalParts(sorted, (int) shards);
    int[] order =
        Dealing.shuffled(parts.length, new RoundRandom(seed, RoundRandom.Purpose.DEALING, 0));
    int[][] clients = new int[count][];
    for (int c = 0; c < count; c++) {
      int[] ofClient = Arrays.copyOfRange(order, c * perClient, (c + 1) * perClient);
      clients[c] =
          Arrays.stream(ofClient).flatMap(shard -> Arrays.stream(parts[shard])).sorted().toArray();
    }
    return clients;
  }

  @Override
  public String text() {
    return "%,d clients with %d shards by class each".formatted(count, perClient);
  }
}
