package io.mnist4j.text;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A record whose components are written as settings are: {@code testAccuracy} is the key {@code
 * test-accuracy} of its JSON, and so in the records within it. It is read in either spelling, since
 * versions before 0.2.0 wrote the names of the components.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface KebabCase {}
