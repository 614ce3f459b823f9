/**
 * A run: a file of differences from the defaults, and options over it, become one validated {@link
 * io.mnist4j.run.Experiment}, and that becomes a trained model in a folder. Start reading at {@link
 * io.mnist4j.run.TrainingSession}. May use {@code train.mlflow} and what that may use.
 */
package io.mnist4j.run;
