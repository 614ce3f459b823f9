/**
 * What goes wrong, as exceptions that carry the {@link io.mnist4j.errors.ExitCode} of the process.
 * Uses nothing of the project.
 */
package io.mnist4j.errors;
