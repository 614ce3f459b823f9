/**
 * mnist4j from Java: read pictures, test models, train, and search settings. This is the one
 * package whose names and behaviour stay from version to version, together with the exceptions of
 * {@link io.mnist4j.errors} that it throws; all other packages change without notice.
 *
 * <p>Paths are those of the process; a relative one begins at its working directory. Pixels run row
 * by row, 0 is paper and 1 is ink. Accuracies and probabilities are 0 to 1. Nothing is printed and
 * the process is never ended: what goes wrong is an exception whose message says in one line what
 * is wrong, where, and what to do.
 *
 * <p>It computes on the CPU. ND4J is started by the first model that is loaded or trained; until
 * that call has returned, no other thread may use ND4J for the first time. Networks with
 * convolutions train several times as fast in a JVM that has the flags of {@code
 * scripts/jvm.options} and {@code --add-exports java.base/jdk.internal.module=ALL-UNNAMED}; the
 * results are the same bits without them.
 *
 * <p>May use {@code report} and what that may use.
 */
package io.mnist4j.api;
