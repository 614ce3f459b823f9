/**
 * Steps of a training that DL4J computes: on the CPU, resident on a device, on several devices. May
 * use {@code train} and what that may use.
 */
package io.mnist4j.train.learner;
