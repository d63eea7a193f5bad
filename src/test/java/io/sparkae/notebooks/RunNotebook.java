package io.sparkae.notebooks;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Runs the cells of notebooks and saves in them what the cells gave. */
public final class RunNotebook {
  private RunNotebook() {}

  /** Runs the notebooks whose files are named; exit code 1 if a cell fails. */
  public static void main(String[] files) {
    int code = 0;
    for (String file : files) {
      try {
        run(Path.of(file));
      } catch (IOException | CellRunner.CellFailure e) {
        System.err.println(file + ": " + e.getMessage());
        code = 1;
      }
    }
    System.exit(code); // Spark and the shell leave threads behind
  }

  private static void run(Path file) throws IOException {
    Notebook notebook = Notebook.read(file);
    try (CellRunner runner = new CellRunner()) {
      List<Notebook.Cell> cells = notebook.codeCells();
      for (int i = 0; i < cells.size(); i++) {
        System.err.printf("%s: cell %d of %d%n", file, i + 1, cells.size());
        cells.get(i).setOutputs(i + 1, runner.run(cells.get(i).source()));
      }
    }
    notebook.outputsAreCurrent();
    notebook.write(file);
  }
}
