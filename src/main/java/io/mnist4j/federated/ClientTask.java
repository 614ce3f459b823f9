package io.mnist4j.federated;

/**
 * What a client is to do in a round.
 *
 * @param client its number, from 0
 * @param images indices of its training images
 * @param round from 1
 * @param server the parameters that it begins with; not changed
 * @param serverControl not changed; null where there is none
 * @param control the client's own; null where there is none, or it is 0
 */
public record ClientTask(
    int client, int[] images, int round, float[] server, float[] serverControl, float[] control) {}
