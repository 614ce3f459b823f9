/**
 * A simulation of federated learning: clients with images of their own train copies of one network,
 * and a server joins what they return. They share this process, or the executors of a cluster.
 * Start reading at {@link io.mnist4j.federated.FederationSession}. May use {@code run} and what
 * that may use.
 */
package io.mnist4j.federated;
