/**
 * What a shell and {@code man} want to know of the command line: completion scripts and manual
 * pages, both written from picocli's model of the commands, so that no command need be listed
 * twice. May use {@code doctor} and what that may use.
 */
package io.mnist4j.cli.shell;
