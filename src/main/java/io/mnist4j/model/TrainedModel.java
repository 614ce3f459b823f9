package io.mnist4j.model;

import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;

/** A network with the record of where it comes from. */
public record TrainedModel(MultiLayerNetwork network, Provenance provenance) {}
