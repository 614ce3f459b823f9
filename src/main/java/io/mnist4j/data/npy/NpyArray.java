package io.mnist4j.data.npy;

import io.mnist4j.data.source.FileEntry;
import io.mnist4j.errors.DataException;
import io.mnist4j.files.FileProblem;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.zip.ZipException;

/**
 * One array of a file: its shape and type have been read, its values are read when they are asked
 * for, straight into what they become by {@link NpyReader}.
 */
final class NpyArray {
  static final String SUFFIX = ".npy";

  private final String where;
  private final List<String> memberNames;
  private final List<String> fileNames;
  private final NpyContent content;
  private final NpyHeader header;

  /** Reads the header. */
  private NpyArray(
      String where, List<String> memberNames, List<String> fileNames, NpyContent content)
      throws DataException {
    this.where = where;
    this.memberNames = memberNames;
    this.fileNames = fileNames;
    this.content = content;
    try (InputStream in = content.opener().open()) {
      header = NpyHeader.read(in, where);
    } catch (IOException e) {
      throw unreadable(where, e);
    }
  }

  /**
   * The array of an npy file.
   *
   * @throws DataException if it is none
   */
  static NpyArray of(FileEntry file) throws DataException {
    boolean onDisk = file.path().isPresent();
    return new NpyArray(
        file.toString(),
        List.of(),
        namesOf(file.name()),
        new NpyContent(file.size(), onDisk, () -> new BufferedInputStream(file.open())));
  }

  /**
   * An array of an npz.
   *
   * @param file the npz
   * @param member the name of its entry
   * @throws DataException if the entry is no array
   */
  static NpyArray of(FileEntry file, String member, NpyContent content) throws DataException {
    String name = member.substring(0, member.length() - SUFFIX.length());
    return new NpyArray(
        "%s: %s".formatted(file, name), namesOf(member), namesOf(file.name()), content);
  }

  /** The parts of a path without its ending, the last one first. */
  private static List<String> namesOf(String path) {
    String plain = path.replaceFirst("(?i)\\.np[yz]$", "");
    List<String> parts = Arrays.asList(plain.split("[/\\\\]", -1));
    Collections.reverse(parts);
    return parts;
  }

  /** What is wrong with a file that could not be read. */
  static DataException unreadable(String where, IOException e) {
    if (e instanceof EOFException) {
      return new DataException("%s: damaged: it is cut off; take a good copy".formatted(where), e);
    }
    return e instanceof ZipException
        ? new DataException(
            "%s: damaged: %s; take a good copy".formatted(where, FileProblem.reason(e)), e)
        : new DataException("cannot read %s: %s".formatted(where, FileProblem.reason(e)), e);
  }

  /** Its name in an npz, and of the folders there, the innermost first; none of an npy file. */
  List<String> memberNames() {
    return memberNames;
  }

  /** Its name in an npz, that of its file, and those of the folders around it, in this order. */
  List<String> names() {
    List<String> names = new ArrayList<>(memberNames);
    names.addAll(fileNames);
    return names;
  }

  NpyContent content() {
    return content;
  }

  NpyHeader header() {
    return header;
  }

  /** The number of images or labels; 0 of an array without dimensions. */
  long count() {
    return header.shape().isEmpty() ? 0 : header.shape().get(0);
  }

  /** Says where in this array something is wrong, and what. */
  DataException problem(String what) {
    return new DataException(where + ": " + what);
  }

  /** The file, and in an npz the name of the array. */
  @Override
  public String toString() {
    return where;
  }
}
