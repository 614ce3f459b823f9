package io.mnist4j.sweep;

/**
 * How a sweep ended in this process.
 *
 * @param summary of all that happened by then, in earlier processes too
 * @param interrupted whether it was asked to stop, and can go on
 */
public record SweepResult(SweepSummary summary, boolean interrupted) {}
