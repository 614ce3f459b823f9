package io.mnist4j.federated.strategy;

/**
 * How the server makes new parameters of what the clients return. The delta of a round is the mean
 * of what the clients' parameters are above the server's, each client weighted by its images.
 */
public sealed interface Strategy
    permits FedavgStrategy, FedproxStrategy, FedavgmStrategy, FedadamStrategy, ScaffoldStrategy {

  /** Its name in the settings. */
  String key();

  /** Numbers that the server keeps for each parameter from round to round. */
  default int states() {
    return 0;
  }

  /** What its states are before the first round. */
  default float firstState(int state) {
    return 0;
  }

  /** How strongly the clients' weights are pulled back to the server's; 0 for not at all. */
  default double pull() {
    return 0;
  }

  /** Whether server and clients keep control variates. */
  default boolean usesControls() {
    return false;
  }

  /** Whether clients count by their images; else all alike. */
  default boolean weighsByImages() {
    return true;
  }

  /**
   * Changes a parameter.
   *
   * @param w the parameter now
   * @param delta of the round
   * @param states of the server, each for all parameters; this parameter's are changed
   * @param i index of the parameter
   * @return the new parameter
   */
  float step(float w, double delta, float[][] states, int i);
}
