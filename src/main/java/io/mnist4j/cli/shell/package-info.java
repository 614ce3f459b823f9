/**
 * What a shell and {@code man} want to know of the command line: completion scripts and manual
 * pages, both written from picocli's model of the commands, so that no command need be listed
 * twice. May import every other package but {@code cli}.
 */
package io.mnist4j.cli.shell;
