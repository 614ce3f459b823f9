package io.mnist4j.data.pictures;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class PictureTest {

  @Test
  void lumaIsThatOfTelevision() {
    Picture picture =
        new Picture(1, 4, new int[] {0xffff0000, 0xff00ff00, 0xff0000ff, 0xff808080}, 1);
    assertEquals(76, picture.luma().at(0, 0));
    assertEquals(150, picture.luma().at(0, 1));
    assertEquals(29, picture.luma().at(0, 2));
    assertEquals(128, picture.luma().at(0, 3));
  }

  /** Yellow on white differs in blue alone. */
  @Test
  void theClearestChannelIsTaken() {
    Picture yellow = new Picture(1, 2, new int[] {0xffffff00, 0xffffffff}, 1);
    assertEquals(0, yellow.clearest().at(0, 0));
    assertEquals(255, yellow.clearest().at(0, 1));
  }

  @Test
  void strokesOnNothingAreSetOff() {
    Picture dark = new Picture(1, 3, new int[] {0, 0xff202020, 0}, 1);
    assertEquals(255, dark.luma().at(0, 0));
    Picture light = new Picture(1, 3, new int[] {0, 0xffe0e0e0, 0}, 1);
    assertEquals(0, light.luma().at(0, 0));
  }
}
