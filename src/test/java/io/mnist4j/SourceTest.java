package io.mnist4j;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreePathScanner;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.lang.model.element.Modifier;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What keeps the sources readable: short methods, few arguments, a word on each package. */
@Tag("architecture")
class SourceTest {
  private static final int MAX_LINES_OF_A_METHOD = 60;
  private static final int MAX_ARGUMENTS_OF_A_CONSTRUCTOR = 6;
  private static final int MAX_LINES_OF_A_COMMAND = 60;

  private static final List<Path> FILES = new ArrayList<>();
  private static final List<String> LONG_METHODS = new ArrayList<>();
  private static final List<String> LONG_CONSTRUCTORS = new ArrayList<>();
  private static int methods;

  @BeforeAll
  static void parse() throws IOException {
    for (String root : List.of("src/main/java", "src/main/spark/java")) {
      try (Stream<Path> all = Files.walk(Path.of(root))) {
        all.filter(file -> file.toString().endsWith(".java")).forEach(FILES::add);
      }
    }
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    try (StandardJavaFileManager manager = compiler.getStandardFileManager(null, null, null)) {
      JavacTask task =
          (JavacTask)
              compiler.getTask(
                  null,
                  manager,
                  null,
                  List.of("-proc:none"),
                  null,
                  manager.getJavaFileObjectsFromPaths(FILES));
      SourcePositions positions = Trees.instance(task).getSourcePositions();
      for (CompilationUnitTree unit : task.parse()) {
        new MethodScanner(unit, positions).scan(unit, null);
      }
    }
  }

  @Test
  void noMethodIsLongerThanAScreen() {
    assertTrue(methods > 1000, "methods found: " + methods);
    assertEquals(List.of(), LONG_METHODS);
  }

  /** Records name their components where they are made by static factories or `with` methods. */
  @Test
  void constructorsTakeARecordInPlaceOfManyArguments() {
    assertEquals(List.of(), LONG_CONSTRUCTORS);
  }

  @Test
  void aCommandDeclaresOptionsAndCallsTheDomain() throws IOException {
    List<String> tooLong = new ArrayList<>();
    for (Path file : FILES) {
      String name = file.getFileName().toString();
      if (name.endsWith("Command.java") && !name.equals("Mnist4jCommand.java")) {
        try (Stream<String> lines = Files.lines(file)) {
          long count =
              lines.dropWhile(line -> !line.contains("class ")).filter(l -> !l.isBlank()).count();
          if (count > MAX_LINES_OF_A_COMMAND) {
            tooLong.add(file + ": " + count + " lines");
          }
        }
      }
    }
    assertEquals(List.of(), tooLong);
  }

  @Test
  void everyPackageSaysWhatItIsFor() throws IOException {
    List<Path> silent = new ArrayList<>();
    for (Path file : FILES) {
      Path info = file.resolveSibling("package-info.java");
      if (!Files.exists(info) || !Files.readString(info).startsWith("/**")) {
        silent.add(info);
      }
    }
    assertEquals(List.of(), silent);
  }

  /** Notes the methods and constructors that are too long. */
  private static final class MethodScanner extends TreePathScanner<Void, Void> {
    private final CompilationUnitTree unit;
    private final SourcePositions positions;

    MethodScanner(CompilationUnitTree unit, SourcePositions positions) {
      this.unit = unit;
      this.positions = positions;
    }

    @Override
    public Void visitMethod(MethodTree method, Void unused) {
      methods++;
      ClassTree owner = (ClassTree) getCurrentPath().getParentPath().getLeaf();
      String name = owner.getSimpleName() + "." + method.getName();
      long lines = line(positions.getEndPosition(unit, method)) - line(start(method)) + 1;
      if (lines > MAX_LINES_OF_A_METHOD) {
        LONG_METHODS.add(name + ": " + lines + " lines");
      }
      boolean constructor = method.getReturnType() == null;
      boolean record = owner.getKind() == Tree.Kind.RECORD;
      boolean open = !method.getModifiers().getFlags().contains(Modifier.PRIVATE);
      if (constructor
          && !record
          && open
          && method.getParameters().size() > MAX_ARGUMENTS_OF_A_CONSTRUCTOR) {
        LONG_CONSTRUCTORS.add(name + ": " + method.getParameters().size() + " arguments");
      }
      return super.visitMethod(method, null);
    }

    private long start(MethodTree method) {
      // Without annotations: they are no statements.
      return method.getBody() == null
          ? positions.getStartPosition(unit, method)
          : positions.getStartPosition(unit, method.getBody());
    }

    private long line(long position) {
      return unit.getLineMap().getLineNumber(position);
    }
  }
}
