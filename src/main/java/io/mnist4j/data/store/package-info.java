/**
 * Data sets on this machine: found, verified, chosen as settings ask, and split for a run. Start
 * reading at {@link io.mnist4j.data.store.DatasetChoice}. May use {@code data.strokes} and what
 * that may use.
 */
package io.mnist4j.data.store;
