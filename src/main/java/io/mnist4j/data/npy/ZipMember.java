package io.mnist4j.data.npy;

import java.io.IOException;
import java.io.InputStream;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import java.util.zip.ZipException;

/**
 * An entry of a zip, as the directory at its end describes it.
 *
 * @param size of the content
 * @param compressedSize bytes that it takes in the zip
 * @param crc CRC-32 of the content
 * @param opener of the content, inflated
 */
record ZipMember(String name, long size, long compressedSize, long crc, NpyContent.Opener opener) {

  /** Its content, whose checksum is compared where it ends. */
  InputStream open() throws IOException {
    return new Checked(opener.open(), crc);
  }

  /** Neither inflating nor copying compares checksums. */
  private static final class Checked extends CheckedInputStream {
    private final long said;

    Checked(InputStream in, long said) {
      super(in, new CRC32());
      this.said = said;
    }

    @Override
    public int read() throws IOException {
      return checked(super.read());
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      return checked(super.read(bytes, offset, length));
    }

    private int checked(int read) throws IOException {
      if (read < 0 && getChecksum().getValue() != said) {
        throw new ZipException("its checksum is wrong");
      }
      return read;
    }
  }
}
