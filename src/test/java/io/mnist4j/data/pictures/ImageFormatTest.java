package io.mnist4j.data.pictures;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ImageFormatTest {

  @ParameterizedTest
  @CsvSource({"'II*\0', TIFF", "'MM\0*', TIFF", "GIF87a, GIF", "BM12, BMP", "\u0089PNG, PNG"})
  void theContentDecides(String head, ImageFormat format) throws Exception {
    assertEquals(format, ImageFormat.of(head.getBytes(StandardCharsets.ISO_8859_1), "x"));
  }

  @Test
  void namesSayWhatMayBeAPicture() {
    assertTrue(ImageFormat.isNamedReadable(Path.of("a/b.TIF")));
    assertFalse(ImageFormat.isNamedReadable(Path.of("b.webp")));
    assertTrue(ImageFormat.isNamed("b.webp"));
    assertFalse(ImageFormat.isNamed(".b.png"));
    assertEquals("PNG, JPEG, GIF, BMP or TIFF", ImageFormat.readable("or"));
  }
}
