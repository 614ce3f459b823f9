/**
 * Tables that say of each image which group it is in, such as who wrote it. May use {@code data},
 * {@code data.catalogue} and what these may use.
 */
package io.mnist4j.data.groups;
