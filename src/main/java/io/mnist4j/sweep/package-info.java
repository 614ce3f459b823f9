/**
 * Many runs instead of one: a search over the keys of the experiment file. {@link
 * io.mnist4j.sweep.Sweep} is what is searched, {@link io.mnist4j.sweep.SweepRun} carries it out.
 * May use {@code sweep.workers} and what that may use.
 */
package io.mnist4j.sweep;
