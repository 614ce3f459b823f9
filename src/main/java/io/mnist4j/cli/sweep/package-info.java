/** The commands of sweeps. May use {@code cli.options} and what that may use. */
package io.mnist4j.cli.sweep;
