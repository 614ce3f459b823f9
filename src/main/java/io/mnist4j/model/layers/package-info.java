/**
 * The layers that a network is made of: their settings, shapes and parameters. May use {@code
 * backend} and what that may use.
 */
package io.mnist4j.model.layers;
