/** Random numbers that are the same on every machine. Uses nothing of the project. */
package io.mnist4j.random;
