/**
 * Images as rows of numbers in text: CSV, ARFF and LIBSVM. May use {@code data.source} and what
 * that may use.
 */
package io.mnist4j.data.tabular;
