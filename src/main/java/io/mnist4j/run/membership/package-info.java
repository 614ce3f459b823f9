/**
 * Attacks on a model that ask whether it learned from an image: what differential privacy is good
 * for. Start reading at {@code MembershipSession}. May use {@code run.repeat} and what that may
 * use.
 */
package io.mnist4j.run.membership;
