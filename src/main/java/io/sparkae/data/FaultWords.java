package io.sparkae.data;

import java.util.Optional;
import org.apache.hadoop.fs.ChecksumException;

/** What an exception of another system says, in the words of a line of ours. */
public final class FaultWords {
  private FaultWords() {}

  /**
   * {@return the first line of an exception's message, the name of its class if it has none; of a
   * file that does not fit Hadoop's checksum beside it, what that means}
   *
   * @param fault the exception, whose causes are not looked at
   */
  public static String of(Throwable fault) {
    if (fault instanceof ChecksumException) {
      return "it is not as it was written, its checksum in the .crc file beside it does not fit";
    }
    return Optional.ofNullable(fault.getMessage())
        .flatMap(message -> message.strip().lines().findFirst())
        .orElse(fault.getClass().getSimpleName());
  }
}
