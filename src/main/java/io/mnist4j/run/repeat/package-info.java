/**
 * An experiment carried out several times, and what its runs came to together. May use {@code run}
 * and what that may use.
 */
package io.mnist4j.run.repeat;
