/**
 * Parquet files of pictures, as data hubs keep them: a column of encoded pictures, by itself or in
 * a struct with their paths, and a column of labels. May use {@code data.pictures} and what that
 * may use.
 *
 * <p>The reader is our own, for this shape alone. Of the libraries, parquet-java 1.18 has 9 MB and
 * asks for Hadoop beside it, and so do Carpet and parquet-floor, which are made of it; Hardwood 1.0
 * is small (0.7 MB), but needs Java 21, and a native library for Snappy. Users need no more than
 * JDK 17, and the files of hubs use little of the format: plain and dictionary encoding, no lists,
 * pages uncompressed or compressed by Snappy or gzip.
 *
 * <p>The format: <a href="https://parquet.apache.org/docs/file-format/">Apache Parquet</a>, its
 * {@code parquet.thrift} and {@code Encodings.md}; the footer is in Thrift's compact protocol.
 */
package io.mnist4j.data.parquet;
