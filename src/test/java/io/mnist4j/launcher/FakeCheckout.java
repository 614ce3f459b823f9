package io.mnist4j.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * The real launcher in a checkout of two source files, with a JDK and a Maven that only record what
 * they are asked for. All paths hold a space.
 */
final class FakeCheckout {
  private static final List<String> TOOLS =
      List.of(
          "awk",
          "bash",
          "cat",
          "env",
          "find",
          "grep",
          "head",
          "mkdir",
          "mv",
          "ps",
          "readlink",
          "rm",
          "sed",
          "sleep",
          "stty",
          "sysctl",
          "tail",
          "touch");

  private final Path root;
  final Path home;
  final Path source;
  final Path jar;
  final Path jdk;
  final Path bin;
  private final Path mavenCalls;
  private final Path rehearsals;
  private Path flock;

  /** Lays a checkout that has been built, with the program newer than the sources. */
  FakeCheckout(Path directory) throws IOException {
    root = directory.toRealPath().resolve("with space");
    home = root.resolve("check out");
    source = home.resolve("src/main/java/A.java");
    jar = home.resolve("target/mnist4j.jar");
    jdk = root.resolve("j d k");
    bin = root.resolve("b i n");
    mavenCalls = root.resolve("maven-calls");
    rehearsals = root.resolve("rehearsals");
    for (String file : List.of("mnist4j", "mnist4j-build.sh", "jvm.options")) {
      Path copy = home.resolve("scripts").resolve(file);
      Files.createDirectories(copy.getParent());
      Files.copy(Launcher.ofThisCheckout().resolveSibling(file), copy);
      Files.setPosixFilePermissions(copy, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
    write(home.resolve("pom.xml"), "<project/>");
    write(source, "class A {}");
    write(source.resolveSibling("B.java"), "class B {}");
    write(jar, "a program");
    Instant longAgo = Instant.now().minusSeconds(3600);
    for (Path old = source; !old.equals(home); old = old.getParent()) {
      Files.setLastModifiedTime(old, FileTime.from(longAgo));
    }
    Files.setLastModifiedTime(source.resolveSibling("B.java"), FileTime.from(longAgo));
    Files.setLastModifiedTime(home.resolve("pom.xml"), FileTime.from(longAgo));

    rehearsal("exit 1");
    java("printf '<%s>\\n' \"$@\"");
    write(jdk.resolve("release"), "IMPLEMENTOR=\"nobody\"\nJAVA_VERSION=\"17.0.1\"\n");
    executable(jdk.resolve("bin/javac"), "exit 0");
    Files.createDirectories(bin);
    flock = tools("flock", List.of("flock"));
    maven("echo built >target/mnist4j.jar");
  }

  /** Replaces the fake java by a shell script; what is archived, {@link #rehearsal} says. */
  void java(String script) throws IOException {
    executable(
        jdk.resolve("bin/java"),
        "case \" $* \" in *' io.mnist4j.cli.CdsWarmUp '*) . '%s' ;; esac%n%s"
            .formatted(rehearsals.resolve("script"), script));
  }

  /**
   * Replaces what the fake java does when it is to archive classes: a shell script that finds the
   * archive's place in {@code $archive}. Until then it cannot.
   */
  void rehearsal(String script) throws IOException {
    write(
        rehearsals.resolve("script"),
        """
        for flag; do case $flag in -XX:ArchiveClassesAtExit=*) archive=${flag#*=} ;; esac; done
        echo "$archive" >>'%s'
        %s
        exit
        """
            .formatted(rehearsals.resolve("calls"), script));
  }

  /** How often classes were to be archived. */
  int rehearsals() throws IOException {
    Path calls = rehearsals.resolve("calls");
    return Files.exists(calls) ? Files.readAllLines(calls).size() : 0;
  }

  /** Replaces the fake Maven, which writes down how it was called before it does this. */
  void maven(String script) throws IOException {
    executable(
        bin.resolve("mvn"),
        "echo \"$*, JDK $JAVA_HOME, in $PWD\" >>'%s'%n%s".formatted(mavenCalls, script));
  }

  /** As on x86-64 Linux with that version of glibc. */
  void glibc(String version) throws IOException {
    executable(bin.resolve("getconf"), "echo glibc " + version);
  }

  /** As on macOS, which has no flock. */
  void withoutFlock() {
    flock = bin;
  }

  void withoutMaven() throws IOException {
    Files.delete(bin.resolve("mvn"));
  }

  /** How Maven was called so far. */
  List<String> mavenCalls() throws IOException {
    return Files.exists(mavenCalls) ? Files.readAllLines(mavenCalls) : new ArrayList<>();
  }

  /** Makes an unpacked archive of it: the launcher in bin, the program in lib, no sources. */
  Launcher unpacked() throws IOException {
    Files.move(home.resolve("scripts"), home.resolve("bin"));
    Files.createDirectories(home.resolve("lib"));
    Files.move(jar, home.resolve("lib/mnist4j.jar"));
    Files.delete(home.resolve("pom.xml"));
    return launcher(home.resolve("bin/mnist4j"));
  }

  Launcher launcher() throws IOException {
    return launcher(home.resolve("scripts/mnist4j"));
  }

  private Launcher launcher(Path script) throws IOException {
    return new Launcher(script, root)
        .environment("JAVA_HOME", jdk)
        .environment("PATH", bin + ":" + tools("basics", TOOLS) + ":" + flock)
        // As on any AVX2 machine, wherever the test runs.
        .environment("HOSTTYPE", "none");
  }

  /** A folder with no more than these programs in it, so that no java or mvn is found. */
  private Path tools(String name, List<String> tools) throws IOException {
    Path folder = Files.createDirectories(root.resolve(name));
    for (String tool : tools) {
      for (String searched : System.getenv("PATH").split(":", -1)) {
        Path original = Path.of(searched, tool);
        if (!Files.exists(folder.resolve(tool)) && Files.isExecutable(original)) {
          Files.createSymbolicLink(folder.resolve(tool), original);
        }
      }
    }
    return folder;
  }

  /** Makes a file as new as one that has just been saved in an editor. */
  static void touch(Path file) throws IOException {
    Files.setLastModifiedTime(file, FileTime.from(Instant.now()));
  }

  private static void executable(Path file, String script) throws IOException {
    Files.deleteIfExists(file);
    write(file, "#!/usr/bin/env bash\n" + script + "\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private static void write(Path file, String text) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }
}
