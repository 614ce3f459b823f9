/**
 * How a server joins what the clients of a round return: pure functions of numbers. May use {@code
 * run} and what that may use.
 */
package io.mnist4j.federated.strategy;
