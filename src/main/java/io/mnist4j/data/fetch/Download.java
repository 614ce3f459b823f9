package io.mnist4j.data.fetch;

import io.mnist4j.data.catalogue.CatalogueFile;
import io.mnist4j.data.catalogue.CheckedFile;
import io.mnist4j.data.catalogue.FileHash;
import io.mnist4j.data.fetch.TransferException.Remedy;
import io.mnist4j.errors.DataException;
import io.mnist4j.files.AtomicFile;
import io.mnist4j.text.Durations;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/**
 * Gets one file from one mirror: tries again after errors that pass, continues what was cut off,
 * and puts nothing in place that is not the file.
 *
 * @param folder where the file goes; exists
 */
record Download(
    CatalogueFile file,
    Path folder,
    Mirror mirror,
    FetchSettings settings,
    Fetcher.Deadline deadline,
    FetchListener listener) {
  private static final int BUFFER_BYTES = 1 << 16;
  private static final String HTML_PAGE = "sent an HTML page instead of the file";

  /** The file while it is not whole; a later start goes on with it. */
  private Path part() {
    return folder.resolve(file.name() + ".part");
  }

  /**
   * Returns where the file lies now.
   *
   * @throws TransferException if this mirror cannot give it
   * @throws IOException if the folder cannot be written to
   */
  Path run() throws TransferException, IOException, InterruptedException {
    int failures = 0;
    boolean startedOver = false;
    Duration pause = settings.firstPause();
    while (true) {
      if (deadline.hasPassed()) {
        throw new TransferException(Remedy.NEXT_MIRROR, deadline.reason());
      }
      try {
        return attempt();
      } catch (TransferException e) {
        switch (e.remedy()) {
          case NEXT_MIRROR, UNREACHABLE -> throw e;
          case START_OVER -> {
            Files.deleteIfExists(part());
            if (startedOver) {
              throw new TransferException(Remedy.NEXT_MIRROR, e.getMessage());
            }
            startedOver = true;
          }
          case TRY_AGAIN -> {
            failures++;
            pause(e, failures, pause);
            pause = pause.multipliedBy(2);
          }
        }
      }
    }
  }

  private void pause(TransferException e, int failures, Duration backOff)
      throws TransferException, InterruptedException {
    if (failures >= settings.tries()) {
      throw new TransferException(
          Remedy.NEXT_MIRROR, "%s after %d tries".formatted(e.getMessage(), failures));
    }
    Duration longest = settings.longestPause();
    Duration pause = e.askedPause().orElse(backOff.compareTo(longest) < 0 ? backOff : longest);
    if (pause.compareTo(longest) > 0) {
      throw new TransferException(
          Remedy.NEXT_MIRROR,
          "%s, asks to wait %s".formatted(e.getMessage(), Durations.text(pause)));
    }
    listener.retrying(file.name(), mirror.name(), e.getMessage(), pause);
    Thread.sleep(pause.toMillis());
  }

  private Path attempt() throws TransferException, IOException, InterruptedException {
    boolean resumed;
    try (FileChannel out = FolderLock.openToWrite(part())) {
      resumed = copy(out);
    } catch (TransferException e) {
      if (Files.size(part()) == 0) {
        Files.delete(part());
        throw e;
      }
      // A process that was killed between the last byte and the rename left a whole file.
      if (e.remedy() == Remedy.START_OVER && complaint() == null) {
        return install();
      }
      throw e;
    }
    String complaint = complaint();
    if (complaint == null) {
      return install();
    }
    // The first bytes may be another mirror's, which compressed the same content differently.
    Files.deleteIfExists(part());
    throw new TransferException(resumed ? Remedy.START_OVER : Remedy.NEXT_MIRROR, complaint);
  }

  /** Returns whether what an earlier start left was continued. */
  private boolean copy(FileChannel out)
      throws TransferException, IOException, InterruptedException {
    long most = file.maxFileBytes();
    long there = out.size() > most ? 0 : out.size();
    try (ResponseBody body = mirror.open(file.name(), there)) {
      out.truncate(body.start()).position(body.start());
      if (body.total() > most) {
        throw new TransferException(
            Remedy.NEXT_MIRROR,
            "announces %d bytes, expected %d at most".formatted(body.total(), most));
      }
      byte[] buffer = new byte[BUFFER_BYTES];
      for (int count = body.read(buffer); count >= 0; count = body.read(buffer)) {
        ByteBuffer bytes = ByteBuffer.wrap(buffer, 0, count);
        while (bytes.hasRemaining()) {
          out.write(bytes);
        }
        if (out.position() > most) {
          out.truncate(0);
          throw new TransferException(
              Remedy.NEXT_MIRROR, "sends more than the %d bytes expected at most".formatted(most));
        }
        listener.progress(file.name(), out.position(), body.total());
        if (deadline.hasPassed()) {
          throw new TransferException(Remedy.NEXT_MIRROR, deadline.reason());
        }
      }
      if (out.position() < body.total()) {
        throw new TransferException(Remedy.TRY_AGAIN, "the connection was cut");
      }
      return body.start() > 0;
    }
  }

  /** Why the part file is not the file; null if it is. */
  private String complaint() throws IOException {
    try {
      CheckedFile found = CheckedFile.of(file, part());
      if (found.isRight()) {
        return null;
      }
      FileHash expected = file.hash().orElseThrow();
      return startsWith('<')
          ? HTML_PAGE
          : "wrong content: expected %s %s, found %s"
              .formatted(expected.kind(), expected.hex(), found.hash());
    } catch (DataException e) {
      return startsWith('<')
          ? HTML_PAGE
          : "wrong content: " + e.getMessage().replace(part() + ": ", "");
    }
  }

  /** Under its own name, without {@code .gz} where it is not compressed and may be so. */
  private Path install() throws IOException {
    boolean plain = file.names().size() > 1 && !startsWith(0x1f);
    Path target = folder.resolve(plain ? file.title() : file.name());
    AtomicFile.install(part(), target);
    return target;
  }

  private boolean startsWith(int first) throws IOException {
    try (InputStream in = Files.newInputStream(part())) {
      return in.read() == first;
    }
  }
}
