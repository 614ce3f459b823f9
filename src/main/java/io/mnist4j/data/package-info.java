/**
 * Where pixels come from: the catalogue of data sets, IDX files, download and verification, and the
 * embedded {@code strokes} digits. Imports nothing of ours.
 */
package io.mnist4j.data;
