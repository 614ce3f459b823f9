package io.mnist4j;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Packages follow the way the data flows; imports go against it only. */
@Tag("architecture")
class ArchitectureTest {
  /** In the order of the flow: each may import those before it. */
  private static final List<String> PACKAGES =
      List.of("data", "model", "eval", "train", "experiment", "sweep", "report", "serve", "cli");

  private static final JavaClasses OURS =
      new ClassFileImporter()
          // ArchUnit's own knows tests by target/test-classes, and a build may lie deeper.
          .withImportOption(location -> !location.contains("/test-classes/"))
          .importPackages("io.mnist4j");

  @Test
  void importsGoOneWay() {
    for (int i = 0; i < PACKAGES.size(); i++) {
      for (String later : PACKAGES.subList(i + 1, PACKAGES.size())) {
        noClasses()
            .that()
            .resideInAPackage("io.mnist4j." + PACKAGES.get(i) + "..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.mnist4j." + later + "..")
            .check(OURS);
      }
    }
  }

  @Test
  void everyClassIsInAKnownPackage() {
    classes()
        .should()
        .resideInAnyPackage(
            PACKAGES.stream().map(name -> "io.mnist4j." + name + "..").toArray(String[]::new))
        .check(OURS);
    assertTrue(OURS.size() > 50, "classes found: " + OURS.size());
  }

  @Test
  void picocliStaysInTheCommandLine() {
    onlyIn("io.mnist4j.cli..", "picocli..");
  }

  @Test
  void yamlStaysInTheExperiment() {
    onlyIn("io.mnist4j.experiment..", "org.snakeyaml..");
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
  void sparkStaysInItsPackage() {
    onlyIn("io.mnist4j.sweep.spark..", "org.apache.spark..");
    onlyIn("io.mnist4j.sweep.spark..", "io.mnist4j.sweep.spark..");
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
