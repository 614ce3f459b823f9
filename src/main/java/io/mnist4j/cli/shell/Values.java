package io.mnist4j.cli.shell;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import picocli.CommandLine.Model.ArgSpec;

/**
 * What may follow an option, or stand as an argument. Its label says it, as it does to a person:
 * {@code text|json} are words, {@code DIR} is a folder, {@code NAME|FOLDER} is one or the other.
 *
 * @param label what a person reads, such as {@code DIR}
 * @param words which words are possible, or are so among others
 * @param files whether a file's name is
 * @param folders whether a folder's name is
 */
record Values(String label, List<String> words, boolean files, boolean folders) {
  private static final Set<String> FILES = Set.of("FILE", "MODEL");
  private static final Set<String> FOLDERS = Set.of("DIR", "FOLDER", "RUN");

  static Values of(ArgSpec argument) {
    String label = argument.paramLabel();
    List<String> parts = List.of(label.split("\\|"));
    List<String> words = new ArrayList<>();
    Class<?> type = argument.auxiliaryTypes()[0];
    if (parts.size() > 1) {
      parts.stream().filter(part -> part.equals(part.toLowerCase(Locale.ROOT))).forEach(words::add);
    }
    if (words.isEmpty() && type.isEnum()) {
      words.addAll(Shell.words(type));
    } else if (words.isEmpty() && argument.completionCandidates() != null) {
      argument.completionCandidates().forEach(words::add);
    }
    return new Values(
        label,
        List.copyOf(words),
        parts.stream().anyMatch(FILES::contains),
        parts.stream().anyMatch(FOLDERS::contains));
  }

  boolean none() {
    return words.isEmpty() && !files && !folders;
  }
}
