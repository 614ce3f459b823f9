/**
 * Whether ND4J's CUDA backend runs on this machine, found out in a process of its own, so that
 * nothing that goes wrong with drivers and libraries harms ours. Imports nothing of the other
 * packages.
 */
package io.mnist4j.train.cuda;
