package io.mnist4j.digits;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class OrderStatisticsTest {

  @Test
  void eachRankIsThatOfTheSortedValues() {
    Random random = new Random(1);
    for (int count : new int[] {1, 2, 3, 10, 57}) {
      for (int different : new int[] {1, 3, 1000}) {
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
          values[i] = random.nextInt(different) - 1;
        }
        float[] sorted = values.clone();
        Arrays.sort(sorted);
        for (int rank = 0; rank < count; rank++) {
          assertEquals(sorted[rank], OrderStatistics.select(values.clone(), rank));
        }
      }
    }
  }
}
