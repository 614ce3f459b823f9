package io.mnist4j.data.parquet;

import java.util.ArrayList;
import java.util.List;

/**
 * Makes columns of the schema, which is a tree in depth-first order whose first element is its
 * root.
 */
final class SchemaParser {
  /** More than any table of pictures has. */
  private static final int MAX_ELEMENTS = 4_096;

  private static final int MAX_DEPTH = 16;

  private static final int OPTIONAL = 1;
  private static final int REPEATED = 2;
  private static final int UTF8 = 0;

  /** Logical types whose bytes are UTF-8: STRING, ENUM and JSON. */
  private static final List<Integer> TEXTS = List.of(1, 4, 12);

  private final List<SchemaElement> elements;
  private final List<ParquetColumn> columns = new ArrayList<>();
  private int next;

  private SchemaParser(List<SchemaElement> elements) {
    this.elements = elements;
  }

  /** An element as it stands in the file. */
  private static final class SchemaElement {
    int type = -1;
    int repetition;
    String name = "";
    int children;
    boolean text;

    boolean read(ThriftInput in, int id, int fieldType) throws ParquetFormatException {
      switch (id) {
        case 1 -> type = in.int32(fieldType);
        case 3 -> repetition = in.int32(fieldType);
        case 4 -> name = in.text(fieldType);
        case 5 -> children = in.int32(fieldType);
        case 6 -> text |= in.int32(fieldType) == UTF8;
        case 10 -> in.struct(fieldType, this::readLogicalType);
        default -> {
          return false;
        }
      }
      return true;
    }

    private boolean readLogicalType(int id, int fieldType) {
      text |= TEXTS.contains(id);
      return false;
    }
  }

  /**
   * Reads the list.
   *
   * @param type of the field
   * @return the columns in the order in which row groups have them
   */
  static List<ParquetColumn> parse(ThriftInput in, int type) throws ParquetFormatException {
    List<SchemaElement> elements = new ArrayList<>();
    in.structs(
        type,
        MAX_ELEMENTS,
        () -> {
          SchemaElement element = new SchemaElement();
          in.struct((id, fieldType) -> element.read(in, id, fieldType));
          elements.add(element);
        });
    SchemaParser parser = new SchemaParser(elements);
    SchemaElement root = parser.nextElement();
    parser.addChildren(root, new ParquetColumn(List.of(), PhysicalType.BINARY, 0, false, false));
    if (parser.next < elements.size()) {
      throw new ParquetFormatException("a schema with parts outside of its tree");
    }
    return List.copyOf(parser.columns);
  }

  private SchemaElement nextElement() throws ParquetFormatException {
    if (next == elements.size()) {
      throw new ParquetFormatException("a schema that ends early");
    }
    return elements.get(next++);
  }

  private void addChildren(SchemaElement element, ParquetColumn parent)
      throws ParquetFormatException {
    if (parent.path().size() == MAX_DEPTH) {
      throw new ParquetFormatException("a schema nested more than %d deep".formatted(MAX_DEPTH));
    }
    for (int i = 0; i < element.children; i++) {
      SchemaElement child = nextElement();
      List<String> path = new ArrayList<>(parent.path());
      path.add(child.name);
      int levels = parent.definitionLevels() + (child.repetition >= OPTIONAL ? 1 : 0);
      boolean repeated = parent.repeated() || child.repetition == REPEATED;
      boolean leaf = child.children <= 0;
      PhysicalType type = leaf ? PhysicalType.of(child.type) : PhysicalType.BINARY;
      ParquetColumn column =
          new ParquetColumn(List.copyOf(path), type, levels, repeated, child.text);
      if (leaf) {
        columns.add(column);
      } else {
        addChildren(child, column);
      }
    }
  }
}
