package io.sparkae.core.checkpoint;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What tells one training from another, as words by their names.
 *
 * @param entries in the order in which a difference is looked for
 */
public record Fingerprint(Map<String, String> entries) {
  /** The most characters of an entry that are shown. */
  private static final int SHOWN = 200;

  /** Nothing is known. */
  public static final Fingerprint NONE = new Fingerprint(Map.of());

  /**
   * Copies the entries.
   *
   * @param entries in the order in which a difference is looked for
   */
  public Fingerprint {
    entries = Collections.unmodifiableMap(new LinkedHashMap<>(entries));
  }

  /**
   * {@return the first entry that differs, such as {@code stepSize 0.001, not 0.01}; empty if none
   * does. What only one of the two knows is no difference}
   *
   * @param other what is there instead of this
   */
  public Optional<String> difference(Fingerprint other) {
    return entries.entrySet().stream()
        .filter(entry -> other.entries.containsKey(entry.getKey()))
        .filter(entry -> !entry.getValue().equals(other.entries.get(entry.getKey())))
        .map(
            entry ->
                shown(entry.getKey())
                    + " "
                    + shown(entry.getValue())
                    + ", not "
                    + shown(other.entries.get(entry.getKey())))
        .findFirst();
  }

  /** On one line, whatever a file has in it. */
  private static String shown(String words) {
    String line = words.replaceAll("\\p{Cntrl}", "?");
    return line.length() > SHOWN ? line.substring(0, SHOWN) + "…" : line;
  }
}
