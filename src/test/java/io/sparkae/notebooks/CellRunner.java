package io.sparkae.notebooks;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.awt.image.BufferedImage;
import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import jdk.jshell.EvalException;
import jdk.jshell.JShell;
import jdk.jshell.Snippet;
import jdk.jshell.SnippetEvent;
import jdk.jshell.SourceCodeAnalysis;
import jdk.jshell.execution.LocalExecutionControlProvider;

/**
 * Runs the cells of a notebook one after the other in this JVM, as a Java kernel does: with {@code
 * display} for pictures, on the class path of this JVM.
 */
public final class CellRunner implements AutoCloseable {
  /** A cell that does not compile, or throws. */
  static final class CellFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    CellFailure(String message, Throwable cause) {
      super(message, cause);
    }
  }

  /** The cell that runs: JShell's code reaches it through static members alone. */
  private static CellOutputs current = new CellOutputs();

  private final JShell shell;

  CellRunner() {
    shell =
        JShell.builder()
            .executionEngine(new LocalExecutionControlProvider(), Map.of())
            .compilerOptions("-classpath", System.getProperty("java.class.path"))
            .build();
    run("import static " + CellRunner.class.getName() + ".display;");
  }

  /** Shows a picture under the cell that runs. */
  public static void display(BufferedImage image) {
    current.display(image);
  }

  /**
   * Runs a cell to its end.
   *
   * @throws CellFailure if it does not compile or throws; the message has the line
   */
  List<ObjectNode> run(String source) {
    CellOutputs outputs = new CellOutputs();
    current = outputs;
    PrintStream out = System.out;
    System.setOut(outputs.stream());
    try {
      String rest = source;
      while (!rest.isBlank()) {
        SourceCodeAnalysis.CompletionInfo next = shell.sourceCodeAnalysis().analyzeCompletion(rest);
        if (!next.completeness().isComplete()) {
          throw new CellFailure("does not end: " + rest.strip(), null);
        }
        shell.eval(next.source()).forEach(this::check);
        rest = next.remaining();
      }
    } finally {
      System.setOut(out);
    }
    return outputs.outputs();
  }

  private void check(SnippetEvent event) {
    Snippet snippet = event.snippet();
    String source = snippet.source().strip();
    if (event.exception() != null) {
      String name =
          event.exception() instanceof EvalException thrown
              ? thrown.getExceptionClassName()
              : event.exception().toString();
      throw new CellFailure(
          name + ": " + event.exception().getMessage() + " at\n" + source, event.exception());
    }
    if (event.status() != Snippet.Status.VALID) {
      String problems =
          shell
              .diagnostics(snippet)
              .map(problem -> problem.getMessage(Locale.ROOT))
              .collect(Collectors.joining("; "));
      String missing =
          snippet instanceof jdk.jshell.DeclarationSnippet declaration
              ? shell.unresolvedDependencies(declaration).collect(Collectors.joining(", "))
              : "";
      throw new CellFailure("does not compile: " + problems + missing + " at\n" + source, null);
    }
  }

  @Override
  public void close() {
    shell.close();
  }
}
