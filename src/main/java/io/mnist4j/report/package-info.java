/**
 * What a person looks at: writes the tables, plots and pages that the packages below it make. May
 * use {@code report.page} and what that may use.
 */
package io.mnist4j.report;
