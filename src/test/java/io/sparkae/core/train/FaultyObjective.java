package io.sparkae.core.train;

import io.sparkae.core.graph.Minibatch;
import io.sparkae.core.graph.Pass;
import io.sparkae.core.objective.Objective;
import io.sparkae.core.objective.Sums;
import io.sparkae.core.objective.Workspace;
import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Another objective, in the middle of whose steps faults strike: each once, in whichever process
 * comes first to its moment of the training, which leaves a file that tells its id.
 */
public final class FaultyObjective extends ForwardingObjective {
  private static final long serialVersionUID = 1L;

  /** What an injected failure says. */
  public static final String INJECTED = "an injected failure";

  /** What becomes of the process. */
  public enum Kind {
    /** It is killed without a warning. */
    KILL,
    /** It stands still until somebody lets it go on. */
    STOP,
    /** The step fails. */
    FAIL,
    /** The step fails, and so does every later one. */
    FAIL_ALWAYS
  }

  /**
   * A fault.
   *
   * @param progress part of the training that is done when it strikes, 0 with full batches
   * @param steps that the thread has made then, at least
   */
  public record Fault(Kind kind, double progress, int steps) implements Serializable {
    /** One that strikes at some progress. */
    public Fault(Kind kind, double progress) {
      this(kind, progress, 0);
    }

    private boolean isDue(Pass pass, int made) {
      return pass.progress() >= progress && made >= steps;
    }
  }

  private final List<Fault> faults;
  private final String folder;

  /**
   * With faults to come.
   *
   * @param folder which all processes see, where the faults that have struck leave their files
   */
  public FaultyObjective(Objective other, Path folder, List<Fault> faults) {
    super(other);
    this.folder = folder.toString();
    this.faults = List.copyOf(faults);
  }

  /** The file that the fault of that number leaves, with the id of the process it has struck. */
  public static Path trace(Path folder, int fault) {
    return folder.resolve("fault-" + fault);
  }

  @Override
  public Workspace newWorkspace(Minibatch minibatch) {
    Workspace workspace = super.newWorkspace(minibatch);
    boolean[] over = new boolean[faults.size()];
    return new Workspace() {
      private int made;

      @Override
      public void compute(Pass pass, Sums sums) {
        made++;
        for (int i = 0; i < over.length; i++) {
          if (!over[i] && faults.get(i).isDue(pass, made)) {
            over[i] = faults.get(i).kind() != Kind.FAIL_ALWAYS;
            meet(i);
          }
        }
        workspace.compute(pass, sums);
      }

      @Override
      public void evaluate(Pass pass, Sums sums) {
        workspace.evaluate(pass, sums);
      }
    };
  }

  private void meet(int fault) {
    Kind kind = faults.get(fault).kind();
    try {
      boolean first = claim(trace(Path.of(folder), fault));
      if (first || kind == Kind.FAIL_ALWAYS) {
        strike(kind);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Whether the file was not there; it has its content from the start. */
  private static boolean claim(Path trace) throws IOException {
    Path written = Files.createTempFile(trace.getParent(), "process", "");
    Files.writeString(written, String.valueOf(ProcessHandle.current().pid()));
    try {
      Files.createLink(trace, written);
      return true;
    } catch (FileAlreadyExistsException before) {
      return false;
    } finally {
      Files.delete(written);
    }
  }

  private static void strike(Kind kind) throws IOException {
    switch (kind) {
      case KILL -> signal("KILL");
      case STOP -> signal("STOP");
      case FAIL, FAIL_ALWAYS -> throw new IllegalStateException(INJECTED);
    }
  }

  /** Signals this process; returns when it goes on. */
  private static void signal(String name) throws IOException {
    String pid = String.valueOf(ProcessHandle.current().pid());
    try {
      new ProcessBuilder("kill", "-s", name, pid).start().waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
