package io.sparkae.core.train;

import io.sparkae.core.checkpoint.CheckpointFiles;
import io.sparkae.core.checkpoint.CheckpointInput;
import io.sparkae.core.checkpoint.CheckpointOutput;
import io.sparkae.core.checkpoint.CheckpointStore;
import io.sparkae.core.checkpoint.Fingerprint;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * The checkpoints of one training, or of several that follow one another and make one model: each
 * holds where all of them are, those that have ended too.
 *
 * <p>Trainings come in the same order when they are resumed: one that had ended makes no more
 * rounds, the one under way goes on, and those after it start as they would have.
 */
public final class TrainingCheckpoints {
  /** An interval: no checkpoints. */
  public static final int NEVER = -1;

  /** No checkpoints are kept, and none is there to go on from. */
  public static final TrainingCheckpoints NONE =
      new TrainingCheckpoints(null, "", NEVER, Fingerprint.NONE, line -> {}, System::nanoTime);

  /** An interval: as often as costs no more than {@link #MOST_COST} of the time. */
  public static final int BY_TIME = 0;

  /** The part of a training's time that checkpoints {@link #BY_TIME} may take. */
  private static final double MOST_COST = 0.02;

  /** The least time between two of them. */
  private static final double LEAST_SECONDS = 5;

  private final CheckpointFiles files; // null if none are kept
  private final String location;
  private final int interval;
  private final Fingerprint settings;
  private final Consumer<String> warnings;
  private final LongSupplier nanoTime;
  private final List<Snapshot> ended = new ArrayList<>();
  private List<Snapshot> resumed = List.of();
  private int writtenTraining = -1;
  private long writtenStep = -1;
  private int roundsSince;
  private long lastEnd;
  private double lastSeconds;

  TrainingCheckpoints(
      CheckpointFiles files,
      String location,
      int interval,
      Fingerprint settings,
      Consumer<String> warnings,
      LongSupplier nanoTime) {
    this.files = files;
    this.location = location;
    this.interval = interval;
    this.settings = settings;
    this.warnings = warnings;
    this.nanoTime = nanoTime;
    this.lastEnd = nanoTime.getAsLong();
  }

  /**
   * Checkpoints in a folder.
   *
   * @param store the folder
   * @param interval rounds between two, {@link #BY_TIME} or {@link #NEVER}
   * @param resume whether to go on from the newest whole one; if there is none, the training starts
   *     anew with a warning. Else those that are there are gone when the first new one is
   * @param settings what tells these trainings from others, in the words of who sets it
   * @param warnings hears of damaged files and failed writes, a line each
   * @return them
   * @throws IllegalArgumentException if those to go on from are of other settings, naming the first
   *     that differs
   * @throws IOException if the folder cannot be read
   */
  public static TrainingCheckpoints open(
      CheckpointStore store,
      int interval,
      boolean resume,
      Fingerprint settings,
      Consumer<String> warnings)
      throws IOException {
    TrainingCheckpoints checkpoints =
        new TrainingCheckpoints(
            new CheckpointFiles(store, warnings),
            store.location(),
            interval,
            settings,
            warnings,
            System::nanoTime);
    if (resume) {
      checkpoints.resume();
    }
    return checkpoints;
  }

  private void resume() throws IOException {
    Optional<List<Snapshot>> kept = files.readNewest(this::read);
    if (kept.isEmpty()) {
      warnings.accept(
          "resume: there is no whole checkpoint in " + location + " to go on from: starting anew");
    }
    resumed = kept.orElse(List.of());
  }

  private List<Snapshot> read(CheckpointInput in) throws IOException {
    Fingerprint found = new Fingerprint(in.getMap(CheckpointInput::getText));
    requireSame(found, settings);
    return in.getList(Snapshot::read);
  }

  private void requireSame(Fingerprint found, Fingerprint wanted) {
    Optional<String> difference = found.difference(wanted);
    if (difference.isPresent()) {
      throw new IllegalArgumentException(
          "resume: "
              + location
              + " is of a training with "
              + difference.get()
              + ": give the same settings, or leave resume out");
    }
  }

  /** {@return whether there is a folder for them} */
  public boolean areKept() {
    return files != null;
  }

  /**
   * Where the next training was, if it is one to go on with.
   *
   * @param training what it is now
   * @param machine what it is computed with now
   * @throws IllegalArgumentException if it is another one, naming what differs
   */
  Optional<Snapshot> next(Fingerprint training, String machine) {
    int number = ended.size();
    if (number >= resumed.size()) {
      return Optional.empty();
    }
    Snapshot snapshot = resumed.get(number);
    requireSame(snapshot.training(), training);
    if (!snapshot.machine().equals(machine)) {
      warnings.accept(
          "resume: the training was computed with "
              + snapshot.machine()
              + " and goes on with "
              + machine
              + ": its last bits may differ from those of an undisturbed one");
    }
    return Optional.of(snapshot);
  }

  /** A round has ended: writes a checkpoint if it is time for one, and one worth to go on from. */
  void roundEnded(BooleanSupplier isWorth, Supplier<Snapshot> now) {
    roundsSince++;
    if (areKept() && isDue() && isWorth.getAsBoolean()) {
      write(now.get());
    }
  }

  /** A training has ended, and the next one may begin. */
  void trainingEnded(Supplier<Snapshot> now) {
    if (!areKept()) {
      return;
    }
    Snapshot last = now.get();
    boolean wasThere = ended.size() < resumed.size() - 1;
    boolean isThere = writtenTraining == ended.size() && writtenStep == last.state().step();
    if (!wasThere && !isThere && (interval > 0 || isDue())) {
      write(last);
    }
    ended.add(last.ended());
  }

  private boolean isDue() {
    if (interval != BY_TIME) {
      return interval != NEVER && roundsSince >= interval;
    }
    double seconds = (nanoTime.getAsLong() - lastEnd) / 1e9;
    return seconds >= Math.max(LEAST_SECONDS, lastSeconds / MOST_COST);
  }

  private void write(Snapshot now) {
    long start = nanoTime.getAsLong();
    List<Snapshot> all = new ArrayList<>(ended);
    all.add(now);
    try {
      files.write(out -> write(all, out));
      writtenTraining = ended.size();
      writtenStep = now.state().step();
    } catch (IOException e) {
      warnings.accept("a checkpoint could not be written, the training goes on: " + e.getMessage());
    }
    roundsSince = 0;
    lastEnd = nanoTime.getAsLong();
    lastSeconds = (lastEnd - start) / 1e9;
  }

  private void write(List<Snapshot> all, CheckpointOutput out) throws IOException {
    out.putMap(settings.entries(), (text, to) -> to.putText(text));
    out.putList(all, Snapshot::write);
  }
}
