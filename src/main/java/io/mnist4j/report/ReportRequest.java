package io.mnist4j.report;

import io.mnist4j.data.store.DataStore;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What is to be shown.
 *
 * @param folders of a run, of a sweep, or of several runs that are compared
 * @param output where the page goes; empty for the folder of what is shown
 * @param store of data sets
 * @param threads that compute, at least 1
 */
public record ReportRequest(
    List<Path> folders, Optional<Path> output, DataStore store, int threads) {}
