package io.mnist4j.backend.cuda;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Which library a loader's message is about: Linux's and Windows' differ, and JavaCPP's again. */
final class LibraryName {
  private static final Pattern FILE = Pattern.compile("lib[\\w-]+\\.so[\\w.]*|[\\w-]+\\.dll");
  private static final Pattern JAVACPP =
      Pattern.compile("(?:no|Could not find) (\\w+) in (?:java|class)");
  private static final Pattern MISSING =
      Pattern.compile(
          "cannot open shared object file|Can't find dependent libraries|no \\w+ in java|Could not find");

  private LibraryName() {}

  static Optional<String> in(String message) {
    // The last one is the one that fails; those before it wanted it.
    String last = null;
    Matcher file = FILE.matcher(message);
    while (file.find()) {
      last = file.group();
    }
    if (last != null) {
      return Optional.of(last);
    }
    Matcher javacpp = JAVACPP.matcher(message);
    return javacpp.find() ? Optional.of(javacpp.group(1)) : Optional.empty();
  }

  /** Whether the file is not there; otherwise it is there, and the loader does not take it. */
  static boolean isMissing(String message) {
    return MISSING.matcher(message).find();
  }
}
