package io.mnist4j.digits;

import java.util.List;

/**
 * A picture file of a page with digits, and what is on it.
 *
 * @param boxes where the digits' ink lies, from left to right
 */
record Page(byte[] file, List<Box> boxes) {}
