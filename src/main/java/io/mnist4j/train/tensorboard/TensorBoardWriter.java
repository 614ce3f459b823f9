package io.mnist4j.train.tensorboard;

import io.mnist4j.files.FileProblem;
import io.mnist4j.train.EpochMetrics;
import io.mnist4j.train.TrainingListener;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.zip.CRC32C;

/**
 * Writes scalars into an event file: {@code tensorboard --logdir} draws them, while the run goes on
 * too.
 *
 * <p>Each writer begins a file of its own, {@code events.out.tfevents.<seconds>.<host>}, and
 * TensorBoard reads all of a folder in the order of their names: a resumed run goes on in a new
 * one, and says from which step, so that what the run had written beyond its last checkpoint is not
 * drawn twice. Not for use by several threads.
 */
public final class TensorBoardWriter implements TrainingListener, Closeable {
  /** What TensorBoard asks of the first event of a file. */
  private static final String FILE_VERSION = "brain.Event:2";

  /** kMaskDelta of tensorflow/core/lib/hash/crc32c.h. */
  private static final int MASK_DELTA = 0xa282ead8;

  private final Path file;
  private final OutputStream out;

  TensorBoardWriter(Path file, OutputStream out) {
    this.file = file;
    this.out = out;
  }

  /**
   * Begins a new event file.
   *
   * @param folder is made where there is none
   * @param firstStep 0, or where a resumed run goes on: earlier files' points from it on are
   *     dropped
   * @param wallTimeMillis now, in milliseconds since 1970; part of the file's name
   * @throws IOException if the file cannot be written
   */
  public static TensorBoardWriter create(Path folder, long firstStep, long wallTimeMillis)
      throws IOException {
    Files.createDirectories(folder);
    TensorBoardWriter writer = open(folder, wallTimeMillis / 1000);
    writer.write(EventMessage.fileVersion(wallTimeMillis, FILE_VERSION));
    if (firstStep > 0) {
      writer.write(EventMessage.sessionStart(wallTimeMillis, firstStep));
    }
    return writer;
  }

  /** Two writers that begin in one second have two files. */
  private static TensorBoardWriter open(Path folder, long firstSecond) throws IOException {
    String host = host();
    for (long second = firstSecond; ; second++) {
      // Ten digits: the order of the names is that of the times.
      Path file = folder.resolve("events.out.tfevents.%010d.%s".formatted(second, host));
      try {
        return new TensorBoardWriter(
            file, Files.newOutputStream(file, StandardOpenOption.CREATE_NEW));
      } catch (FileAlreadyExistsException taken) {
        // The next one.
      }
    }
  }

  private static String host() {
    try {
      return InetAddress.getLocalHost().getHostName().replaceAll("[^A-Za-z0-9.-]", "_");
    } catch (UnknownHostException e) {
      return "localhost";
    }
  }

  /**
   * Adds a point to a curve. It is in the file when this returns.
   *
   * @param tag name of the curve; a part before {@code /} names a group of curves
   * @param step place on the horizontal axis, at least 0
   * @param value kept as a float; not a number and infinities are kept too
   * @param wallTimeMillis when it was measured, in milliseconds since 1970
   * @throws IOException if the file cannot be written
   */
  public void scalar(String tag, long step, double value, long wallTimeMillis) throws IOException {
    write(EventMessage.scalar(wallTimeMillis, step, tag, (float) value));
  }

  /** A point for each curve; its place on the horizontal axis is the number of the epoch. */
  @Override
  public void onEpoch(EpochMetrics metrics) throws IOException {
    epoch(metrics, System.currentTimeMillis());
  }

  /** The same at another time. */
  public void epoch(EpochMetrics metrics, long now) throws IOException {
    int epoch = metrics.epoch();
    scalar("loss/train", epoch, metrics.trainLoss(), now);
    scalar("loss/validation", epoch, metrics.validationLoss(), now);
    scalar("accuracy/validation", epoch, metrics.validationAccuracy(), now);
    if (metrics.trainAccuracy() != null) {
      scalar("accuracy/train", epoch, metrics.trainAccuracy(), now);
    }
    if (metrics.learningRate() != null) {
      scalar("learning-rate", epoch, metrics.learningRate(), now);
    }
    if (metrics.samples() > 0) {
      scalar("samples-per-second", epoch, metrics.samples() / metrics.seconds(), now);
    }
  }

  /**
   * The settings of a trial: with them the folder is a row of the tab HPARAMS.
   *
   * @param settings numbers and truths as they are, everything else as text
   * @param wallTimeMillis when it began, in milliseconds since 1970
   * @throws IOException if the file cannot be written
   */
  public void settings(Map<String, Object> settings, long wallTimeMillis) throws IOException {
    write(EventMessage.settings(wallTimeMillis, settings));
  }

  /** Says in that tab how the trial ended. */
  public void end(boolean success, long wallTimeMillis) throws IOException {
    write(EventMessage.end(wallTimeMillis, success));
  }

  /**
   * Writes TensorFlow's frame of a record, little-endian: the length in 8 bytes, a checksum of
   * these, the content, a checksum of that. Source: tensorflow/core/lib/io/record_writer.h.
   */
  private void write(byte[] event) throws IOException {
    ByteBuffer record =
        ByteBuffer.allocate(Long.BYTES + 2 * Integer.BYTES + event.length)
            .order(ByteOrder.LITTLE_ENDIAN);
    record.putLong(event.length);
    record.putInt(maskedCrc(record.array(), Long.BYTES));
    record.put(event);
    record.putInt(maskedCrc(event, event.length));
    try {
      // One write a record: a reader sees whole records while a run goes on, but for the last.
      out.write(record.array());
    } catch (IOException e) {
      throw new FileSystemException(file.toString(), null, FileProblem.reason(e));
    }
  }

  /** Masked, because a checksum of bytes that hold their own checksum is a poor one. */
  private static int maskedCrc(byte[] bytes, int length) {
    CRC32C crc = new CRC32C();
    crc.update(bytes, 0, length);
    return Integer.rotateRight((int) crc.getValue(), 15) + MASK_DELTA;
  }

  @Override
  public void close() throws IOException {
    out.close();
  }
}
