package io.mnist4j.federated;

/**
 * What a client returns.
 *
 * @param images that it learned from
 * @param loss mean over its steps
 * @param parameters at the end
 * @param control its new control variate; null where there is none
 */
record ClientUpdate(int client, int images, double loss, float[] parameters, float[] control) {}
