package io.mnist4j.issues;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.mnist4j.data.Dataset;
import io.mnist4j.data.ImageSet;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ClassChecksTest {
  /** A set with so many images of each class. */
  private static ImageSet set(int... counts) {
    int size = 0;
    for (int count : counts) {
      size += count;
    }
    byte[] labels = new byte[size];
    int next = 0;
    for (int label = 0; label < counts.length; label++) {
      for (int i = 0; i < counts[label]; i++) {
        labels[next++] = (byte) label;
      }
    }
    return new ImageSet(1, 1, new byte[size], labels);
  }

  private static List<String> notices(ImageSet train, ImageSet test) {
    Dataset dataset = new Dataset("x", List.of("a", "b", "c"), train, test, new TreeMap<>());
    return ClassChecks.of(dataset.classNames(), JoinedParts.of(dataset)).stream()
        .map(notice -> notice.kind() + ": " + notice.text())
        .toList();
  }

  @Test
  void aBalancedSetHasNone() {
    assertEquals(List.of(), notices(set(100, 110, 90), set(10, 9, 11)));
  }

  @Test
  void namesAClassThatIsMissing() {
    assertEquals(
        List.of("missing-class: test has no image of class c"),
        notices(set(100, 100, 100), set(10, 10, 0)));
  }

  @Test
  void namesTheRarestAndTheMostFrequentClass() {
    assertEquals(
        List.of(
            "imbalance: train has 10 images of class b and 1,000 of class c, 100.0 times as many"),
        notices(set(900, 10, 1000), set(9, 9, 10)));
  }

  @Test
  void namesClassesWhoseSharesDiffer() {
    assertEquals(
        List.of("other-shares: class a is 60.0 % of test and 28.6 % of train"),
        notices(set(200, 250, 250), set(300, 100, 100)));
  }
}
