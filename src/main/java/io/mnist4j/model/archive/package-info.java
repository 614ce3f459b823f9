/**
 * A model's zip file: DL4J's format with one entry more, read without trusting it. May use {@code
 * model} and what that may use.
 */
package io.mnist4j.model.archive;
