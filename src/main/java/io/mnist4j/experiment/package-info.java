/**
 * What a run is: a YAML file of differences from the defaults, and options over it, become one
 * validated record, and that record becomes a trained model in a run directory. May import {@code
 * train} and the packages above it.
 */
package io.mnist4j.experiment;
