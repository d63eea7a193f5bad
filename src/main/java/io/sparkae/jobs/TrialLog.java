package io.sparkae.jobs;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The trials that are done, a line of JSON for each, so that a run that was stopped goes on where
 * it was.
 */
final class TrialLog {
  /** A trial of a set. */
  record Key(String set, Trial trial) {}

  /** A line. */
  record Entry(String set, Trial trial, Trial.Result result) {}

  /** How each line begins. */
  private static final String BEGINNING = "{\"set\":";

  private static final ObjectMapper MAPPER = StrictJson.mapper();

  private final Path file;
  private final Map<Key, Trial.Result> results = new LinkedHashMap<>();

  /**
   * What a file holds; a last line that was cut off is dropped, in the file too.
   *
   * @throws UsageException if the file has another line that is no trial
   * @throws IOException if it cannot be read
   */
  TrialLog(Path file) throws IOException {
    this.file = file;
    if (!Files.exists(file)) {
      return;
    }
    String text = read();
    int whole = text.lastIndexOf('\n') + 1;
    int number = 0;
    for (String line : text.substring(0, whole).lines().toList()) {
      number++;
      Entry entry = parse(line, number);
      results.put(new Key(entry.set(), entry.trial()), entry.result());
    }
    String rest = text.substring(whole);
    if (!rest.isEmpty()) {
      if (!rest.startsWith(BEGINNING) && !BEGINNING.startsWith(rest)) {
        throw noTrial(number + 1); // the file is somebody else's: none of it is dropped
      }
      Files.writeString(file, text.substring(0, whole), StandardCharsets.UTF_8);
    }
  }

  private String read() throws IOException {
    try {
      return Files.readString(file, StandardCharsets.UTF_8);
    } catch (CharacterCodingException e) {
      throw new UsageException(file + ": is no text: name another --output, or remove the file");
    }
  }

  private Entry parse(String line, int number) {
    try {
      return MAPPER.readValue(line, Entry.class);
    } catch (JsonProcessingException e) {
      throw noTrial(number);
    }
  }

  private UsageException noTrial(int number) {
    return new UsageException(
        file + ": line " + number + " is no trial: name another --output, or remove the file");
  }

  Optional<Trial.Result> find(String set, Trial trial) {
    return Optional.ofNullable(results.get(new Key(set, trial)));
  }

  /** All trials, the oldest first. */
  Map<Key, Trial.Result> all() {
    return results;
  }

  /** Adds a trial to the file. */
  void add(String set, Trial trial, Trial.Result result) throws IOException {
    String line = MAPPER.writeValueAsString(new Entry(set, trial, result)) + "\n";
    Files.writeString(
        file, line, StandardCharsets.UTF_8, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    results.put(new Key(set, trial), result);
  }
}
