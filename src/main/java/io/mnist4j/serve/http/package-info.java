/**
 * What every request passes: endpoints, limits, headers, and errors as problem documents. May use
 * {@code report} and what that may use.
 */
package io.mnist4j.serve.http;
