/**
 * What a person sees while a command runs: progress, log lines, and stdout that says when it was
 * not taken. May use {@code cli.shell} and what that may use.
 */
package io.mnist4j.cli.terminal;
