package io.mnist4j.text;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class NaturalOrderTest {
  @Test
  void numbersCountAsNumbers() {
    List<String> sorted =
        List.of(
            "",
            "0",
            "00",
            "1",
            "02",
            "2",
            "10",
            "a",
            "a1",
            "a1b",
            "a2",
            "a10",
            "a010b",
            "b",
            "b99999999999999999999998",
            "b99999999999999999999999",
            "c");
    List<String> shuffled = new ArrayList<>(sorted);
    for (int i = 0; i < 20; i++) {
      Collections.shuffle(shuffled, new java.util.Random(i));
      shuffled.sort(NaturalOrder.INSTANCE);
      assertEquals(sorted, shuffled);
    }
  }
}
