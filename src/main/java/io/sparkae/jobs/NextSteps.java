package io.sparkae.jobs;

import java.util.List;

/** What a person may try after the quickstart. */
final class NextSteps {
  private NextSteps() {}

  /** Lines with commands that work on what the quickstart left in a folder. */
  static List<String> lines(String folder) {
    return List.of(
        "All of it lies in " + folder + ". Next, try:",
        "  jobs/sparkae classify --train "
            + folder
            + "/train-codes --test "
            + folder
            + "/test-codes \\",
        "    --features code --classifier svm",
        "  jobs/sparkae train --conf-file conf/deep-autoencoder.conf --input "
            + folder
            + "/train \\",
        "    --output " + folder + "/deep",
        "  jobs/sparkae evaluate --model " + folder + "/deep --input " + folder + "/test",
        "  jobs/sparkae generate --set digits --output "
            + folder
            + "/digits --preview "
            + folder
            + "/digits.png",
        "  jobs/sparkae train --help");
  }
}
