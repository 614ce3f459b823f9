/** Pages of runs, models and sweeps in HTML. May use {@code report.plot} and what that may use. */
package io.mnist4j.report.page;
