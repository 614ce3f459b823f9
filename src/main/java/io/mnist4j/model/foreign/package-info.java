/**
 * Models that other programs wrote: DL4J zips and Keras files, read so that they can be asked like
 * our own. May import {@code model} and {@code data}.
 */
package io.mnist4j.model.foreign;
