/** NumPy's files: npy and npz. May use {@code data.source} and what that may use. */
package io.mnist4j.data.npy;
