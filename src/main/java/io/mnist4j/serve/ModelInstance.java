package io.mnist4j.serve;

import io.mnist4j.backend.Backend;
import io.mnist4j.model.TrainedModel;

/**
 * A model with what computes it.
 *
 * @param name of the model's file
 * @param backend of the model, started
 * @param threads that the backend computes with
 */
public record ModelInstance(String name, TrainedModel model, Backend backend, int threads) {}
