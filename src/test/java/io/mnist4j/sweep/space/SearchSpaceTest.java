package io.mnist4j.sweep.space;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SearchSpaceTest {
  private static final Parameter WORD = new Parameter("word", new Choice(List.of("a", "b")));
  private static final Parameter COUNT =
      new Parameter(
          "count", new IntDomain(1, 9, false), Optional.of(new Condition("word", List.of("b"))));
  private static final Parameter RATE = new Parameter("rate", new FloatDomain(0.1, 1, true));

  static List<Domain> domains() {
    return List.of(
        new FloatDomain(-2, 3, false),
        new FloatDomain(1e-300, 1e300, true),
        new FloatDomain(4, 4, false),
        new IntDomain(-3, 3, false),
        new IntDomain(1, 1_000_000, true),
        new IntDomain(5, 5, true),
        new Choice(List.of("a", 2, true)),
        new Choice(List.of(1)));
  }

  @ParameterizedTest
  @MethodSource("domains")
  void everyPlaceIsAValueAndLeadsBackToIt(Domain domain) {
    Object first = domain.at(0);
    Object last = domain.at(1);
    for (int i = 0; i <= 1000; i++) {
      Object value = domain.at(i / 1000.0);
      assertTrue(domain.contains(value), value + " in " + domain);
      double place = domain.position(value);
      assertTrue(place >= 0 && place <= 1, place + " for " + value);
      Object again = domain.at(place);
      if (domain instanceof FloatDomain range) {
        double real = (Double) value;
        assertEquals(real, (Double) again, 1e-9 * Math.abs(real) + (range.log() ? 0 : 1e-12));
      } else {
        assertEquals(value, again);
      }
    }
    if (domain instanceof FloatDomain real) {
      assertEquals(real.low(), first);
      assertEquals(real.high(), last);
    } else if (domain instanceof IntDomain whole) {
      assertEquals(whole.low(), first);
      assertEquals(whole.high(), last);
    } else {
      assertEquals(((Choice) domain).values().get(0), first);
    }
  }

  @Test
  void wholeNumbersAndChoicesHaveEvenShares() {
    int[] counts = new int[4];
    for (int i = 0; i < 3000; i++) {
      counts[(Integer) new IntDomain(1, 3, false).at((i + 0.5) / 3000)]++;
    }
    assertEquals("[0, 1000, 1000, 1000]", Arrays.toString(counts));
  }

  @Test
  void numbersAreTheSameInAnyType() {
    assertTrue(new IntDomain(1, 9, false).contains(4L));
    assertTrue(new IntDomain(1, 9, false).contains(4.0));
    assertFalse(new IntDomain(1, 9, false).contains(4.5));
    assertFalse(new IntDomain(1, 9, false).contains("4"));
    assertTrue(new FloatDomain(0, 1, false).contains(1));
    assertFalse(new FloatDomain(0, 1, false).contains(Double.NaN));
    assertTrue(new Choice(List.of(64, "x")).contains(64.0));
    assertFalse(new Choice(List.of(64, "x")).contains("64"));
  }

  @Test
  void pointFromElsewhereGetsThisSpacesOrderAndTypes() {
    SearchSpace space = new SearchSpace(List.of(WORD, COUNT, RATE));
    Point point = space.point(Map.of("rate", 1, "count", 3L, "word", "b"));
    assertEquals(List.of("word", "count", "rate"), new ArrayList<>(point.values().keySet()));
    assertEquals(List.of("b", 3, 1.0), new ArrayList<>(point.values().values()));
  }

  @Test
  void conditionMayNameAValueTwiceAndANumberInAnotherType() {
    SearchSpace space =
        new SearchSpace(
            List.of(
                new Parameter("n", new IntDomain(1, 3, false)),
                new Parameter(
                    "x",
                    new IntDomain(1, 2, false),
                    Optional.of(new Condition("n", List.of(2.0, 2, 2L))))));
    assertEquals(2, space.point(Map.of("n", 2, "x", 2)).values().size());
    assertEquals(1, space.point(Map.of("n", 3)).values().size());
  }

  @Test
  void wrongPointsAreRefusedByKey() {
    SearchSpace space = new SearchSpace(List.of(WORD, COUNT, RATE));
    assertFails("rate has no value", () -> space.point(Map.of("word", "a")));
    assertFails(
        "rate: 2 is not a number from 0.1 to 1.0",
        () -> space.point(Map.of("word", "a", "rate", 2)));
    assertFails(
        "count has a value, but the condition for it is not met",
        () -> space.point(Map.of("word", "a", "rate", 1, "count", 2)));
    assertFails(
        "other is not a parameter of the search",
        () -> space.point(Map.of("word", "a", "rate", 1, "other", 2)));
  }

  @Test
  void wrongSpacesAreRefused() {
    assertFails("a search needs at least one parameter", () -> new SearchSpace(List.of()));
    assertFails("word is searched twice", () -> new SearchSpace(List.of(WORD, WORD)));
    assertFails(
        "count depends on word, which must come before it",
        () -> new SearchSpace(List.of(COUNT, WORD)));
    assertFails(
        "count depends on word, which is not searched",
        () -> new SearchSpace(List.of(RATE, COUNT)));
    assertFails(
        "x depends on word being c, which it never is",
        () -> new SearchSpace(List.of(WORD, dependent("word", "c"))));
    assertFails(
        "x depends on single values of rate, which takes any number of a range",
        () -> new SearchSpace(List.of(RATE, dependent("rate", 0.5))));
    assertFails(
        "x depends on x, which must come before it",
        () -> new SearchSpace(List.of(dependent("x", 1))));
  }

  private static Parameter dependent(String other, Object value) {
    return new Parameter(
        "x", new IntDomain(1, 2, false), Optional.of(new Condition(other, List.of(value))));
  }

  @Test
  void wrongDomainsAreRefused() {
    assertFails(
        "a range begins with its lower end, not 2.0 before 1.0",
        () -> new FloatDomain(2, 1, false));
    assertFails(
        "a logarithmic range begins above 0, not at 0.0", () -> new FloatDomain(0, 1, true));
    assertFails(
        "a range needs two finite ends, not NaN and 1.0",
        () -> new FloatDomain(Double.NaN, 1, false));
    assertFails(
        "a range begins with its lower end, not 2 before 1", () -> new IntDomain(2, 1, false));
    assertFails(
        "a logarithmic range begins at 1 or above, not at 0", () -> new IntDomain(0, 1, true));
    assertFails("a list of choices needs at least one value", () -> new Choice(List.of()));
    assertFails("the choice 1.0 is there twice", () -> new Choice(List.of(1, 2, 1.0)));
    assertFails("a choice is empty", () -> new Choice(Arrays.asList(1, null)));
    assertFails(
        "a condition on word has an empty value",
        () -> new Condition("word", Arrays.asList("a", null)));
    assertFails(
        "a condition on word needs at least one value", () -> new Condition("word", List.of()));
  }

  private static void assertFails(String message, Executable wrong) {
    assertEquals(message, assertThrows(IllegalArgumentException.class, wrong).getMessage());
  }
}
