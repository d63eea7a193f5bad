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
            + "/test-codes --features code --classifier svm",
        "  jobs/sparkae train --input "
            + folder
            + "/train --hidden-layers 1000,500,250 --code-size 30 --activation relu"
            + " --output-activation sigmoid --loss crossEntropy --epochs 10 --output "
            + folder
            + "/deep",
        "  jobs/sparkae evaluate --model " + folder + "/deep --input " + folder + "/test",
        "  jobs/sparkae train --help");
  }
}
