package io.mnist4j;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Packages follow the way the data flows; imports go against it only. */
@Tag("architecture")
class ArchitectureTest {
  /** In the order of the flow: each may use those before it. ARCHITECTURE.md says why. */
  static final List<String> PACKAGES =
      List.of(
          "errors",
          "text",
          "files",
          "energy",
          "random",
          "config",
          "data",
          "data.source",
          "data.idx",
          "data.npy",
          "data.tabular",
          "data.pictures",
          "data.imagefolder",
          "data.parquet",
          "data.catalogue",
          "data.fetch",
          "data.augment",
          "data.strokes",
          "data.groups",
          "data.store",
          "digits",
          "backend.cuda",
          "backend.driver",
          "backend",
          "cluster",
          "cluster.spark",
          "model.layers",
          "model",
          "model.archive",
          "model.foreign",
          "model.export",
          "eval",
          "predict",
          "train.optimizer",
          "train.privacy",
          "train",
          "train.learner",
          "train.engine.kernels",
          "train.engine.stage",
          "train.engine.maps",
          "train.engine.cuda",
          "train.engine",
          "train.tensorboard",
          "train.mlflow",
          "run",
          "run.repeat",
          "run.membership",
          "federated.clients",
          "federated.strategy",
          "federated",
          "federated.spark",
          "issues",
          "explain",
          "fairness",
          "sweep.space",
          "sweep.search",
          "sweep.journal",
          "sweep.workers",
          "sweep",
          "sweep.spark",
          "report.text",
          "report.plot",
          "report.page",
          "report.card",
          "report",
          "api",
          "serve.http",
          "serve",
          "doctor",
          "cli.shell",
          "cli.terminal",
          "cli.options",
          "cli.sweep",
          "cli");

  private static final int MAX_CLASSES_OF_A_PACKAGE = 30;

  private static final JavaClasses OURS =
      new ClassFileImporter()
          // ArchUnit's own knows tests by target/test-classes, and a build may lie deeper.
          .withImportOption(location -> !location.contains("/test-classes/"))
          .importPackages("io.mnist4j");

  @Test
  void importsGoOneWay() {
    for (int i = 0; i < PACKAGES.size(); i++) {
      String[] later =
          PACKAGES.subList(i + 1, PACKAGES.size()).stream()
              .map(ArchitectureTest::fullName)
              .toArray(String[]::new);
      if (later.length > 0) {
        noClasses()
            .that()
            .resideInAPackage(fullName(PACKAGES.get(i)))
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(later)
            .allowEmptyShould(true)
            .check(OURS);
      }
    }
  }

  @Test
  void everyClassIsInAKnownPackage() {
    classes()
        .should()
        .resideInAnyPackage(
            PACKAGES.stream().map(ArchitectureTest::fullName).toArray(String[]::new))
        .check(OURS);
    assertTrue(OURS.size() > 50, "classes found: " + OURS.size());
  }

  @Test
  void noPackageIsTooLargeToOverlook() {
    Map<String, Long> sizes =
        OURS.stream()
            .filter(type -> !type.isNestedClass() && !type.getSimpleName().equals("package-info"))
            .collect(Collectors.groupingBy(JavaClass::getPackageName, Collectors.counting()));
    assertEquals(
        List.of(),
        sizes.entrySet().stream()
            .filter(size -> size.getValue() > MAX_CLASSES_OF_A_PACKAGE)
            .toList());
  }

  @Test
  void aSimpleNameStandsOnce() {
    Map<String, List<String>> types =
        OURS.stream()
            .filter(type -> !type.isAnonymousClass() && !type.getSimpleName().isEmpty())
            .filter(type -> !type.getSimpleName().equals("package-info"))
            .collect(
                Collectors.groupingBy(
                    JavaClass::getSimpleName,
                    Collectors.mapping(JavaClass::getName, Collectors.toList())));
    assertEquals(List.of(), types.values().stream().filter(named -> named.size() > 1).toList());
  }

  @Test
  void picocliStaysInTheCommandLine() {
    onlyIn("io.mnist4j.cli..", "picocli..");
  }

  @Test
  void yamlStaysInTheSettings() {
    onlyIn("io.mnist4j.config..", "org.snakeyaml..");
  }

  @Test
  void foreignCompressionsStayInTheData() {
    onlyIn("io.mnist4j.data..", "org.apache.commons.compress..");
  }

  @Test
  void filesOfOtherProgramsStayInTheModel() {
    onlyIn("io.mnist4j.model..", "io.jhdf..");
    onlyIn("io.mnist4j.model..", "onnx..");
    onlyIn("io.mnist4j.model..", "org.deeplearning4j.nn.modelimport..");
  }

  @Test
  void jettyStaysInTheServer() {
    onlyIn("io.mnist4j.serve..", "org.eclipse.jetty..");
  }

  @Test
  void sparkStaysInItsPackages() {
    onlyIn("io.mnist4j..spark..", "org.apache.spark..");
    onlyIn("io.mnist4j..spark..", "io.mnist4j..spark..");
  }

  @Test
  void onlyMainEndsTheProcess() {
    noClasses()
        .that()
        .doNotHaveFullyQualifiedName("io.mnist4j.cli.Main")
        .should()
        .callMethod(System.class, "exit", int.class)
        .check(OURS);
  }

  @Test
  void noClassIsAHeapOfThings() {
    noClasses()
        .should()
        .haveSimpleNameEndingWith("Util")
        .orShould()
        .haveSimpleNameEndingWith("Utils")
        .orShould()
        .haveSimpleNameEndingWith("Helper")
        .orShould()
        .haveSimpleNameEndingWith("Manager")
        .check(OURS);
  }

  private static String fullName(String packageName) {
    return "io.mnist4j." + packageName;
  }

  private static void onlyIn(String home, String library) {
    noClasses()
        .that()
        .resideOutsideOfPackage(home)
        .should()
        .dependOnClassesThat()
        .resideInAPackage(library)
        .check(OURS);
  }
}
