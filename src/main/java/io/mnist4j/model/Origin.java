package io.mnist4j.model;

import java.util.ArrayList;
import java.util.List;

/**
 * What is known of a model that another program wrote.
 *
 * @param format the program and its version, such as {@code Keras 3.15.1}
 * @param rangeKnown whether the file itself, or the user, says which range its pixels have
 * @param notes what a user should know, a line each
 */
public record Origin(String format, boolean rangeKnown, List<String> notes) {
  public Origin {
    notes = List.copyOf(notes);
  }

  /** The same with a note more. */
  public Origin withNote(String note) {
    List<String> more = new ArrayList<>(notes);
    more.add(note);
    return new Origin(format, rangeKnown, more);
  }
}
