package io.mnist4j.run;

import io.mnist4j.data.ImageSet;
import io.mnist4j.data.Part;
import java.util.List;

/**
 * What a model is tested on.
 *
 * @param dataset the name of the data
 * @param images with the labels of the model
 * @param names of the images; empty where they have none but their numbers
 * @param examples of the same kind, where there are any others
 * @param source the part of the data that the images were taken from
 */
record TestImages(
    String dataset, ImageSet images, List<String> names, ImageSet examples, Part source) {}
