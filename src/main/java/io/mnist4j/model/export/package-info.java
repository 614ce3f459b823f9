/**
 * Trained networks in the formats of other programs. May use {@code model.foreign} and what that
 * may use.
 */
package io.mnist4j.model.export;
