package io.mnist4j.config;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * What a user is told of a key of the experiment file; stands at the component of the settings'
 * record. At a record that is one of several choices it says what the choice is.
 *
 * <p>The record's constructor decides what is valid. The range here says the same in a form that
 * comments and the file's JSON Schema are made of; a test tries the constructors at the bounds.
 *
 * <p>It lives in the first of the packages because settings of every package bear it.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.RECORD_COMPONENT, ElementType.TYPE})
public @interface Key {
  /** One short line without a full stop, with the unit where there is one, without the range. */
  String value();

  /** The smallest value of a number, or of each number in a list. */
  double min() default Double.NEGATIVE_INFINITY;

  /** The largest value of a number, or of each number in a list. */
  double max() default Double.POSITIVE_INFINITY;

  /** Whether {@link #min} itself is out of range. */
  boolean aboveMin() default false;

  /** Whether {@link #max} itself is out of range. */
  boolean belowMax() default false;

  /** Whether a complete file leaves the key out where it has the standard value. */
  boolean optional() default false;
}
