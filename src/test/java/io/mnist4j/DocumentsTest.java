package io.mnist4j;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the documents name exists: files, packages, classes, pages and headings. */
@Tag("architecture")
class DocumentsTest {
  private static final int MAX_README_WORDS = 1_000;

  private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s]+)\\)|src=\"([^\"]+)\"");
  private static final Pattern CODE = Pattern.compile("`([^`\n]+)`");
  private static final Pattern FENCED = Pattern.compile("(?ms)^```.*?^```$");
  private static final Pattern HEADING = Pattern.compile("(?m)^#+ (.*)$");
  private static final Pattern PACKAGE_LIST = Pattern.compile("(?s)```text\n(.*?)```");
  private static final Pattern FILE_NAME =
      Pattern.compile("[\\w./-]*/[\\w./-]*|[\\w-]+\\.(java|md|yaml)");
  private static final Pattern TYPE_NAME = Pattern.compile("[A-Z][a-z]\\w*[A-Za-z]");
  private static final Pattern DECLARED =
      Pattern.compile("\\b(?:class|record|interface|enum) (\\w+)|import [\\w.]+\\.(\\w+);");

  private static final List<Path> ROOTS =
      List.of(
          Path.of(""),
          Path.of("src/main/java/io/mnist4j"),
          Path.of("src/main/spark/java/io/mnist4j"));

  @Test
  void linksLeadSomewhere() throws Exception {
    List<String> broken = new ArrayList<>();
    int links = 0;
    for (Path document : documents()) {
      for (String target : links(Files.readString(document))) {
        links++;
        if (!leadsSomewhere(document, target)) {
          broken.add(document + ": " + target);
        }
      }
    }
    assertEquals(List.of(), broken);
    assertTrue(links > 60, "links found: " + links);
  }

  @ParameterizedTest
  @ValueSource(strings = {"ARCHITECTURE.md", "CONTRIBUTING.md"})
  void filesPackagesAndClassesExist(String document) throws Exception {
    Set<String> types = types();
    List<String> codes =
        CODE.matcher(withoutFences(Files.readString(Path.of(document))))
            .results()
            .map(code -> code.group(1))
            .toList();
    List<String> unknown =
        codes.stream()
            .filter(code -> FILE_NAME.matcher(code).matches())
            .filter(code -> !code.startsWith("target/"))
            .filter(code -> ROOTS.stream().noneMatch(root -> Files.exists(root.resolve(code))))
            .toList();
    assertEquals(List.of(), unknown, "files");
    unknown =
        codes.stream()
            .filter(code -> TYPE_NAME.matcher(code).matches() && !types.contains(code))
            .toList();
    assertEquals(List.of(), unknown, "classes");
    Set<String> roots = new HashSet<>(ArchitectureTest.PACKAGES);
    unknown =
        codes.stream()
            .filter(code -> code.matches("[a-z]+\\.[a-z]+(\\.[a-z]+)*"))
            .filter(code -> roots.contains(code.substring(0, code.indexOf('.'))))
            .filter(code -> !roots.contains(code))
            .toList();
    assertEquals(List.of(), unknown, "packages");
    assertTrue(codes.size() > 30, "names found: " + codes.size());
  }

  @Test
  void architectureListsThePackagesInTheirOrder() throws Exception {
    MatchResult list =
        PACKAGE_LIST
            .matcher(Files.readString(Path.of("ARCHITECTURE.md")))
            .results()
            .findFirst()
            .orElseThrow();
    assertEquals(
        ArchitectureTest.PACKAGES,
        list.group(1).lines().map(line -> line.substring(0, line.indexOf(' '))).toList());
  }

  @Test
  void readmeIsAFrontPage() throws Exception {
    int words = Files.readString(Path.of("README.md")).trim().split("\\s+").length;
    assertTrue(words <= MAX_README_WORDS, "words of the README: " + words);
  }

  private static List<Path> documents() throws IOException {
    List<Path> documents = new ArrayList<>();
    try (Stream<Path> files = Files.list(Path.of(""))) {
      files.filter(DocumentsTest::isDocument).forEach(documents::add);
    }
    for (String folder : List.of("docs", "configs", "scripts")) {
      try (Stream<Path> files = Files.walk(Path.of(folder))) {
        files.filter(DocumentsTest::isDocument).forEach(documents::add);
      }
    }
    return documents;
  }

  private static boolean isDocument(Path file) {
    return file.toString().endsWith(".md");
  }

  private static List<String> links(String text) {
    return LINK.matcher(withoutFences(text))
        .results()
        .map(link -> link.group(1) == null ? link.group(2) : link.group(1))
        .filter(target -> !target.contains(":"))
        .toList();
  }

  private static boolean leadsSomewhere(Path document, String target) throws IOException {
    int hash = target.indexOf('#');
    String path = hash < 0 ? target : target.substring(0, hash);
    Path file = path.isEmpty() ? document : document.resolveSibling(path);
    if (!Files.exists(file)) {
      return false;
    }
    return hash < 0 || anchors(Files.readString(file)).contains(target.substring(hash + 1));
  }

  /** As GitHub makes them of headings: lower case, no punctuation, hyphens for spaces. */
  private static List<String> anchors(String text) {
    return HEADING
        .matcher(withoutFences(text))
        .results()
        .map(heading -> heading.group(1).toLowerCase(Locale.ROOT))
        .map(heading -> heading.replaceAll("[^\\p{L}\\p{N} _-]", "").replace(' ', '-'))
        .toList();
  }

  private static String withoutFences(String text) {
    return FENCED.matcher(text).replaceAll("");
  }

  /** Simple names of the types that the sources declare or import. */
  private static Set<String> types() throws IOException {
    Set<String> names = new HashSet<>();
    try (Stream<Path> files = Files.walk(Path.of("src"))) {
      for (Path file : files.filter(any -> any.toString().endsWith(".java")).toList()) {
        DECLARED
            .matcher(Files.readString(file))
            .results()
            .map(type -> type.group(1) == null ? type.group(2) : type.group(1))
            .forEach(names::add);
      }
    }
    return names;
  }
}
