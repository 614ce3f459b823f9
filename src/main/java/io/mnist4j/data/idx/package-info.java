/** IDX files, MNIST's own format. May use {@code data.source} and what that may use. */
package io.mnist4j.data.idx;
