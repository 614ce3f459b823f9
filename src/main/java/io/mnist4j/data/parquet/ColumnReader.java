package io.mnist4j.data.parquet;

import java.io.IOException;
import java.util.zip.CRC32;

/** Reads the values of one column, page by page. */
final class ColumnReader {
  /** What the pages of any file may hold, and how many times its length they may hold beyond. */
  private static final long MOST_BYTES = 1 << 26;

  private static final long MAX_RATIO = 20;

  /** Run lengths and packed bits: the one way in which levels are written today. */
  private static final int RLE = 3;

  private final ParquetBytes file;
  private final ParquetColumn column;
  private final ColumnSink sink;

  /** How many bytes the pages may still hold: files say what they like. */
  private long budget;

  private final long most;

  private PageDictionary dictionary;

  ColumnReader(ParquetBytes file, ParquetColumn column, ColumnSink sink) throws IOException {
    this.file = file;
    this.column = column;
    this.sink = sink;
    most = MOST_BYTES + MAX_RATIO * file.length();
    budget = most;
  }

  /**
   * Reads the values of a group of rows into the sink.
   *
   * @param rows of the group
   */
  void read(ColumnChunk chunk, long rows) throws IOException {
    PageCodec codec = PageCodec.of(chunk.codec());
    byte[] bytes = file.read(chunk.start(), chunk.length());
    ByteCursor in = new ByteCursor(bytes, 0, bytes.length);
    dictionary = null;
    for (long left = rows; left > 0; ) {
      long place = chunk.start() + in.at();
      if (in.remaining() == 0) {
        throw new ParquetFormatException(
            "expected %d values in a group of rows, found %d".formatted(rows, rows - left));
      }
      try {
        left -= readPage(in, codec, left);
      } catch (ParquetFormatException e) {
        throw new ParquetFormatException("page at byte %d: %s".formatted(place, e.getMessage()));
      }
    }
  }

  /**
   * Reads a page.
   *
   * @param left rows that it may have
   * @return the number of its rows
   */
  private int readPage(ByteCursor in, PageCodec codec, long left) throws ParquetFormatException {
    int start = in.at();
    PageHeader header = PageHeader.parse(in);
    budget -= header.length + (in.at() - start);
    if (budget < 0) {
      throw new ParquetFormatException(
          "expected at most %d bytes in all pages of a file of this length, found %d more"
              .formatted(most, -budget));
    }
    ByteCursor page = in.part(header.compressedLength);
    requireSound(page, header);
    return switch (header.kind) {
      case PageHeader.DICTIONARY -> {
        ByteCursor content = codec.decompress(page, header.length);
        dictionary = PageDictionary.parse(content, column.type(), header.values);
        yield 0;
      }
      case PageHeader.DATA, PageHeader.DATA_V2 -> {
        if (header.values > left) {
          throw new ParquetFormatException(
              "%d values where %d rows are left".formatted(header.values, left));
        }
        readData(header, page, codec);
        yield header.values;
      }
      default -> 0;
    };
  }

  private static void requireSound(ByteCursor page, PageHeader header)
      throws ParquetFormatException {
    if (header.crc.isPresent()) {
      CRC32 crc = new CRC32();
      crc.update(page.bytes, page.at(), page.remaining());
      if ((int) crc.getValue() != header.crc.getAsInt()) {
        throw new ParquetFormatException("damaged: its checksum is wrong");
      }
    }
  }

  private void readData(PageHeader header, ByteCursor page, PageCodec codec)
      throws ParquetFormatException {
    int levels = column.definitionLevels();
    ByteCursor definitions;
    ByteCursor content;
    if (header.kind == PageHeader.DATA_V2) {
      // Columns without lists have no repetition levels.
      page.take(header.repetitionLength);
      definitions = page.part(header.definitionLength);
      long length = (long) header.length - header.repetitionLength - header.definitionLength;
      if (length < 0) {
        throw new ParquetFormatException("levels that are longer than their page");
      }
      // Where nothing is left, some writers compress it, and some do not.
      content =
          header.compressed && length > 0
              ? codec.decompress(page, (int) length)
              : page.part(length);
    } else {
      content = codec.decompress(page, header.length);
      if (levels > 0 && header.levelEncoding != RLE) {
        throw new ParquetFormatException(
            "levels in the outdated encoding %d; save it anew".formatted(header.levelEncoding));
      }
      definitions = content.part(levels > 0 ? content.number(Integer.BYTES) : 0);
    }
    emit(header, definitions, content);
  }

  private void emit(PageHeader header, ByteCursor definitions, ByteCursor content)
      throws ParquetFormatException {
    int levels = column.definitionLevels();
    HybridRuns present =
        new HybridRuns(definitions, Integer.SIZE - Integer.numberOfLeadingZeros(levels));
    PageValues values = null;
    for (int i = 0; i < header.values; i++) {
      if (levels > 0 && present.next() < levels) {
        sink.missing();
        continue;
      }
      if (values == null) {
        // Not before: what holds no value may hold nothing at all.
        values = PageValues.of(header.encoding, content, column.type(), dictionary);
      }
      values.next(sink);
    }
  }
}
