/**
 * Whether ND4J's CUDA backend runs on this machine, found out in a process of its own, so that
 * nothing that goes wrong with drivers and libraries harms ours. May use {@code digits} and what
 * that may use.
 */
package io.mnist4j.backend.cuda;
