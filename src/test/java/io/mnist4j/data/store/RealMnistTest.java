package io.mnist4j.data.store;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.mnist4j.data.Dataset;
import io.mnist4j.data.catalogue.Catalogue;
import io.mnist4j.data.fetch.FetchListener;
import io.mnist4j.data.fetch.TestMirror;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

@EnabledIf(value = "io.mnist4j.data.store.RealMnist#isPresent", disabledReason = RealMnist.ABSENT)
class RealMnistTest {
  @Test
  void isWhatTheCatalogueSays() throws Exception {
    Dataset mnist =
        new DataStore(RealMnist.folder(), TestMirror.SETTINGS)
            .load(Catalogue.MNIST, FetchListener.SILENT);
    assertEquals(60_000, mnist.train().size());
    assertEquals(10_000, mnist.test().size());
    assertEquals(28, mnist.train().height());
    assertEquals(28, mnist.train().width());
    assertEquals(
        Catalogue.MNIST.files().stream()
            .map(file -> file.hash().orElseThrow().hex())
            .sorted()
            .toList(),
        mnist.contentSha256().values().stream().sorted().toList());
    int[] firstLabels = new int[5];
    for (int i = 0; i < 5; i++) {
      firstLabels[i] = mnist.train().label(i);
    }
    assertArrayEquals(new int[] {5, 0, 4, 1, 9}, firstLabels);
  }

  @Test
  void isNotFashion() {
    DataStore store = new DataStore(RealMnist.folder(), TestMirror.SETTINGS);
    assertEquals("missing", DatasetStatus.of(Catalogue.FASHION_MNIST, store).state());
  }
}
