/**
 * Whose the training images of a federation are, and the random numbers of its rounds. May use
 * {@code run} and what that may use.
 */
package io.mnist4j.federated.clients;
