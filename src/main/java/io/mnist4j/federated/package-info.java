/**
 * A simulation of federated learning in one process: clients with images of their own train copies
 * of one network, and a server joins what they return. Nothing goes over a network. Start reading
 * at {@link io.mnist4j.federated.FederationSession}. May use {@code run} and what that may use.
 */
package io.mnist4j.federated;
