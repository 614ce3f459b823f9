package io.mnist4j.run;

import io.mnist4j.config.ConfigKey;
import io.mnist4j.config.KeyType;
import io.mnist4j.config.NamedNumbers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/** Makes valid settings out of nothing but the records' types and ranges. */
public final class RandomRecords {
  private static final List<String> TEXTS =
      List.of(
          "auto",
          "",
          " ",
          "null",
          "~",
          "true",
          "12",
          "1e3",
          "a: b",
          "#c",
          "- d",
          "*e",
          "'",
          "\"",
          "C:\\data",
          "/data/Zürich",
          "../mnist",
          "tab\tline\nend\r",
          "\u0000\u2028\ufeff",
          "数字 😀");

  private final Random random;

  public RandomRecords(long seed) {
    random = new Random(seed);
  }

  /** A record that its constructor accepts; its values may contradict each other at first. */
  public Record next(KeyType.Keys keys) {
    for (int attempt = 0; attempt < 1000; attempt++) {
      try {
        List<Object> values = new ArrayList<>();
        for (ConfigKey key : keys.keys()) {
          // Half of the keys as they are, so that contradictions stay rare.
          boolean standard = attempt > 0 && random.nextBoolean();
          values.add(standard ? key.valueIn(keys.standard()) : next(key, key.type()));
        }
        return keys.instance(values);
      } catch (IllegalArgumentException contradiction) {
        // Another attempt.
      }
    }
    return keys.standard();
  }

  private Object next(ConfigKey key, KeyType type) {
    if (type instanceof KeyType.IntType whole) {
      long min = Math.max(whole.min(), (long) key.doc().min());
      long max = Math.min(whole.max(), (long) key.doc().max());
      long near = min + random.nextInt(1000);
      long value = random.nextInt(5) == 0 ? max : near > max || near < min ? min : near;
      return whole.max() > Integer.MAX_VALUE ? (Object) value : (Object) (int) value;
    }
    if (type instanceof KeyType.NumberType) {
      double min = Math.max(-1e300, key.doc().min());
      double max = Math.min(1e300, key.doc().max());
      double part = Math.pow(random.nextDouble(), 1 + random.nextInt(20));
      return min + Math.min(Math.max(part, 1e-12), 0.999) * Math.min(max - min, 1e6);
    }
    if (type instanceof KeyType.BooleanType) {
      return random.nextBoolean();
    }
    if (type instanceof KeyType.Text) {
      return TEXTS.get(random.nextInt(TEXTS.size()));
    }
    if (type instanceof KeyType.NumbersByName) {
      String name = TEXTS.get(random.nextInt(TEXTS.size()));
      Map<String, Double> numbers =
          Map.of(name, 1e-3 + random.nextInt(1000), "b", random.nextDouble());
      return random.nextBoolean() ? NamedNumbers.word("balanced") : NamedNumbers.of(numbers);
    }
    if (type instanceof KeyType.EnumType word) {
      return any(List.copyOf(word.constants().values()));
    }
    if (type instanceof KeyType.OptionalType maybe) {
      return random.nextBoolean() ? Optional.empty() : Optional.of(next(key, maybe.value()));
    }
    if (type instanceof KeyType.ListOf list) {
      List<Object> items = new ArrayList<>();
      for (int left = random.nextInt(4); left > 0; left--) {
        items.add(next(key, list.item()));
      }
      return items;
    }
    if (type instanceof KeyType.OneOf choice) {
      return next(any(List.copyOf(choice.choices().values())));
    }
    return next((KeyType.Keys) type);
  }

  private <T> T any(List<T> all) {
    return all.get(random.nextInt(all.size()));
  }
}
