/**
 * Trainings told to an MLflow server by its REST interface. May use {@code train} and what that may
 * use.
 */
package io.mnist4j.train.mlflow;
