package io.sparkae.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What a process takes of its machine; 0 of all if it has ended. */
record ProcessFigures(ProcessHandle process) {
  private static final Pattern GENERATION = Pattern.compile("generation .* used (\\d+)K");

  /** Bytes of memory, those of the heap that nobody needs any more among them. */
  long memory() {
    return 1024 * status("VmRSS:");
  }

  long threads() {
    return status("Threads:");
  }

  /** Files and sockets, deleted files among them. */
  long open() {
    String[] open = file("fd").toFile().list();
    return open == null ? 0 : open.length;
  }

  /** Bytes of the heap of a JVM with {@code -XX:+UseSerialGC} after it has collected all. */
  long heap(Shell shell) throws IOException, InterruptedException {
    Run info =
        shell.run(
            "jcmd=\"$JAVA_HOME\"/bin/jcmd; pid="
                + process.pid()
                + "; \"$jcmd\" $pid GC.run > /dev/null; \"$jcmd\" $pid GC.heap_info");
    assertThat(info.code()).as(info.err()).isZero();
    long[] kilobytes =
        GENERATION
            .matcher(info.out())
            .results()
            .mapToLong(found -> Long.parseLong(found.group(1)))
            .toArray();
    assertThat(kilobytes).as(info.out()).hasSize(2);
    return 1024 * (kilobytes[0] + kilobytes[1]);
  }

  private long status(String name) {
    try (Stream<String> lines = Files.lines(file("status"))) {
      return lines
          .filter(line -> line.startsWith(name))
          .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
          .sum();
    } catch (IOException ended) {
      return 0;
    }
  }

  private Path file(String name) {
    return Path.of("/proc", String.valueOf(process.pid()), name);
  }
}
