package io.mnist4j.hostile;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Ten minutes of Jazzer for each reader, from what is known of it. {@code target/fuzz} keeps what
 * it learns, and what breaks the reader: that goes into {@code src/test/resources/fuzz}.
 */
@EnabledIfSystemProperty(named = "mnist4j.soak", matches = "true")
class FuzzSoakTest {
  private static final int SECONDS = Integer.getInteger("mnist4j.fuzz.seconds", 600);

  private static final String SANITIZERS = "com.code_intelligence.jazzer.sanitizers";

  @ParameterizedTest
  @EnumSource
  void nothingBreaksTheReader(Reader reader) throws Exception {
    Path corpus = Files.createDirectories(Path.of("target/fuzz", reader.name(), "corpus"));
    Path findings = Files.createDirectories(corpus.resolveSibling("findings"));
    int seed = 0;
    for (byte[] content : Contents.of(reader)) {
      Files.write(corpus.resolve("known-" + seed++), content);
    }
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of(
            "-Xmx1g",
            "-XX:+UseSerialGC",
            "-Djava.awt.headless=true",
            "-Dorg.bytedeco.javacpp.maxphysicalbytes=0",
            "-Dorg.slf4j.simpleLogger.defaultLogLevel=off",
            "-Dmnist4j.reader=" + reader,
            "-cp",
            System.getProperty("java.class.path"),
            "com.code_intelligence.jazzer.Jazzer",
            "--target_class=" + FuzzTarget.class.getName(),
            "--instrumentation_includes="
                + String.join(
                    File.pathSeparator,
                    "io.mnist4j.**",
                    "io.jhdf.**",
                    "org.snakeyaml.**",
                    "org.apache.commons.compress.**",
                    "org.eclipse.jetty.http.**",
                    "org.nd4j.shade.jackson.core.**",
                    "com.sun.imageio.**"),
            "--reproducer_path=" + findings,
            "-artifact_prefix=" + findings + File.separator,
            "-max_total_time=" + SECONDS,
            "-timeout=20",
            "-rss_limit_mb=3000",
            "-max_len=60000",
            corpus.toString()));
    if (reader == Reader.REQUEST || reader == Reader.BODY) {
      // Else the connection to the server under attack is a finding.
      command.add("--disabled_hooks=" + SANITIZERS + ".ServerSideRequestForgery");
    }
    File log = corpus.resolveSibling("jazzer.log").toFile();
    Process jazzer =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log).start();
    int exitCode = jazzer.waitFor();
    try (Stream<Path> found = Files.list(findings)) {
      assertEquals(List.of(), found.map(Path::toString).toList(), "see " + log);
    }
    assertEquals(0, exitCode, "see " + log);
  }
}
