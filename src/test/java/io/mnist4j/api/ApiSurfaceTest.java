package io.mnist4j.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the API promises names nothing that is not promised. */
class ApiSurfaceTest {
  private static final Set<String> PROMISED =
      Set.of("io.mnist4j.api", "io.mnist4j.errors", "org.nd4j.linalg.api.ndarray");

  @Test
  void namesOnlyWhatIsPromised() {
    List<String> foreign = new ArrayList<>();
    int checked = 0;
    for (JavaClass type : new ClassFileImporter().importPackages("io.mnist4j.api")) {
      if (!type.getModifiers().contains(JavaModifier.PUBLIC)) {
        continue;
      }
      for (JavaCodeUnit unit : type.getCodeUnits()) {
        if (!unit.getModifiers().contains(JavaModifier.PUBLIC)) {
          continue;
        }
        checked++;
        Stream.of(
                unit.getParameterTypes().stream(),
                Stream.of(unit.getReturnType()),
                unit.getExceptionTypes().stream())
            .flatMap(each -> each)
            .flatMap(named -> named.getAllInvolvedRawTypes().stream())
            .map(JavaClass::getBaseComponentType)
            .filter(named -> !named.isPrimitive())
            .filter(named -> !named.getPackageName().startsWith("java."))
            .filter(named -> !PROMISED.contains(named.getPackageName()))
            .forEach(named -> foreign.add(unit.getFullName() + ": " + named.getName()));
      }
    }
    assertEquals(List.of(), foreign);
    assertTrue(checked > 40, "methods found: " + checked);
  }

  @Test
  void thePageShowsAnExampleAsItIs() throws Exception {
    String page = Files.readString(Path.of("docs/how-to/java.md"));
    String example = Files.readString(Path.of("docs/examples/ReadPhoto.java"));
    assertTrue(page.contains("```java\n" + example + "```\n"), page);
  }
}
