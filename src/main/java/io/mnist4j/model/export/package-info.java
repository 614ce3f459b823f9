/** Trained networks in the formats of other programs. May import {@code model} and {@code data}. */
package io.mnist4j.model.export;
