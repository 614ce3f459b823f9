/**
 * Trials carried out: by threads of this process, or by a cluster. May use {@code sweep.journal}
 * and what that may use.
 */
package io.mnist4j.sweep.workers;
