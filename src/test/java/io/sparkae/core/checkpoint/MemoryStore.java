package io.sparkae.core.checkpoint;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** A folder in memory whose files can be changed. */
public final class MemoryStore implements CheckpointStore {
  private final Map<String, byte[]> files = new TreeMap<>();
  private final Set<String> lost = new HashSet<>();
  private boolean full;

  /** The files by their names. */
  public Map<String, byte[]> files() {
    return files;
  }

  /** Lets writing fail from now on, in the middle of a file. */
  public void fill() {
    full = true;
  }

  /** Lets a file be named still, but not read or deleted any more. */
  public void lose(String name) {
    lost.add(name);
  }

  private void requireThere(String name) throws IOException {
    if (lost.contains(name)) {
      throw new IOException("no node has " + name);
    }
  }

  @Override
  public String location() {
    return "the folder";
  }

  @Override
  public List<String> names() {
    return List.copyOf(files.keySet());
  }

  @Override
  public long length(String name) {
    return files.get(name).length;
  }

  @Override
  public InputStream open(String name) throws IOException {
    requireThere(name);
    return new ByteArrayInputStream(files.get(name));
  }

  @Override
  public void create(String name, Content content) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    content.write(out);
    if (full) {
      throw new IOException("no space left");
    }
    files.put(name, out.toByteArray());
  }

  @Override
  public void delete(String name) throws IOException {
    requireThere(name);
    files.remove(name);
  }
}
