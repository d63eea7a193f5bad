package io.sparkae.spark;

import io.sparkae.core.train.RoundResult;
import io.sparkae.core.train.StateSlices;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.spark.HashPartitioner;
import org.apache.spark.api.java.JavaRDD;
import scala.Tuple2;

/**
 * The end of a round that the executors average: a shuffle brings the slices of all replicas
 * together, each at one task, and the driver gets the averages, one model's worth of bytes whatever
 * the number of replicas.
 *
 * <p>Pieces are put in the order of the replicas before they are added, so that nothing depends on
 * which of them came first.
 */
final class ReplicaAverages {
  /** The number of the slice that the rest of a result goes with. */
  private static final int WITH_RESULTS = 0;

  /**
   * What travels.
   *
   * @param slice whose task it goes to
   * @param replica where it comes from; in averages −1
   * @param isResult whether it is what a replica returns beside the slices
   */
  static final class Piece implements Serializable {
    private static final long serialVersionUID = 1L;
    private final int slice;
    private final int replica;
    private final boolean isResult;
    private final byte[] bytes;

    Piece(int slice, int replica, boolean isResult, byte[] bytes) {
      this.slice = slice;
      this.replica = replica;
      this.isResult = isResult;
      this.bytes = bytes;
    }
  }

  private final List<Piece> results;
  private final List<byte[]> averages;

  private ReplicaAverages(List<Piece> results, List<byte[]> averages) {
    this.results = results;
    this.averages = averages;
  }

  /** In a replica's task: what it sends. */
  static List<Piece> cut(int replica, RoundResult result, StateSlices slices) {
    List<Piece> pieces = new ArrayList<>();
    pieces.add(new Piece(WITH_RESULTS, replica, true, result.withoutVectors().toBytes()));
    for (int slice = 0; slice < slices.count(); slice++) {
      pieces.add(new Piece(slice, replica, false, slices.cut(result, slice)));
    }
    return pieces;
  }

  /**
   * Shuffles and averages.
   *
   * @param description what Spark's UI says of the job
   */
  static ReplicaAverages of(JavaRDD<Piece> pieces, StateSlices slices, String description) {
    JavaRDD<Piece> averaged =
        pieces
            .mapToPair(piece -> new Tuple2<>(piece.slice, piece))
            .partitionBy(new HashPartitioner(slices.count()))
            .values()
            .mapPartitionsWithIndex((slice, mine) -> average(slice, mine, slices), true);
    try {
      List<Piece> all = JobDescription.during(pieces.context(), description, averaged::collect);
      return new ReplicaAverages(
          all.stream().filter(piece -> piece.isResult).toList(),
          all.stream().filter(piece -> !piece.isResult).map(piece -> piece.bytes).toList());
    } finally {
      averaged.rdd().cleanShuffleDependencies(false); // else files lie about until a collection
    }
  }

  private static Iterator<Piece> average(int slice, Iterator<Piece> pieces, StateSlices slices) {
    List<Piece> sorted = new ArrayList<>();
    pieces.forEachRemaining(sorted::add);
    sorted.sort(Comparator.comparingInt(piece -> piece.replica));
    List<Piece> out = sorted.stream().filter(piece -> piece.isResult).collect(Collectors.toList());
    List<byte[]> ofSlice =
        sorted.stream().filter(piece -> !piece.isResult).map(piece -> piece.bytes).toList();
    out.add(new Piece(slice, -1, false, slices.average(ofSlice)));
    return out.iterator();
  }

  /** The averages of all slices, in their order. */
  List<byte[]> ofSlices() {
    return averages;
  }

  /** The results of all replicas, in their order, without the slices. */
  List<RoundResult> results(Supplier<RoundResult> room) {
    return results.stream()
        .map(
            piece -> {
              RoundResult result = room.get();
              result.fromBytes(piece.bytes);
              return result;
            })
        .toList();
  }
}
