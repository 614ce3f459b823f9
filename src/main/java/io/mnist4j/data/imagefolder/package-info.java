/**
 * Pictures that are sorted by class, in a folder or an archive: found, decoded side by side, and
 * kept for the next time. May use {@code data.pictures} and what that may use.
 */
package io.mnist4j.data.imagefolder;
