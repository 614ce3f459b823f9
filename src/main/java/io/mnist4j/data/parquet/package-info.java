/** Parquet files of pictures. May use {@code data.pictures} and what that may use. */
package io.mnist4j.data.parquet;
