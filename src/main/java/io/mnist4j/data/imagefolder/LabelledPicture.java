package io.mnist4j.data.imagefolder;

import io.mnist4j.data.Part;
import io.mnist4j.data.source.FileEntry;

/**
 * A picture file and what it shows.
 *
 * @param part of the data set that it belongs to
 * @param className what it shows
 */
public record LabelledPicture(FileEntry file, Part part, String className) {}
