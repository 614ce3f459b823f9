package io.mnist4j.federated;

import io.mnist4j.data.DataSplit;
import io.mnist4j.data.Dataset;
import io.mnist4j.data.ImageSet;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.IntStream;

/** Training images as a federation deals them out. */
record FederationStartFixture(ImageSet train, int classes) {
  DataSplit split() {
    List<String> names = IntStream.range(0, classes).mapToObj(String::valueOf).toList();
    Dataset dataset = new Dataset("made", names, train, train, new TreeMap<>());
    return new DataSplit(dataset, names, train, train, train);
  }
}
