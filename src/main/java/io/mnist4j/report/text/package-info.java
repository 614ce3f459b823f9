/** Results as text for a terminal. May use {@code sweep} and what that may use. */
package io.mnist4j.report.text;
