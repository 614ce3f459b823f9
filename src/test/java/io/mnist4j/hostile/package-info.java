/** Files that somebody made to do harm, given to the real program. */
package io.mnist4j.hostile;
