package io.mnist4j.data.source;

import java.util.Locale;

/** What the names of files say. */
final class FileNames {
  private FileNames() {}

  /** Whether one of the names of a path is hidden, or left behind by a system. */
  static boolean isHidden(String path) {
    for (String name : path.split("/", -1)) {
      String lower = name.toLowerCase(Locale.ROOT);
      if (lower.startsWith(".")
          || lower.equals("__macosx")
          || lower.equals("thumbs.db")
          || lower.equals("desktop.ini")
          || lower.equals("lost+found")) {
        return true;
      }
    }
    return false;
  }
}
