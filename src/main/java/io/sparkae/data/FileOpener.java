package io.sparkae.data;

import java.io.IOException;
import java.io.InputStream;

/** Opens files by their names, wherever they lie. */
@FunctionalInterface
public interface FileOpener {
  /**
   * {@return the bytes of a file from its beginning}
   *
   * @param file its name
   * @throws IOException if there is none, or it cannot be read
   */
  InputStream open(String file) throws IOException;
}
