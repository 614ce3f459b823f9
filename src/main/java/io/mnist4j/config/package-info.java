/**
 * Settings as records: keys with their types and ranges, trees of settings with their locations in
 * files, merging, YAML. YAML's library stays in here. Uses {@code errors} and {@code text} of the
 * project.
 */
package io.mnist4j.config;
