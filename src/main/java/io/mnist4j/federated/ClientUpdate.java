package io.mnist4j.federated;

import java.io.Serializable;

/**
 * What a client returns.
 *
 * @param images that it learned from
 * @param loss mean over its steps
 * @param parameters at the end
 * @param control its new control variate; null where there is none
 */
public record ClientUpdate(int client, int images, double loss, float[] parameters, float[] control)
    implements Serializable {}
