/**
 * A model as a web service with a page to draw on. Start reading at {@link
 * io.mnist4j.serve.PredictionServer}: it lists what a request passes on its way. Jetty stays in
 * here. May use {@code serve.http} and what that may use.
 */
package io.mnist4j.serve;
