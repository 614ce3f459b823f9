/**
 * Text that several packages write or read: one-line messages, durations, the closest name, JSON
 * that is bounded in size. Uses {@code errors} of the project.
 */
package io.mnist4j.text;
