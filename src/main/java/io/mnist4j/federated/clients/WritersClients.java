package io.mnist4j.federated.clients;

import io.mnist4j.config.Key;
import io.mnist4j.data.DataSplit;
import io.mnist4j.data.ImageSet;
import io.mnist4j.errors.ConfigException;
import io.mnist4j.errors.DataException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * The people who wrote MNIST's training images, 539 of them: QMNIST's table names the writer of
 * each (Yadav and Bottou, "Cold case: the lost MNIST digits", 2019).
 */
@Key("the people who wrote MNIST's training images")
public record WritersClients(
    @Key("QMNIST's table of the training labels; empty: among the data sets") String labels)
    implements Clients {
  public static final WritersClients DEFAULT = new WritersClients("");

  private static final String FILE = "qmnist-train-labels-idx2-int";

  public WritersClients {
    Objects.requireNonNull(labels, "labels");
  }

  @Override
  public int[][] deal(DataSplit images, Path dataFolder, long seed)
      throws ConfigException, DataException {
    Path file = labels.isEmpty() ? find(dataFolder) : Path.of(labels);
    WriterTable table = WriterTable.read(file);
    ImageSet train = images.train();
    boolean all = train.size() == images.dataset().train().size();
    if (!all || !table.isOf(train)) {
      throw new ConfigException(
          "clients.writers: %s names the writers of MNIST's 60,000 training images in their order"
                  .formatted(file.getFileName())
              + (all
                  ? ", and %s has other ones".formatted(images.dataset().name())
                  : "; leave data.limit, data.classes, data.exclude and a share of data.validation"
                      + " out"));
    }
    TreeMap<Integer, IntStream.Builder> ofWriter = new TreeMap<>();
    for (int i = 0; i < train.size(); i++) {
      ofWriter.computeIfAbsent(table.writer(i), writer -> IntStream.builder()).add(i);
    }
    return ofWriter.values().stream().map(ofOne -> ofOne.build().toArray()).toArray(int[][]::new);
  }

  private static Path find(Path dataFolder) throws DataException {
    for (Path folder :
        List.of(dataFolder.resolve("qmnist"), dataFolder, dataFolder.resolve(".."))) {
      for (String suffix : List.of(".gz", "")) {
        Path file = folder.resolve(FILE + suffix).normalize();
        if (Files.isRegularFile(file)) {
          return file;
        }
      }
    }
    throw new DataException(
        "%s.gz is neither in %s nor in its folder qmnist; `mnist4j data fetch qmnist` gets it"
            .formatted(FILE, dataFolder));
  }

  @Override
  public String text() {
    return "the writers of MNIST";
  }
}
