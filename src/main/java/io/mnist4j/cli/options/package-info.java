/** Options that several commands share. May use {@code cli.terminal} and what that may use. */
package io.mnist4j.cli.options;
