package io.mnist4j.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class DatasetTest {
  private static final ImageSet SMALL = new ImageSet(1, 2, new byte[4], new byte[2]);
  private static final ImageSet LARGE = new ImageSet(2, 2, new byte[8], new byte[2]);

  @Test
  void bothSetsHaveOneSize() {
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> dataset(SMALL, LARGE));
    assertEquals("training images are 1x2, test images 2x2", e.getMessage());
    assertEquals(2, dataset(SMALL, SMALL).classes());
  }

  @Test
  void theTestSetMayAlsoValidate() {
    Dataset dataset = dataset(SMALL, SMALL);
    assertTrue(new DataSplit(dataset, List.of("a"), SMALL, SMALL, SMALL).validatesOnTest());
    ImageSet other = new ImageSet(1, 2, new byte[4], new byte[2]);
    assertFalse(new DataSplit(dataset, List.of("a"), SMALL, other, SMALL).validatesOnTest());
  }

  private static Dataset dataset(ImageSet train, ImageSet test) {
    return new Dataset("x", List.of("a", "b"), train, test, new TreeMap<>());
  }
}
