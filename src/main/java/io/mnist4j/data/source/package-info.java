/**
 * Where the files of a data set lie: in a folder, or in a zip or tar archive that is read in place.
 * May use {@code data} and what that may use.
 */
package io.mnist4j.data.source;
