/**
 * The mathematics of a search: which point of a space to try next (grid, random, TPE), which trial
 * to stop early (median, ASHA), and which parameter mattered. Everything here is a pure function of
 * what has been observed so far: no state, no files, no clock, so that a search that was
 * interrupted goes on as if it had not been. May use {@code sweep.space} and what that may use.
 */
package io.mnist4j.sweep.search;
