/** What works on this machine and what does not. May use {@code serve} and what that may use. */
package io.mnist4j.doctor;
