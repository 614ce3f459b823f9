/**
 * The command line: options become a validated record, one domain call does the work, its result is
 * rendered, and the outcome becomes an exit code ({@link io.mnist4j.cli.ExitCode}). The only
 * package that knows picocli, and the only one that prints. May import every other package.
 */
package io.mnist4j.cli;
