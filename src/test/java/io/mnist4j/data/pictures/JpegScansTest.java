package io.mnist4j.data.pictures;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JpegScansTest {

  /** Segments of a marker and a length; a scan's data follows without one. */
  @ParameterizedTest
  @CsvSource({
    "ffd8, 0",
    "ffd8 ffe0 0004 aabb, 0",
    "ffd8 ffda 0004 0102 11ff0022ffd733 ffd9 0000, 1",
    "ffd8 ffda 0002 11 ffda 0002 22 ffc4 0003 aa ffda 0002 33, 3",
    "ffd8 ffe0 0006 ffda0002 ffda 0002 11, 1",
    "ffd8 ffff ffda 0002 11, 1",
    "ffd8 ffda ffff, 1",
  })
  void scansAreCounted(String hex, int scans) {
    assertEquals(scans, JpegScans.count(HexFormat.of().parseHex(hex.replace(" ", ""))));
  }

  @Test
  void anEmptyFileHasNone() {
    assertEquals(0, JpegScans.count(new byte[0]));
  }
}
