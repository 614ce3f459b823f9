package io.mnist4j.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mnist4j.cli.Mnist4jProcess;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The real launcher starts the real program that Maven has just built. */
class ProgramIT {
  @TempDir Path directory;

  /**
   * Maven leaves a jar whose content would not change as it is, and then a source that was only
   * reformatted is newer; the launcher may build once more for that.
   */
  @BeforeAll
  static void settle(@TempDir Path anywhere) throws Exception {
    withThisJdk(new Launcher(Launcher.ofThisCheckout(), anywhere)).run("--version");
  }

  private static Launcher withThisJdk(Launcher launcher) throws IOException {
    return launcher.counted().environment("JAVA_HOME", System.getProperty("java.home"));
  }

  private static void assertTellsVersion(Launcher.Result result) {
    assertEquals("", result.stderr());
    assertTrue(result.stdout().startsWith("mnist4j "), result.stdout());
    assertEquals(0, result.exitCode());
  }

  @Test
  void startsFromAnyDirectory() throws Exception {
    assertTellsVersion(
        withThisJdk(new Launcher(Launcher.ofThisCheckout(), directory)).run("--version"));
  }

  /** The module of the Vector API is there, and the JVM does not warn of it. */
  @Test
  void convolutionsAreLearnedByTheVectorApi() throws Exception {
    Launcher launcher = withThisJdk(new Launcher(Launcher.ofThisCheckout(), directory));
    Mnist4jProcess.count("program by its launcher");
    Launcher.Result result =
        launcher.run(
            "train",
            "--verbose",
            "--dataset",
            "strokes",
            "--epochs",
            "1",
            "--set",
            "data.limit=200",
            "--set",
            "model.layers=[{conv2d: {filters: 2, kernel: 3}}, maxpool2d, flatten]");
    assertEquals(0, result.exitCode(), result.stderr());
    assertTrue(result.stderr().contains("feature maps by the Vector API"), result.stderr());
    assertFalse(result.stderr().contains("WARNING"), result.stderr());
    assertFalse(result.stdout().contains("CompileCommand"), result.stdout());
  }

  @Test
  void wrongOptionIsTheProgramsToRefuse() throws Exception {
    Launcher.Result result =
        withThisJdk(new Launcher(Launcher.ofThisCheckout(), directory)).run("--versoin");
    assertEquals(2, result.exitCode());
    assertEquals(1, result.stderr().lines().count(), result.stderr());
  }

  @Test
  void classesComeFromTheArchive() throws Exception {
    Launcher launcher = withThisJdk(new Launcher(Launcher.ofThisCheckout(), directory));
    launcher.environment("MNIST4J_JAVA_OPTS", "-Xlog:class+load:file=classes.txt");
    Mnist4jProcess.count("program by its launcher");
    assertTellsVersion(launcher.run("--version"));
    assertTrue(
        Files.readString(directory.resolve("classes.txt"))
            .contains("io.mnist4j.cli.Mnist4jCommand source: shared objects file"));
  }

  @Test
  @DisabledOnOs(value = OS.WINDOWS, disabledReason = "links of Unix")
  void startsThroughLinksToLinks() throws Exception {
    Path far = Files.createDirectories(directory.resolve("far away"));
    Files.createSymbolicLink(far.resolve("absolute"), Launcher.ofThisCheckout());
    Path relative = directory.resolve("relative");
    Files.createSymbolicLink(relative, Path.of("far away/absolute"));
    assertTellsVersion(withThisJdk(new Launcher(relative, far)).run("--version"));
    Files.delete(far.resolve("absolute"));
  }

  @Test
  void copyOfTheCheckoutNeedsNoBuildAndNoMaven() throws Exception {
    Path home = directory.resolve("a copy (of it)");
    for (String part : new String[] {"scripts", "src/main", "pom.xml", "target/mnist4j.jar"}) {
      copy(Path.of(part), home.resolve(part));
    }
    if (Launcher.WINDOWS) {
      copy(Path.of("target/lib"), home.resolve("target/lib"));
    } else {
      Files.createSymbolicLink(home.resolve("target/lib"), Path.of("target/lib").toAbsolutePath());
    }
    Path script = home.resolve(Path.of("").toAbsolutePath().relativize(Launcher.ofThisCheckout()));
    Launcher launcher = withThisJdk(new Launcher(script, directory));
    if (!Launcher.WINDOWS) {
      launcher.environment("PATH", "/usr/bin:/bin");
    }
    assertTellsVersion(launcher.run("--version"));

    Path archive = home.resolve("target/launcher/classes.jsa");
    assertTrue(archive.toFile().setWritable(true));
    Files.writeString(archive, "no archive");
    assertTellsVersion(launcher.run("--version"));
    if (!Launcher.WINDOWS) {
      // JUnit warns about links that lead out of the folder that it removes.
      Files.delete(home.resolve("target/lib"));
    }
  }

  /** Copies files and folders with their times. */
  private static void copy(Path from, Path to) throws IOException {
    Files.createDirectories(to.getParent());
    Files.walkFileTree(
        from,
        new SimpleFileVisitor<>() {
          private Path counterpart(Path path) {
            return path.equals(from) ? to : to.resolve(from.relativize(path).toString());
          }

          @Override
          public FileVisitResult preVisitDirectory(Path path, BasicFileAttributes attributes)
              throws IOException {
            Files.createDirectories(counterpart(path));
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path path, BasicFileAttributes attributes)
              throws IOException {
            Files.copy(path, counterpart(path), StandardCopyOption.COPY_ATTRIBUTES);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path path, IOException problem)
              throws IOException {
            Files.setLastModifiedTime(counterpart(path), Files.getLastModifiedTime(path));
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
