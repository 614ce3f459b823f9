/**
 * The command line: options become a validated record, one domain call does the work, its result is
 * rendered, and the outcome becomes an exit code. With its sub-packages the only one that knows
 * picocli, and the only one that prints. May use {@code cli.sweep} and what that may use.
 */
package io.mnist4j.cli;
