/**
 * The model card: what the files of a run say of its model, as the page that model hubs show. May
 * use {@code report.page} and what that may use.
 */
package io.mnist4j.report.card;
