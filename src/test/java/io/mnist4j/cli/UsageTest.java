package io.mnist4j.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UsageTest {
  @TempDir Path directory;

  @Test
  void bareCommandAsksForOne() throws Exception {
    Mnist4jProcess.Result result = new CommandLineRun(directory).run();
    assertEquals(2, result.exitCode());
    assertEquals("", result.stdout());
    assertEquals(
        "mnist4j: a command is missing (see mnist4j --help)\n",
        result.stderr().replace("\r\n", "\n"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          --versoin                | unknown option --versoin; did you mean --version? (see mnist4j --help)
          trian                    | there is no command 'trian'; did you mean train? (see mnist4j --help)
          data lst                 | there is no command 'lst'; did you mean list? (see mnist4j data --help)
          help data lst            | there is no command 'mnist4j data lst'; did you mean list? (see mnist4j help --help)
          train --epoch 3          | unknown option --epoch; did you mean --epochs? (see mnist4j train --help)
          train --epoch=3          | unknown option --epoch; did you mean --epochs? (see mnist4j train --help)
          train --learn 3          | unknown option --learn; did you mean --learning-rate? (see mnist4j train --help)
          train --marvellous       | unknown option --marvellous (see mnist4j train --help)
          train --format jsn       | --format must be text or json, not 'jsn'; did you mean json? (see mnist4j train --help)
          train --log-interval ten | --log-interval must be a whole number, not 'ten' (see mnist4j train --help)
          train --config one.yml   | one.yml: no such configuration file; did you mean one.yaml?
          train --config one       | one: no such configuration file; did you mean one.yaml?
          export m --format onx    | --format must be onnx, keras-h5, dl4j, safetensors, html, csv, npz, card or hub, not 'onx'; did you mean onnx? (see mnist4j export --help)
          data verify mnst         | unknown data set 'mnst' (there are mnist, fashion-mnist, strokes, qmnist, mnist-writers, kmnist, k49, kannada, usps, mnist-c, emnist-byclass, emnist-bymerge, emnist-balanced, emnist-letters, emnist-digits, emnist-mnist); did you mean mnist? (see mnist4j data verify --help)
          """)
  void mistypedWordIsNamedWithTheClosest(String line, String message) throws Exception {
    Files.writeString(directory.resolve("one.yaml"), "");
    Mnist4jProcess.Result result = new CommandLineRun(directory).run(line.split(" "));
    assertEquals("mnist4j: " + message, result.stderr().strip());
    assertEquals("", result.stdout());
    assertEquals(2, result.exitCode());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '`',
      textBlock =
          """
          --epochs 3 ~ unknown option --epochs; a command comes first, such as mnist4j train (see mnist4j --help)
          train --beta1 0.8 ~ unknown option --beta1; did you mean training.optimizer.beta1=VALUE? (see mnist4j train --help)
          train --beta-2=0.9 ~ unknown option --beta-2; did you mean training.optimizer.beta2=NUMBER? (see mnist4j train --help)
          train --amp ~ unknown option --amp; all is computed in 32 bits; there is no other precision (see mnist4j train --help)
          train --val-split 0.1 ~ unknown option --val-split; did you mean data.validation=SHARE? (see mnist4j train --help)
          train --workers 4 ~ unknown option --workers; did you mean --threads? (see mnist4j train --help)
          sweep s.yaml --workers 4 ~ unknown option --workers; did you mean --parallel? (see mnist4j sweep --help)
          train --save-model ~ unknown option --save-model; the model is always saved; --output and --name say where (see mnist4j train --help)
          train --data mnist ~ unknown option --data; did you mean --dataset? (see mnist4j train --help)
          train --batch_size 64 ~ unknown option --batch_size; did you mean --batch-size? (see mnist4j train --help)
          train --weightDecay 1e-4 ~ unknown option --weightDecay; did you mean --weight-decay? (see mnist4j train --help)
          train --lr_scheduler cosine ~ unknown option --lr_scheduler; did you mean training.schedule.name=NAME? (see mnist4j train --help)
          train --momentum 0.9 ~ unknown option --momentum; did you mean training.optimizer.momentum=NUMBER? (see mnist4j train --help)
          train --activation tanh ~ unknown option --activation; did you mean model.layers.0.dense.activation=NAME? (see mnist4j train --help)
          train --dropout 0.2 ~ unknown option --dropout; layers are listed in model.layers of a --config file (see mnist4j train --help)
          train --cuda ~ unknown option --cuda; did you mean --device cuda? (see mnist4j train --help)
          train --wamrup-epochs 1 ~ unknown option --wamrup-epochs; did you mean training.schedule.warmup-epochs=VALUE? (see mnist4j train --help)
          evaluate --model m.zip ~ unknown option --model; give the MODEL without an option (see mnist4j evaluate --help)
          predict --weights m.zip 7.png ~ unknown option --weights; did you mean --model? (see mnist4j predict --help)
          sweep s.yaml --lr 0.1 ~ unknown option --lr; did you mean training.optimizer.learning-rate=RATE? (see mnist4j sweep --help)
          sweep s.yaml --n-trials 9 ~ unknown option --n-trials; did you mean --trials? (see mnist4j sweep --help)
          train training.epoch=2 ~ training.epoch=2: training.epoch is not a key; did you mean epochs?
          train epochs=2 ~ epochs=2: epochs is not a key; did you mean training.epochs?
          train mnist ~ 'mnist' is one argument too many; did you mean --dataset mnist? (see mnist4j train --help)
          train my.yaml ~ 'my.yaml' is one argument too many; did you mean --config my.yaml? (see mnist4j train --help)
          train what ~ 'what' is one argument too many; settings are written KEY=VALUE, such as training.epochs=3 (see mnist4j train --help)
          sweep --resume s training.epochs=2 ~ --resume goes on with the sweep as it was begun; leave --output, --name, --seed, --repeat, --set and KEY=VALUE out (see mnist4j sweep --help)
          train --hidden 512,x ~ --hidden must be the widths of dense layers, such as 512,256, not '512,x' (see mnist4j train --help)
          train --hidden 0 ~ --hidden: units must be at least 1, not 0 (see mnist4j train --help)
          train --hidden 64 model.layers=[conv2d,flatten] ~ --hidden: this network has a conv2d, and widths are for one of dense layers; set model.layers (see mnist4j train --help)
          train --resume r --hidden 64 ~ --resume goes on with the layers of the run; leave --hidden out (see mnist4j train --help)
          train --resume r --dry-run ~ --dry-run tries a new run; leave --resume out (see mnist4j train --help)
          train --optimizer adm ~ --optimizer: training.optimizer.name must be sgd, momentum, nesterov, adam, adamw, nadam, amsgrad, rmsprop or adagrad, not 'adm'; did you mean adam?
          train --device gpu ~ --backend must be cpu, cuda or auto, not 'gpu'; did you mean cuda? (see mnist4j train --help)
          train --epochs ~ --epochs needs a value, N (see mnist4j train --help)
          train --format ~ --format needs a value, text|json (see mnist4j train --help)
          train --quiet=maybe ~ --quiet takes no value, but got 'maybe' (see mnist4j train --help)
          train --log-interval -5 ~ --log-interval must be at least 0, not -5 (see mnist4j train --help)
          train --checkpoint-every -1 ~ --checkpoint-every must be at least 0, not -1.0 (see mnist4j train --help)
          train --min-accuracy high ~ --min-accuracy must be a number, not 'high' (see mnist4j train --help)
          train --output= ~ --output must not be empty (see mnist4j train --help)
          evaluate ~ MODEL is missing (see mnist4j evaluate --help)
          evaluate EMPTY ~ MODEL must not be empty (see mnist4j evaluate --help)
          predict EMPTY ~ FILE must not be empty (see mnist4j predict --help)
          serve --port 99999999999 ~ --port must be a smaller number, not '99999999999' (see mnist4j serve --help)
          serve --port 1.5 ~ --port must be a whole number, not '1.5' (see mnist4j serve --help)
          sweep crate x ~ 'x' is one argument too many; did you mean create? (see mnist4j sweep --help)
          sweep f --conf abc ~ --conf must be KEY=VALUE, not 'abc' (see mnist4j sweep --help)
          sweep tell ~ SWEEP is missing (see mnist4j sweep tell --help)
          sweep tell s one ~ TRIAL must be a whole number, not 'one' (see mnist4j sweep tell --help)
          sweep tell s 1 good ~ VALUE must be a number, not 'good' (see mnist4j sweep tell --help)
          """)
  void wrongUseIsSaidInOurWords(String line, String message) throws Exception {
    String[] words = line.split(" ");
    for (int i = 0; i < words.length; i++) {
      words[i] = words[i].replace("EMPTY", "");
    }
    Mnist4jProcess.Result result = new CommandLineRun(directory).run(words);
    assertEquals("mnist4j: " + message, result.stderr().strip());
    assertEquals(2, result.exitCode());
  }

  @Test
  void helpFitsIntoANarrowTerminal() throws Exception {
    String help =
        new CommandLineRun(directory)
            .jvmFlag("-Dmnist4j.columns=60")
            .run("evaluate", "--help")
            .stdout();
    String options = help.substring(0, help.indexOf("Examples:"));
    assertEquals(
        List.of(), options.lines().filter(line -> line.length() > 60).toList(), "too long");
  }

  /** The launcher says where it lies; a path would be none of these names. */
  @Test
  void configurationThatComesWithTheProgramGoesByItsName() throws Exception {
    Files.writeString(directory.resolve("keras"), "training: {epochs: 77}");
    List<Mnist4jProcess.Result> results =
        new Mnist4jProcess(directory)
            .jvmFlag("-Dmnist4j.home=" + Path.of("").toAbsolutePath())
            .runAll(
                List.of(
                    List.of("train", "--config", "lenet", "--print-config"),
                    List.of("train", "--config", "keras", "--print-config"),
                    List.of("train", "--config", "lenat")));
    assertEquals(0, results.get(0).exitCode(), results.get(0).stderr());
    assertTrue(results.get(0).stdout().contains("conv2d"), results.get(0).stdout());
    assertTrue(results.get(1).stdout().contains("epochs: 77"), "a file of that name goes first");
    assertEquals(
        "mnist4j: lenat: no such configuration file; did you mean lenet?",
        results.get(2).stderr().strip());
    assertEquals(2, results.get(2).exitCode());
  }

  @Test
  void helpIsThatOfTheCommand() throws Exception {
    String help = new CommandLineRun(directory).run("help", "data", "fetch").stdout();
    assertTrue(help.startsWith("Usage: mnist4j data fetch "), help);
    assertEquals(new CommandLineRun(directory).run("data", "fetch", "--help").stdout(), help);
    Mnist4jProcess.Result all = new CommandLineRun(directory).run("help");
    assertEquals(0, all.exitCode());
    for (String name : Mnist4jCommand.names()) {
      assertTrue(all.stdout().contains("\n  " + name + " "), name + " in " + all.stdout());
    }
  }

  @Test
  void argumentTooManyIsNamed() throws Exception {
    Mnist4jProcess.Result result = new CommandLineRun(directory).run("evaluate", "a.zip", "b.zip");
    assertEquals(2, result.exitCode());
    assertEquals(
        "mnist4j: 'b.zip' is one argument too many (see mnist4j evaluate --help)",
        result.stderr().strip());
  }

  @Test
  void everyCommandHasHelpWithExamples() throws Exception {
    for (String command : commandsThatDoSomething()) {
      List<String> arguments = new ArrayList<>(List.of(command.split(" ")));
      arguments.add("--help");
      Mnist4jProcess.Result result =
          new CommandLineRun(directory).run(arguments.toArray(String[]::new));
      assertEquals(0, result.exitCode(), command);
      assertTrue(result.stdout().contains("Examples:"), result.stdout());
      assertTrue(result.stdout().contains("  mnist4j " + command), result.stdout());
      assertEquals("", result.stderr());
    }
  }

  /** All that {@code help} lists, and what is below it. */
  private static List<String> commandsThatDoSomething() {
    List<String> names = new ArrayList<>();
    for (String name : Mnist4jCommand.names()) {
      Set<String> below =
          Mnist4jCommand.commandLine().getSubcommands().get(name).getSubcommands().keySet();
      below.forEach(child -> names.add(name + " " + child));
      if (below.isEmpty()) {
        names.add(name);
      }
    }
    return names;
  }

  @Test
  void versionNamesWhatItIsMadeOf() throws Exception {
    Mnist4jProcess.Result result = new CommandLineRun(directory).run("--version");
    assertEquals(0, result.exitCode());
    List<String> lines = result.stdout().lines().toList();
    assertTrue(lines.get(0).matches("mnist4j \\d+\\.\\d+\\.\\d+(-SNAPSHOT)?"), result.stdout());
    assertEquals("Deeplearning4j 1.0.0-M2.1", lines.get(1));
    assertTrue(lines.get(2).startsWith("ND4J backend nd4j-native 1.0.0-M2.1 ("), lines.get(2));
    assertTrue(lines.get(3).startsWith("JDK " + System.getProperty("java.version")), lines.get(3));
  }
}
