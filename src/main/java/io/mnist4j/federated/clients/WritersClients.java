package io.mnist4j.federated.clients;

import io.mnist4j.config.Key;
import io.mnist4j.data.DataSplit;
import io.mnist4j.data.Part;
import io.mnist4j.data.groups.GroupTable;
import io.mnist4j.data.groups.GroupsOfImages;
import io.mnist4j.errors.ConfigException;
import io.mnist4j.errors.DataException;
import java.util.Arrays;
import java.util.Objects;
import java.util.stream.IntStream;

/**
 * The people who wrote the images: of MNIST's training images 539, by QMNIST's table of labels
 * (Yadav and Bottou, "Cold case: the lost MNIST digits", 2019); of others by a table with a column
 * {@code writer}.
 *
 * @param table a file, or a name of the catalogue
 */
@Key("the people who wrote the training images")
public record WritersClients(
    @Key("who wrote what: a table with a column writer, or mnist-writers") String table)
    implements Clients {
  public static final WritersClients DEFAULT = new WritersClients("mnist-writers");

  public WritersClients {
    Objects.requireNonNull(table, "table");
  }

  @Override
  public int[][] deal(DataSplit images, TableSource tables, long seed)
      throws ConfigException, DataException {
    GroupTable found = tables.read(table);
    String column = found.column(GroupTable.WRITER);
    GroupsOfImages rows = found.of(Part.TRAIN, images.train(), images.classNames());
    IntStream.Builder[] ofWriters = new IntStream.Builder[rows.names(column).size()];
    Arrays.setAll(ofWriters, writer -> IntStream.builder());
    int[] writers = rows.of(column);
    for (int image = 0; image < writers.length; image++) {
      ofWriters[writers[image]].add(image);
    }
    return Arrays.stream(ofWriters).map(ofOne -> ofOne.build().toArray()).toArray(int[][]::new);
  }

  @Override
  public String text() {
    return table.equals(DEFAULT.table()) ? "the writers of MNIST" : "the writers of " + table;
  }
}
