/**
 * Labelled images in memory: a data set, its parts, and how parts are drawn from it. The packages
 * below it read, draw and fetch them. May use {@code config} and what that may use.
 */
package io.mnist4j.data;
