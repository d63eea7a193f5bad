package io.sparkae.core.graph;

import java.util.ArrayList;
import java.util.List;

/**
 * The micro-batches of one minibatch, a thread for each, that compute their matrix products
 * together: of each product every thread computes some columns for the rows of all. A product of a
 * few rows spends much of its time on rearranging the weights, which each thread then does for its
 * columns alone.
 *
 * <p>Every member builds the same graph, and all run it at one time.
 */
public final class Team {
  /** Where all threads of a team meet. */
  public interface Meeting {
    /**
     * Waits until every thread is here.
     *
     * @throws java.util.concurrent.CancellationException if another thread has failed, or this one
     *     is to stop
     */
    void meet();
  }

  /**
   * Rows of a micro-batch up to which a team is worth its meetings: with 128 and more, a product of
   * a thread's own rows is nearly as fast, and leaves them in its own cache.
   */
  public static final int MOST_ROWS = 96;

  /** Columns that a product computes at a time: of wide ones, parts begin at multiples. */
  private static final int STRIP = 16;

  private final int members;
  private final int capacity;
  private final List<float[]> shared = new ArrayList<>();
  private int scratchLength;
  private float[] scratch;

  /**
   * A team.
   *
   * @param members micro-batches of a minibatch
   * @param capacity the most rows of each
   */
  public Team(int members, int capacity) {
    this.members = members;
    this.capacity = capacity;
  }

  /**
   * {@return a member's place}
   *
   * @param member its number, from 0
   */
  public Seat seat(int member) {
    return new Seat(this, member);
  }

  /** What one member has to do with the others: which rows it has, and what they share. */
  public static final class Seat {
    private final Team team;
    private final int member;
    private int buffers;
    private int firstRow;
    private int allRows;
    private Meeting meeting;

    private Seat(Team team, int member) {
      this.team = team;
      this.member = member;
    }

    /**
     * The next pass is the team's.
     *
     * @param ownFirstRow rows of the minibatch before those of this member
     * @param minibatchRows rows of all members, each of which has at least one
     * @param where the threads meet
     */
    public void join(int ownFirstRow, int minibatchRows, Meeting where) {
      firstRow = ownFirstRow;
      allRows = minibatchRows;
      meeting = where;
    }

    /** The next pass is the member's alone. */
    public void leave() {
      meeting = null;
    }

    boolean isJoined() {
      return meeting != null;
    }

    void meet() {
      meeting.meet();
    }

    boolean isFirst() {
      return member == 0;
    }

    int firstRow() {
      return firstRow;
    }

    int allRows() {
      return allRows;
    }

    /** The first column that is this member's, of so many. */
    int firstColumn(int columns) {
      return start(member, columns);
    }

    /** The column behind this member's. */
    int endColumn(int columns) {
      return start(member + 1, columns);
    }

    private int start(int m, int columns) {
      int strip = columns >= STRIP * team.members ? STRIP : 1;
      int strips = (columns + strip - 1) / strip;
      return Math.min(columns, strips * m / team.members * strip);
    }

    /** Rows × width of all members: the n-th call of each gives the same array. */
    float[] shared(int samples, int width) {
      return team.shared(buffers++, samples, width);
    }

    /** Rows × width of all members, which hold nothing from one product to the next. */
    float[] scratch() {
      return team.scratch();
    }
  }

  private float[] shared(int number, int samples, int width) {
    int length = Math.multiplyExact(Math.multiplyExact(members * capacity, samples), width);
    scratchLength = Math.max(scratchLength, length);
    if (number == shared.size()) {
      shared.add(new float[length]);
    }
    return shared.get(number);
  }

  private synchronized float[] scratch() {
    if (scratch == null) {
      scratch = new float[scratchLength];
    }
    return scratch;
  }
}
