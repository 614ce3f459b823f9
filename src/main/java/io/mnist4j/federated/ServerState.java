package io.mnist4j.federated;

import io.mnist4j.federated.strategy.Strategy;
import java.util.Arrays;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What the server knows between two rounds, and for scaffold the clients.
 *
 * @param parameters of the network
 * @param states of the strategy, each with a number for each parameter
 * @param control the server's control variate; null where the strategy has none
 * @param controls those of the clients that have answered before; that of any other is 0
 */
record ServerState(
    float[] parameters, float[][] states, float[] control, SortedMap<Integer, float[]> controls) {

  /** Before the first round. */
  static ServerState first(float[] parameters, Strategy strategy) {
    float[][] states = new float[strategy.states()][parameters.length];
    for (int s = 0; s < states.length; s++) {
      Arrays.fill(states[s], strategy.firstState(s));
    }
    return new ServerState(
        parameters,
        states,
        strategy.usesControls() ? new float[parameters.length] : null,
        new TreeMap<>());
  }
}
