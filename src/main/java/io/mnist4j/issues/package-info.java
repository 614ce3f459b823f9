/**
 * What is wrong with a data set: labels that the images contradict, found by confident learning
 * with networks that have not learned from the images that they judge; images that are there twice;
 * blank and odd ones; classes that are missing or rare. Start reading at {@link
 * io.mnist4j.issues.IssueSearch}. May use {@code run} and what that may use.
 */
package io.mnist4j.issues;
