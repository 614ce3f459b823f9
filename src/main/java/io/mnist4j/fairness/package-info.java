/**
 * How a model treats groups of images, such as those of different writers: figures by group, and
 * the gap between the best and the worst. Start reading at {@link io.mnist4j.fairness.GroupReport}.
 * May use {@code run} and what that may use.
 */
package io.mnist4j.fairness;
