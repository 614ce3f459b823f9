/**
 * Files that are written whole or not at all, locks between processes, and what is said of a file
 * that cannot be used. Uses {@code errors} and {@code text} of the project.
 */
package io.mnist4j.files;
