package io.sparkae.spark;

import io.sparkae.core.train.RowProgram;
import io.sparkae.core.train.TrainingException;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Rows to train on, and those to validate on, packed once and kept on the cluster for any number of
 * trainings, until they are closed.
 */
public final class TrainingRows implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(TrainingRows.class);

  private final List<JavaRDD<PackedBlock>> kept;
  private final PackedRows all;
  private final PackedRows validation;
  private final double validationFraction;
  private final boolean validates;
  private final long skipped;

  /**
   * @param validation null if the rows to validate on are a fraction of all, or there are none
   */
  private TrainingRows(
      List<JavaRDD<PackedBlock>> kept,
      PackedRows all,
      PackedRows validation,
      double validationFraction,
      boolean validates,
      long skipped) {
    this.kept = kept;
    this.all = all;
    this.validation = validation;
    this.validationFraction = validationFraction;
    this.validates = validates;
    this.skipped = skipped;
  }

  /**
   * Packs a DataFrame.
   *
   * @param data the rows
   * @param columns the DataFrame's columns in the order of the objective's
   * @param handleInvalid what becomes of rows with a missing or infinite value
   * @param validationFraction part of the rows that is held back, in [0, 1)
   * @return the rows, to be closed
   * @throws TrainingException if there are no rows
   */
  public static TrainingRows pack(
      Dataset<?> data,
      List<InputColumn> columns,
      HandleInvalid handleInvalid,
      double validationFraction) {
    ShardPacker packer = new ShardPacker(data, columns, handleInvalid);
    try {
      PackedRows all = checked(packer.packed(), packer.packed().rows(), packer.packed().skipped());
      return new TrainingRows(
          List.of(packer.rdd()), all, null, validationFraction, true, all.skipped());
    } catch (TrainingException e) {
      packer.close();
      throw e;
    }
  }

  /**
   * Packs a DataFrame, some of whose rows are marked to be validated on.
   *
   * @param data the rows
   * @param marked true of the rows to validate each epoch on; those of which it is false or null
   *     are trained on
   * @param columns the DataFrame's columns in the order of the objective's
   * @param handleInvalid what becomes of rows with a missing or infinite value
   * @return the rows, to be closed
   * @throws TrainingException if there are no rows to train on, or none to validate on
   */
  public static TrainingRows pack(
      Dataset<?> data, Column marked, List<InputColumn> columns, HandleInvalid handleInvalid) {
    ShardPacker packer = new ShardPacker(data, marked, columns, handleInvalid);
    try {
      long skipped = packer.packed().skipped() + packer.marked().skipped();
      PackedRows training =
          checked(packer.packed(), packer.packed().rows() + packer.marked().rows(), skipped);
      if (packer.marked().rows() == 0) {
        throw new TrainingException("there are no rows to validate on");
      }
      return new TrainingRows(List.of(packer.rdd()), training, packer.marked(), 0, true, skipped);
    } catch (TrainingException e) {
      packer.close();
      throw e;
    }
  }

  /**
   * The rows to train on, if there are any.
   *
   * @param valid rows to train or to validate on
   * @param skipped invalid rows, also of those to validate on
   */
  private static PackedRows checked(PackedRows rows, long valid, long skipped) {
    if (rows.rows() == 0) {
      throw new TrainingException(
          rows.skipped() == 0
              ? "there are no rows to train on"
              : "there are no rows to train on: all " + rows.skipped() + " were invalid");
    }
    if (skipped > 0) {
      LOG.warn("{} of {} rows were skipped as invalid", skipped, valid + skipped);
    }
    return rows;
  }

  /**
   * {@return the same rows without those to validate on, which stay held back; closing it frees
   * nothing}
   */
  public TrainingRows trainingOnly() {
    return new TrainingRows(List.of(), all, validation, validationFraction, false, skipped);
  }

  /**
   * The same rows with what a trained layer makes of their features, computed once and kept until
   * they are closed; labels and the choice of the validation rows stay.
   *
   * @param what the layer, in the words of the Spark UI
   * @param program reads the features
   * @return rows of their own, to be closed
   */
  public TrainingRows encoded(String what, RowProgram program) {
    List<JavaRDD<PackedBlock>> codes = new ArrayList<>();
    try {
      PackedRows encoded = keep(what, all, program, codes);
      PackedRows other =
          validates && validation != null ? keep(what, validation, program, codes) : null;
      return new TrainingRows(codes, encoded, other, validationFraction, validates, skipped);
    } catch (Throwable failure) { // Spark throws checked exceptions that it does not declare
      codes.forEach(rdd -> rdd.unpersist(false));
      throw failure;
    }
  }

  private static PackedRows keep(
      String what, PackedRows rows, RowProgram program, List<JavaRDD<PackedBlock>> kept) {
    JavaRDD<PackedBlock> encoded = rows.encoded(program).persist(PackedRows.LEVEL);
    kept.add(encoded);
    return JobDescription.during(
        encoded.context(), "sparkae: encoding by " + what, () -> new PackedRows(encoded));
  }

  /** Invalid rows that were dropped. */
  long skipped() {
    return skipped;
  }

  /** The rows to train on, those left out that a seed holds back. */
  PackedRows training(long seed) {
    return validationFraction == 0 ? all : all.select(seed, held(), false);
  }

  /** The rows to validate on, null if there are none. */
  PackedRows validation(long seed) {
    if (!validates) {
      return null;
    }
    return validationFraction == 0 ? validation : all.select(seed, held(), true);
  }

  /** How many of the rows are held back: at least one, and not all. */
  private long held() {
    long rows = all.rows();
    if (rows < 2) {
      throw new TrainingException(
          "validationFraction " + validationFraction + " needs at least 2 rows, there is 1");
    }
    return Math.max(1, Math.min(rows - 1, Math.round(validationFraction * rows)));
  }

  /** Frees the rows; those that were dealt out stay with their training. */
  @Override
  public void close() {
    kept.forEach(rdd -> rdd.unpersist(false));
  }
}
