package io.mnist4j.data.imagefolder;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mnist4j.data.ImageSet;
import io.mnist4j.data.ImageSize;
import io.mnist4j.data.Part;
import io.mnist4j.data.imagefolder.PictureDataset.Content;
import io.mnist4j.data.source.FileTree;
import io.mnist4j.data.source.FolderTree;
import io.mnist4j.data.source.ZipTree;
import io.mnist4j.errors.DataException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImageFolderTest {
  @TempDir Path directory;
  private PictureFolder folder;

  @BeforeEach
  void makeFolder() {
    folder = new PictureFolder(directory.resolve("own"));
  }

  @Test
  void partsAndClassesAreFolders() throws Exception {
    folder.add("train/10/a.png", 2, 3, 0).add("train/2/b.png", 2, 3, 10);
    folder.add("val/2/c.png", 2, 3, 20).add("val/10/d.png", 2, 3, 25);
    folder.add("testing/10/e.png", 2, 3, 30).add("testing/2/e.png", 2, 3, 40);
    Content content = read();
    assertEquals(List.of(), content.notes());
    assertEquals(List.of("2", "10"), content.parts().classNames(), "2 before 10");
    assertEquals(Set.of(Part.TRAIN, Part.VALIDATION, Part.TEST), content.parts().parts().keySet());
    ImageSet train = content.parts().parts().get(Part.TRAIN);
    assertEquals(2, train.height());
    assertEquals(3, train.width());
    assertArrayEquals(new byte[] {1, 0}, train.labels());
    assertArrayEquals(new byte[] {0, 1, 2, 3, 4, 5, 10, 11, 12, 13, 14, 15}, train.pixels());
    assertEquals(
        List.of("testing/2/e.png", "testing/10/e.png"), content.parts().files().get(Part.TEST));
  }

  @Test
  void imagesHaveTheOrderOfTheirFileNames() throws Exception {
    folder.add("a/2.png", 1, 2, 2).add("b/10.png", 1, 2, 10).add("a/11.png", 1, 2, 11);
    folder.add("b/1.png", 1, 2, 1);
    ImageSet train = read().parts().parts().get(Part.TRAIN);
    assertArrayEquals(new byte[] {1, 2, 2, 3, 10, 11, 11, 12}, train.pixels());
    assertArrayEquals(new byte[] {1, 0, 1, 0}, train.labels());
  }

  @Test
  void foldersAroundAndBelowDoNotCount() throws Exception {
    folder.add("mnist/set/trainingSet/trainingSet/3/deep/x.png", 1, 1, 1);
    folder.add("mnist/set/trainingSet/trainingSet/4/y.png", 1, 1, 2);
    folder.add("mnist/set/testSet/testSet/3/z.png", 1, 1, 3);
    Content content = read();
    assertEquals(List.of("3", "4"), content.parts().classNames());
    assertEquals(2, content.parts().parts().get(Part.TRAIN).size());
    assertEquals(1, content.parts().parts().get(Part.TEST).size());
    assertEquals(List.of(folder.path() + ": no test picture of 4"), content.notes());
  }

  @Test
  void partsMayLieBelowClasses() throws Exception {
    folder.add("cat/train/1.png", 1, 1, 1).add("cat/test/2.png", 1, 1, 2);
    folder.add("dog/train/3.png", 1, 1, 3).add("dog/test/4.png", 1, 1, 4);
    Content content = read();
    assertEquals(List.of("cat", "dog"), content.parts().classNames());
    assertEquals(2, content.parts().parts().get(Part.TEST).size());
  }

  @Test
  void trainMayBeAClass() throws Exception {
    folder.add("train/1.png", 1, 1, 1).add("ship/2.png", 1, 1, 2);
    assertEquals(List.of("ship", "train"), read().parts().classNames());
  }

  @Test
  void whatIsLeftOutIsCountedAndNamedOnce() throws Exception {
    folder.add("train/a/1.png", 2, 2, 1).add("train/a/2.png", 2, 2, 2);
    folder.add("train/b/3.png", 4, 4, 3).add("train/b/4.png", 2, 2, 4);
    folder.add("test/a/5.png", 2, 2, 1).add("test/b/6.png", 2, 2, 6).add("test/b/7.png", 2, 2, 6);
    folder.add("sample/a/8.png", 2, 2, 8).add("test/9.png", 2, 2, 9);
    folder
        .text("train/a/broken.png", "no picture")
        .text("train/a/.hidden", "")
        .text("notes.txt", "");
    Files.createDirectories(folder.path().resolve("train/c"));
    String own = folder.path() + ": ";
    assertEquals(
        List.of(
            own + "1 picture of other sizes scaled to 2x2",
            own
                + "1 picture left out that cannot be read; the first: "
                + folder.path().resolve("train/a/broken.png")
                + ": not a picture; PNG, JPEG, GIF, BMP and TIFF are read",
            own + "1 picture kept that are there twice, pixel for pixel",
            own
                + "1 picture kept that are in two parts of the data, so that results are better than"
                + " they should be",
            own + "1 picture left out that lie in no folder of a class; the first: test/9.png",
            own
                + "1 picture left out that belong neither to train nor to test; the first: sample/a/8.png",
            own + "1 hidden file left out",
            own + "no class for a folder without pictures: c"),
        read().notes());
  }

  @Test
  void sizeIsTheMostFrequentOneUnlessAsked() throws Exception {
    for (int i = 0; i < 105; i++) {
      folder.add("a/" + i + ".png", 1, 1, i);
    }
    for (int i = 105; i < 230; i++) {
      folder.add("b/" + i + ".png", 2, 3, i);
    }
    Content content = read();
    assertEquals(new ImageSize(2, 3), size(content));
    assertEquals(
        List.of(folder.path() + ": 105 pictures of other sizes scaled to 2x3"), content.notes());
    assertEquals(new ImageSize(4, 4), size(read(Optional.of(new ImageSize(4, 4)))));
  }

  @Test
  void aFileNamesTheClasses() throws Exception {
    folder.add("2/a.png", 1, 1, 1).add("10/b.png", 1, 1, 2);
    folder.text("classes.txt", "two\nten\n");
    assertEquals(List.of("two", "ten"), read().parts().classNames(), "for the natural order");
    folder.text("classes.txt", "10\n9\n2\n");
    Content ordered = read();
    assertEquals(
        List.of("10", "9", "2"), ordered.parts().classNames(), "their own names: an order");
    assertArrayEquals(new byte[] {2, 0}, ordered.parts().first().labels());
    assertEquals(List.of(folder.path() + ": no train picture of 9"), ordered.notes());
    folder.text("classes.txt", "one\ntwo\nthree\n");
    assertRefused("expected 2 names of classes, for 2, 10, found 3");
    String many = String.join("\n", IntStream.range(0, 257).mapToObj(Integer::toString).toList());
    folder.text("classes.txt", many);
    assertRefused("257 classes; at most 256 are told apart");
  }

  @Test
  void photosNeedASize() {
    folder.add("a/1.png", 300, 200, 1).add("b/2.png", 300, 200, 2);
    assertRefused("its pictures are of 300x200 pixels; say what they are to be scaled to, such as");
  }

  @Test
  void whatIsNoDataSetIsRefused() {
    assertRefused("expected pictures in folders named after their classes", "found none");
    folder.add("1.png", 2, 2, 1).add("2.png", 2, 2, 1);
    assertRefused("found 2 pictures in no such folder");
    folder.text("a/3.png", "x");
    assertRefused("none of 1 pictures can be read", "3.png: not a picture");
    for (int i = 0; i < 257; i++) {
      folder.add(i + "/x.png", 1, 1, i);
    }
    assertRefused("257 classes; at most 256 are told apart");
  }

  @Test
  void aZipArchiveIsReadInPlace() throws Exception {
    folder.add("train/a/1.png", 2, 2, 1).add("train/b/2.png", 2, 2, 2);
    folder.add("test/a/3.png", 2, 2, 3).add("test/b/4.png", 2, 2, 4);
    folder.text("__MACOSX/train/a/._1.png", "x");
    Path archive = directory.resolve("own.zip");
    zip(archive);
    Content unpacked = read();
    try (FileTree tree = new ZipTree(archive)) {
      Content zipped =
          new ImageFolder(tree).read("own", PictureForm.AS_IS, Optional.empty(), (a, b) -> {});
      assertEquals(unpacked.parts().classNames(), zipped.parts().classNames());
      for (Part part : List.of(Part.TRAIN, Part.TEST)) {
        assertArrayEquals(
            unpacked.parts().parts().get(part).pixels(), zipped.parts().parts().get(part).pixels());
      }
    }
    Files.write(archive, java.util.Arrays.copyOf(Files.readAllBytes(archive), 40));
    String damaged = assertThrows(DataException.class, () -> new ZipTree(archive)).getMessage();
    assertTrue(damaged.startsWith(archive + ": a damaged zip archive: "), damaged);
  }

  private void zip(Path archive) throws Exception {
    try (OutputStream out = Files.newOutputStream(archive);
        ZipOutputStream zip = new ZipOutputStream(out);
        FileTree tree = new FolderTree(folder.path())) {
      for (var entry : tree.entries()) {
        zip.putNextEntry(new ZipEntry("own/" + entry.name()));
        zip.write(Files.readAllBytes(entry.path().orElseThrow()));
      }
      zip.putNextEntry(new ZipEntry("__MACOSX/own/train/a/._1.png"));
    }
  }

  private static ImageSize size(Content content) {
    ImageSet images = content.parts().first();
    return new ImageSize(images.height(), images.width());
  }

  private void assertRefused(String... expected) {
    String message = assertThrows(DataException.class, this::read).getMessage();
    for (String part : expected) {
      assertTrue(message.contains(part), message);
    }
    assertEquals(1, message.lines().count());
  }

  private Content read() throws Exception {
    return read(Optional.empty());
  }

  private Content read(Optional<ImageSize> size) throws Exception {
    Files.createDirectories(folder.path());
    try (FileTree tree = new FolderTree(folder.path())) {
      return new ImageFolder(tree).read("own", PictureForm.AS_IS, size, (done, total) -> {});
    }
  }
}
