/**
 * Models that other programs wrote: DL4J zips and Keras files, read so that they can be asked like
 * our own. May use {@code model.archive} and what that may use.
 */
package io.mnist4j.model.foreign;
