/**
 * Other machines and processes that do a part of the program's work. May import {@code errors}
 * alone.
 */
package io.mnist4j.cluster;
