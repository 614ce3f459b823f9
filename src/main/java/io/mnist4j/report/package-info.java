/**
 * What a person looks at: tables, plots and pages of runs and models, in HTML, SVG, PNG and in the
 * terminal. May import {@code experiment} and what that may.
 */
package io.mnist4j.report;
