package io.mnist4j.api;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The best trial of a search.
 *
 * @param trial its number, from 0
 * @param value of the objective
 * @param settings keys of the experiment to values
 * @param trials how many were tried
 */
public record SearchResult(int trial, double value, Map<String, Object> settings, int trials) {
  public SearchResult {
    settings = Collections.unmodifiableMap(new LinkedHashMap<>(settings));
  }
}
