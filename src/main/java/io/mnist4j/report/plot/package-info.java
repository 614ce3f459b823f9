/**
 * Plots of runs, models and sweeps, as SVG and in a terminal. May use {@code report.text} and what
 * that may use.
 */
package io.mnist4j.report.plot;
