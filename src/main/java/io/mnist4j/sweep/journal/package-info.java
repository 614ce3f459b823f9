/**
 * A sweep's memory: each event is in a file before it is acted on. May use {@code sweep.search} and
 * what that may use.
 */
package io.mnist4j.sweep.journal;
