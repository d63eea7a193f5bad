package io.sparkae.data;

import java.io.IOException;
import java.io.Serializable;

/**
 * All that the rows of a generated set depend on.
 *
 * @param kind which set
 * @param seed its seed
 * @param files what it is made of; none if it is drawn by rules alone
 */
public record SetSpec(SetKind kind, long seed, SetFiles files) implements Serializable {
  /**
   * Opens rows {@code first} to {@code end} - 1; see {@link SetKind#open}.
   *
   * @param opener opens the files
   * @param first the first row
   * @param end the row after the last one
   * @return the set, which can draw these rows
   * @throws IOException if a file cannot be read
   */
  public GeneratedSet open(FileOpener opener, long first, long end) throws IOException {
    return kind.open(files, opener, seed, first, end);
  }
}
