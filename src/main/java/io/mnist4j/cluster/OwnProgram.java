package io.mnist4j.cluster;

import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** This program, as another process. */
public final class OwnProgram {
  private OwnProgram() {}

  /**
   * How this process was started, up to the program's own arguments.
   *
   * @param main the class that begins
   */
  public static List<String> command(Class<?> main) {
    List<String> program = new ArrayList<>();
    program.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    program.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
    program.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
    return program;
  }
}
