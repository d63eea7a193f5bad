package io.sparkae.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.fs.permission.FsPermission;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NewFileTest {
  private static final byte[] CONTENT = new byte[100_000];

  @TempDir private Path folder;

  private static FileSystem initialized(RawLocalFileSystem files) throws IOException {
    files.initialize(URI.create("file:///"), new Configuration());
    return files;
  }

  private static org.apache.hadoop.fs.Path path(Path file) {
    return new org.apache.hadoop.fs.Path(file.toUri());
  }

  @Test
  void aFileThatFailsOnceMoreWhenItIsClosedEndsInItsFirstFailure() throws IOException {
    IOException failure = new IOException("all data nodes are bad");
    AtomicInteger closed = new AtomicInteger();
    FileSystem files =
        initialized(
            new RawLocalFileSystem() {
              @Override
              protected OutputStream createOutputStreamWithMode(
                  org.apache.hadoop.fs.Path file, boolean append, FsPermission permission) {
                return new OutputStream() {
                  @Override
                  public void write(int value) throws IOException {
                    throw failure;
                  }

                  @Override
                  public void close() throws IOException {
                    closed.incrementAndGet();
                    throw failure;
                  }
                };
              }
            });
    assertThatThrownBy(
            () -> NewFile.write(files, path(folder.resolve("new")), out -> out.write(CONTENT)))
        .isSameAs(failure);
    assertThat(closed).hasPositiveValue();
  }

  @Test
  void aFileThatIsThereIsNotReplaced() throws IOException {
    FileSystem files = initialized(new RawLocalFileSystem());
    Path file = folder.resolve("new");
    NewFile.write(files, path(file), out -> out.write(CONTENT));
    assertThat(Files.readAllBytes(file)).isEqualTo(CONTENT);
    assertThatThrownBy(() -> NewFile.write(files, path(file), out -> out.write(1)))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("exists");
    assertThat(Files.readAllBytes(file)).isEqualTo(CONTENT);
  }
}
