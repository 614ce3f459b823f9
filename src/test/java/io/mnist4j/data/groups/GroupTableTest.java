package io.mnist4j.data.groups;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mnist4j.data.ImageSet;
import io.mnist4j.data.Part;
import io.mnist4j.data.idx.IdxFixture;
import io.mnist4j.errors.ConfigException;
import io.mnist4j.errors.DataException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GroupTableTest {
  private static final List<String> NAMES = List.of("a", "b");

  /** Four images, labelled 0 1 0 1. */
  private static final ImageSet FOUR = new ImageSet(1, 1, new byte[4], new byte[] {0, 1, 0, 1});

  @TempDir Path directory;

  private GroupTable table(String text) throws Exception {
    return GroupTable.read(Files.writeString(directory.resolve("groups.csv"), text));
  }

  @Test
  void aTableMayHaveItsRowsAndColumnsInAnyOrder() throws Exception {
    GroupTable table =
        table(
            """
            age,index,writer,label,split\r
            old,3,w10,b,test
            young,0,w2,0,test
            young,1,w2,b,test
            "o, k",2,w9,a,test
            old,0,w1,b,train
            """);
    GroupsOfImages found = table.of(Part.TEST, FOUR, NAMES);
    assertEquals(List.of("o, k", "old", "young"), found.names("age"));
    assertArrayEquals(new int[] {2, 2, 0, 1}, found.of("age"));
    assertEquals(List.of("w2", "w9", "w10"), found.names("writer"));
    assertTrue(table.hasWriters());
    assertEquals("age", table.column(""));
    assertEquals("writer", table.column("writer"));
    assertEquals(
        IdxFixture.sha256(Files.readAllBytes(directory.resolve("groups.csv"))), table.sha256());
  }

  @Test
  void rowsStayWithTheirImages() throws Exception {
    GroupTable table = table("index,group\n0,a\n1,b\n2,c\n3,d\n");
    ImageSet chosen = FOUR.subset(new int[] {3, 1, 2}).without(new int[] {1});
    GroupsOfImages found = table.of(Part.TRAIN, chosen, NAMES);
    assertEquals("d", found.value("group", 0));
    assertEquals("c", found.value("group", 1));
    assertArrayEquals(new int[] {-1, -1, 0, 1}, found.groups("group", chosen).ofRows());
    assertArrayEquals(new int[] {1, 0}, found.groups("group", chosen).of(chosen));
  }

  @Test
  void qmnistsTableMayHaveMoreRows() throws Exception {
    ByteBuffer content = ByteBuffer.allocate(12 + 5 * 32);
    content.putInt(0x00000c02).putInt(5).putInt(8);
    for (int row = 0; row < 5; row++) {
      // Class, hsf, writer and five more.
      content
          .putInt(row % 2)
          .putInt(row < 2 ? 0 : 4)
          .putInt(2000 + row)
          .position(12 + 32 * (row + 1));
    }
    Path plain = Files.write(directory.resolve("labels"), content.array());
    Path packed = directory.resolve("packed");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(packed))) {
      out.write(content.array());
    }
    for (Path file : List.of(plain, packed)) {
      GroupTable table = GroupTable.read(file);
      assertEquals("hsf", table.column(""));
      GroupsOfImages found = table.of(Part.TEST, FOUR, NAMES);
      assertArrayEquals(new int[] {0, 0, 1, 1}, found.of("hsf"));
      assertEquals("2003", found.value("writer", 3));
      assertEquals(IdxFixture.sha256(content.array()), table.sha256());
    }
    content.putInt(12 + 32, 7);
    Files.write(plain, content.array());
    refused(
        "labels, row 1: image 1 of test is labelled 'b', not '7': the table is of other data",
        () -> GroupTable.read(plain).of(Part.TEST, FOUR, NAMES));
    content.putInt(4, 6);
    Files.write(plain, content.array());
    refused("expected 204 bytes as its header says, found 172", () -> GroupTable.read(plain));
    content.putInt(8, 3);
    Files.write(plain, content.array());
    refused("expected a table of 8 columns", () -> GroupTable.read(plain));
  }

  private static void refused(String message, org.junit.jupiter.api.function.Executable read) {
    DataException refused = assertThrows(DataException.class, read);
    assertTrue(refused.getMessage().contains(message), refused.getMessage());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "index,group\\n0,a\\n1,a\\n2,b\\n4,b | line 5: index must be 0 to 3 (test has 4 images), not '4'",
        "index,group\\n0,a\\n1,a\\n2,b | groups.csv has no row for image 3 of test, and needs one for each of the 4 images",
        "index,group\\n0,a\\n1,a\\n0,b | line 4: image 0 is there already, in line 2",
        "index,group\\n0,a\\n-1,a | line 3: index must be a whole number from 0, not '-1'",
        "index,group\\n0,a\\n1 | line 3: 1 values, where the first line names 2",
        "index,group\\n0,a\\n1, | line 3: the column 'group' is empty",
        "index,split,group\\n0,exam,a | line 2: split must be train, validation or test, not 'exam'",
        "index,group\\n0,\"a | line 2: a quote is not closed",
        "image,group\\n0,a | line 1: there is no column 'index'",
        "index,split\\n0,test | line 1: there is no column of groups",
        "index,group,group\\n0,a,a | line 1: two columns have one name, or one has none",
        "index,label,group\\n0,a,x\\n1,a,x | line 3: image 1 of test is labelled 'b', not 'a'",
      })
  void whatIsNotTrueOfTheImagesIsRefused(String text, String message) {
    refused(message, () -> table(text.replace("\\n", "\n")).of(Part.TEST, FOUR, NAMES));
  }

  @Test
  void whatIsNoTableIsRefused() throws Exception {
    refused("is empty", () -> table(""));
    Path file = Files.write(directory.resolve("x"), new byte[] {(byte) 0xff, (byte) 0xfe, 0, 1});
    refused("is neither text in UTF-8 nor a table of QMNIST's labels", () -> GroupTable.read(file));
    refused("expected a file, found a folder", () -> GroupTable.read(directory));
    refused("no such file", () -> GroupTable.read(directory.resolve("none")));
  }

  @Test
  void aColumnThatIsNotThereIsNamedWithThoseThatAre() throws Exception {
    GroupTable table = table("index,age,hand\n0,old,left\n");
    ConfigException misspelled = assertThrows(ConfigException.class, () -> table.column("hands"));
    assertTrue(
        misspelled
            .getMessage()
            .contains("has no column 'hands' of groups (there are age, hand); did you mean hand?"));
    ConfigException several = assertThrows(ConfigException.class, () -> table.column(""));
    assertTrue(
        several.getMessage().contains("several columns of groups: name one of age, hand"),
        several.getMessage());
  }
}
