package io.mnist4j.cli.sweep;

import io.mnist4j.backend.Backend;
import io.mnist4j.cli.options.BackendOption;
import io.mnist4j.cli.options.OptionGroup;
import io.mnist4j.cli.terminal.Console;
import io.mnist4j.errors.BackendException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import picocli.CommandLine.Option;

/** What an agent computes on. */
final class DeviceOptions extends OptionGroup {
  @Option(
      names = "--backend",
      paramLabel = "cpu|cuda|auto",
      description =
          "What computes (default: what MNIST4J_BACKEND says, else auto); on a GPU one trial at a"
              + " time.")
  private String backend;

  @Option(
      names = "--device",
      paramLabel = "N",
      description = "The GPU, from 0, of those that CUDA_VISIBLE_DEVICES leaves.")
  private Integer device;

  Backend choose(Console console) throws BackendException {
    return BackendOption.choose(this, backend, console, 1);
  }

  /** The number of a GPU; empty for the first. */
  OptionalInt device() {
    if (device != null && device < 0) {
      throw wrong("--device is the number of a GPU, from 0, not " + device);
    }
    return device == null ? OptionalInt.empty() : OptionalInt.of(device);
  }

  /** The words of a command line without the device. */
  static List<String> withoutDevice(List<String> words) {
    List<String> rest = new ArrayList<>();
    for (int i = 0; i < words.size(); i++) {
      if (words.get(i).equals("--device")) {
        i++;
      } else if (!words.get(i).startsWith("--device=")) {
        rest.add(words.get(i));
      }
    }
    return rest;
  }
}
