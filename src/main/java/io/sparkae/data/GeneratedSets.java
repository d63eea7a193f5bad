package io.sparkae.data;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;

/** The {@link GeneratedSet}s that there are, by their names. */
public final class GeneratedSets {
  private GeneratedSets() {}

  /** {@return the names of all sets} */
  public static List<String> names() {
    return Arrays.stream(SetKind.values()).map(SetKind::label).toList();
  }

  /**
   * {@return the kind of set that has a name}
   *
   * @param name one of {@link #names}
   * @throws IllegalArgumentException if there is no set of that name
   */
  public static SetKind kind(String name) {
    return Arrays.stream(SetKind.values())
        .filter(kind -> kind.label().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "set must be one of " + String.join(", ", names()) + ", not " + name));
  }

  /**
   * {@return the endless set of a name and a seed}
   *
   * @param name one of {@link #names}
   * @param seed what all random numbers are keyed by
   * @throws IllegalArgumentException if there is no set of that name, or it is made of files
   */
  public static GeneratedSet of(String name, long seed) {
    SetKind kind = kind(name);
    if (!kind.isDrawn()) {
      throw new IllegalArgumentException(
          name + " is made of files, and has to be opened with them");
    }
    try {
      return kind.open(SetFiles.NONE, GeneratedSets::none, seed, 0, 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static InputStream none(String file) throws IOException {
    throw new IOException("a set that is drawn reads no file, nor " + file);
  }
}
