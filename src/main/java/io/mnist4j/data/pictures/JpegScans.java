package io.mnist4j.data.pictures;

/**
 * The scans of a JPEG file (ITU-T T.81, B.1.1). A decoder goes over the whole picture for each, so
 * that a short file with many of them keeps it busy for long.
 */
final class JpegScans {
  private static final int START_OF_SCAN = 0xda;

  private JpegScans() {}

  /** How many scans begin in a file, damaged or not. */
  static int count(byte[] jpeg) {
    int scans = 0;
    int at = 2;
    while (at + 3 < jpeg.length) {
      int marker = jpeg[at + 1] & 0xff;
      // In a scan's data, 0xff stands before a 0, or before a restart marker, 0xd0 to 0xd7; before
      // another 0xff it fills.
      boolean data = marker == 0 || marker == 0xff || (marker >= 0xd0 && marker <= 0xd7);
      if (jpeg[at] != (byte) 0xff || data) {
        at++;
      } else {
        scans += marker == START_OF_SCAN ? 1 : 0;
        at += 2 + ((jpeg[at + 2] & 0xff) << 8 | (jpeg[at + 3] & 0xff));
      }
    }
    return scans;
  }
}
