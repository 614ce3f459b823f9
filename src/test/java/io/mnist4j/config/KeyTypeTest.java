package io.mnist4j.config;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mnist4j.run.Experiment;
import io.mnist4j.run.KitchenSink;
import io.mnist4j.run.RandomRecords;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What is said of each setting is what its constructor does. */
class KeyTypeTest {
  @Test
  void everyKeyAndEveryChoiceIsDescribed() {
    Map<String, Key> docs = new LinkedHashMap<>();
    // A component without a @Key ends this already.
    for (KeyType.Keys keys : allKeys(KeyType.Keys.of(Experiment.class))) {
      keys.keys()
          .forEach(key -> docs.put(keys.type().getSimpleName() + "." + key.name(), key.doc()));
    }
    for (KeyType.Keys choice : allChoices(KeyType.Keys.of(Experiment.class))) {
      Key doc = choice.type().getAnnotation(Key.class);
      assertTrue(doc != null, choice.type() + " lacks a @Key");
      docs.put(choice.type().getSimpleName(), doc);
    }
    docs.forEach(
        (name, doc) -> {
          assertTrue(doc.value().matches("[!-~][ -~]{2,88}[!-~&&[^.]]"), name + ": " + doc.value());
          assertFalse(doc.aboveMin() && Double.isInfinite(doc.min()), name);
          assertFalse(doc.belowMax() && Double.isInfinite(doc.max()), name);
        });
  }

  @Test
  void rangesAreThoseOfTheConstructors() {
    assertTrue(probe(KeyType.Keys.of(Experiment.class)) >= 6);
    assertEquals(7, probe(KitchenSink.KEYS));
  }

  /** How many keys were tried. */
  private static int probe(KeyType.Keys root) {
    int probed = 0;
    for (KeyType.Keys keys : allKeys(root)) {
      for (ConfigKey key : keys.keys()) {
        if (number(key.type()).isPresent()) {
          new Bounds(keys, key, number(key.type()).get()).probe();
          probed++;
        } else {
          assertEquals("", key.range(), keys.type() + "." + key.name() + " is no number");
        }
      }
    }
    return probed;
  }

  /** The numbers that a key takes, alone, in a list or optionally. */
  private static Optional<KeyType> number(KeyType type) {
    if (type instanceof KeyType.OptionalType maybe) {
      return number(maybe.value());
    }
    if (type instanceof KeyType.ListOf list) {
      return number(list.item());
    }
    boolean isNumber = type instanceof KeyType.IntType || type instanceof KeyType.NumberType;
    return isNumber ? Optional.of(type) : Optional.empty();
  }

  /** Tries a constructor at both ends of a key's range, and just beyond. */
  private record Bounds(KeyType.Keys keys, ConfigKey key, KeyType number) {
    void probe() {
      Key doc = key.doc();
      if (number instanceof KeyType.IntType whole) {
        assertFalse(doc.aboveMin() || doc.belowMax(), name() + ": name the last whole number");
        if (doc.min() > whole.min()) {
          assertRefused((long) doc.min() - 1);
        }
        if (doc.max() < whole.max()) {
          assertRefused((long) doc.max() + 1);
        }
        assertAccepted(Math.max(whole.min(), (long) doc.min()));
        assertAccepted(Math.min(whole.max(), (long) doc.max()));
        return;
      }
      assertRefused(Double.NaN);
      if (Double.isInfinite(doc.min())) {
        assertAccepted(-Double.MAX_VALUE);
      } else if (doc.aboveMin()) {
        assertRefused(doc.min());
        assertAccepted(Math.nextUp(doc.min()));
      } else {
        assertRefused(Math.nextDown(doc.min()));
        assertAccepted(doc.min());
      }
      if (Double.isInfinite(doc.max())) {
        assertAccepted(Double.MAX_VALUE);
      } else if (doc.belowMax()) {
        assertRefused(doc.max());
        assertAccepted(Math.nextDown(doc.max()));
      } else {
        assertRefused(Math.nextUp(doc.max()));
        assertAccepted(doc.max());
      }
    }

    private String name() {
      return keys.type().getSimpleName() + "." + key.name();
    }

    private void assertRefused(Number value) {
      String message = refusal(keys.standard(), value).orElse("nothing");
      assertTrue(
          message.startsWith(key.name() + " must be "),
          "%s = %s is out of the range of its @Key, and the constructor says %s"
              .formatted(name(), value, message));
    }

    /** With some values of the other keys, since the defaults may contradict this one. */
    private void assertAccepted(Number value) {
      RandomRecords others = new RandomRecords(1);
      Optional<String> refusal = refusal(keys.standard(), value);
      for (int i = 0; i < 1000 && refusal.isPresent(); i++) {
        refusal = refusal(others.next(keys), value);
      }
      assertEquals(Optional.empty(), refusal, name() + " = " + value + " is in its @Key's range");
    }

    private Optional<String> refusal(Record others, Number value) {
      List<Object> values = new ArrayList<>();
      for (ConfigKey each : keys.keys()) {
        values.add(each.equals(key) ? like(each.valueIn(others), value) : each.valueIn(others));
      }
      try {
        keys.instance(values);
        return Optional.empty();
      } catch (IllegalArgumentException refused) {
        return Optional.of(refused.getMessage());
      }
    }

    private Object like(Object usual, Number value) {
      Object exact =
          number.equals(KeyType.of(int.class))
              ? (Object) value.intValue()
              : number instanceof KeyType.IntType ? (Object) value.longValue() : (Object) value;
      if (key.type() instanceof KeyType.OptionalType) {
        return Optional.of(exact);
      }
      // As many numbers as there are by default, in case that the constructor counts them.
      return usual instanceof List<?> list
          ? list.isEmpty() ? List.of(exact) : list.stream().map(item -> exact).toList()
          : exact;
    }
  }

  private static Set<KeyType.Keys> allKeys(KeyType type) {
    Set<KeyType.Keys> all = new LinkedHashSet<>();
    collect(type, all, new LinkedHashSet<>());
    return all;
  }

  private static Set<KeyType.Keys> allChoices(KeyType type) {
    Set<KeyType.Keys> all = new LinkedHashSet<>();
    collect(type, new LinkedHashSet<>(), all);
    return all;
  }

  private static void collect(KeyType type, Set<KeyType.Keys> all, Set<KeyType.Keys> choices) {
    if (type instanceof KeyType.Keys keys) {
      if (all.stream().noneMatch(each -> each.type() == keys.type())) {
        all.add(keys);
      }
      keys.keys().forEach(key -> collect(key.type(), all, choices));
    } else if (type instanceof KeyType.OneOf choice) {
      choices.addAll(choice.choices().values());
      choice.choices().values().forEach(keys -> collect(keys, all, choices));
    } else if (type instanceof KeyType.ListOf list) {
      collect(list.item(), all, choices);
    } else if (type instanceof KeyType.OptionalType maybe) {
      collect(maybe.value(), all, choices);
    }
  }

  @Test
  void defaultsExist() {
    allKeys(KitchenSink.KEYS).forEach(keys -> assertDoesNotThrow(keys::standard));
    allKeys(KeyType.Keys.of(Experiment.class)).forEach(keys -> assertDoesNotThrow(keys::standard));
  }

  @Test
  void wordsAreSpelledAsUsual() {
    assertEquals("batch-size", KeyType.kebabCase("batchSize"));
    assertEquals("beta1", KeyType.kebabCase("beta1"));
    assertEquals("one-cycle", KeyType.kebabCase("OneCycle"));
    assertEquals("conv2d", KeyType.kebabCase("Conv2D"));
    assertEquals("adamw", KeyType.kebabCase("AdamW"));
    assertEquals("dark-blue", KeyType.kebabCase(KitchenSink.Colour.DARK_BLUE));
  }
}
