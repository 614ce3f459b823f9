/**
 * A model as a web service with a page to draw on. Start reading at {@link
 * io.mnist4j.serve.PredictionServer}, which lists the endpoints; {@link
 * io.mnist4j.serve.JettyServer} says what a request passes on its way there. Jetty stays in here.
 * May use {@code serve.http} and what that may use.
 */
package io.mnist4j.serve;
