/**
 * Downloads: mirrors in turn, resumed where they broke off, checked by content hash, one process at
 * a time. May use {@code data.catalogue} and what that may use.
 */
package io.mnist4j.data.fetch;
