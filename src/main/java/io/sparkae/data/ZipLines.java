package io.sparkae.data;

import io.sparkae.core.Check;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/**
 * The lines of one member of a zip file. Names of members are compared and shown, and never are
 * paths of files.
 */
final class ZipLines implements Iterator<TextLines.Line> {
  private static final int SHOWN_NAMES = 10;

  private final ZipInputStream zip;
  private final String file;
  private final String member;
  private final int tooLong;
  private final String entered;
  private final BufferedReader reader;
  private long number;
  private String next;

  /**
   * Goes to a member's first line.
   *
   * @param source the bytes of the file
   * @param file its name, for errors
   * @param member name of the member; null for the only one
   * @param tooLong characters that no line may have
   * @throws LineFormatException if it has no such member, or cannot be read
   */
  ZipLines(InputStream source, String file, String member, int tooLong) {
    this.zip = new ZipInputStream(source);
    this.file = file;
    this.member = member;
    this.tooLong = tooLong;
    this.entered = enter();
    this.reader = new BufferedReader(new InputStreamReader(zip, StandardCharsets.UTF_8));
    this.next = read();
  }

  @Override
  public boolean hasNext() {
    return next != null;
  }

  @Override
  public TextLines.Line next() {
    if (next == null) {
      throw new NoSuchElementException();
    }
    TextLines.Line line = new TextLines.Line(next, place(), number);
    next = read();
    if (next == null && member == null) {
      requireLast();
    }
    return line;
  }

  private String place() {
    return file + "!" + Check.shown(entered);
  }

  /** Goes to the member that is asked for, or to the first. */
  private String enter() {
    List<String> names = new ArrayList<>();
    for (ZipEntry entry = nextEntry(); entry != null; entry = nextEntry()) {
      if (entry.getName().equals(member) || member == null && !entry.isDirectory()) {
        return entry.getName();
      }
      if (names.size() < SHOWN_NAMES) {
        names.add(Check.shown(entry.getName()));
      }
    }
    throw new LineFormatException(
        file,
        names.isEmpty()
            ? "is no zip file, or an empty one"
            : "has no member "
                + (member == null ? "but folders" : member)
                + ": its members are "
                + String.join(", ", names)
                + (names.size() < SHOWN_NAMES ? "" : ", ..."));
  }

  private void requireLast() {
    for (ZipEntry entry = nextEntry(); entry != null; entry = nextEntry()) {
      if (!entry.isDirectory()) {
        throw new LineFormatException(
            file,
            "has several members, "
                + Check.shown(entered)
                + " and "
                + Check.shown(entry.getName())
                + ": name one");
      }
    }
  }

  private ZipEntry nextEntry() {
    try {
      return zip.getNextEntry();
    } catch (IOException | IllegalArgumentException e) { // the latter of names that are no UTF-8
      throw unreadable(e);
    }
  }

  /** The next line, or null after the last. */
  private String read() {
    StringBuilder line = new StringBuilder();
    try {
      int character = reader.read();
      if (character < 0) {
        return null;
      }
      number++;
      for (; character >= 0 && character != '\n' && character != '\r'; character = reader.read()) {
        if (line.length() >= tooLong) {
          throw new LineFormatException(place(), number, BoundedLines.FAULT);
        }
        line.append((char) character);
      }
      if (character == '\r') {
        reader.mark(1);
        if (reader.read() != '\n') {
          reader.reset();
        }
      }
    } catch (IOException e) {
      throw unreadable(e);
    }
    return line.toString();
  }

  private LineFormatException unreadable(Exception e) {
    LineFormatException told =
        new LineFormatException(
            file,
            "is a zip file that cannot be read: " + Check.shown(String.valueOf(e.getMessage())));
    told.addSuppressed(e);
    return told;
  }
}
