/**
 * The data sets that are known by name: their files, content hashes and mirrors. May use {@code
 * data.pictures} and what that may use.
 */
package io.mnist4j.data.catalogue;
