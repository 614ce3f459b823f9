/**
 * The space that a sweep searches: parameters, their domains, conditions and points. May use {@code
 * run} and what that may use.
 */
package io.mnist4j.sweep.space;
