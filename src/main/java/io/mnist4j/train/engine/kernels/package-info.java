/** The innermost loops of convolutions and pooling. May use nothing of the program. */
package io.mnist4j.train.engine.kernels;
