/**
 * Many runs instead of one: a search over the keys of the experiment file. {@link
 * io.mnist4j.sweep.Sweep} is what is searched, {@link io.mnist4j.sweep.SweepRun} carries it out,
 * {@link io.mnist4j.sweep.Journal} is its memory, {@link io.mnist4j.sweep.TrialRunner} is one
 * trial; {@code search} holds the mathematics. May import {@code experiment} and the packages above
 * it.
 */
package io.mnist4j.sweep;
