package io.mnist4j.report.text;

/**
 * A digit whose explanation was drawn.
 *
 * @param file of the picture that it is in, as it was given
 * @param digit what it was read as
 * @param probability of that, 0 to 1
 * @param method by which it was explained
 * @param picture the file of the explanation
 */
public record ExplainedDigit(
    String file, String digit, float probability, String method, String picture) {}
