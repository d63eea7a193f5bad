package io.sparkae.jobs;

import io.sparkae.ml.Restorer;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** What came out of restoring rows: sums over them, added in their order. */
final class RestorationFigures implements Serializable {
  private static final long serialVersionUID = 1L;

  private long rows;
  private long missing;
  private long known;
  private double error;
  private double confidence;
  private long gappy; // rows that miss something
  private long wholeRows;
  private boolean truthIsKnown;
  private long measured; // rows that miss something and have a truth

  // of features that are missing, beside the truth
  private double restoredError;
  private double imputedError;

  // of rows that miss nothing, beside the truth
  private long whole;
  private double noise;
  private double noiseLeft;
  private double lowest = Double.POSITIVE_INFINITY;
  private double highest = Double.NEGATIVE_INFINITY;

  // of each feature, over the rows with a truth that miss it
  private final long[] missingOf;
  private final double[] restoredErrorOf;
  private final double[] imputedErrorOf;

  private RestorationFigures(int features) {
    missingOf = new long[features];
    restoredErrorOf = new double[features];
    imputedErrorOf = new double[features];
  }

  /**
   * Of rows as {@link RestoredColumns} has them, in one job.
   *
   * @throws IllegalStateException if a row is not what it should be where that is told
   */
  static RestorationFigures of(Dataset<Row> rows, Restorer restorer) {
    double[] means = restorer.featureMeans();
    int[] distrusted = restorer.getDistrusted();
    FlatMapFunction<java.util.Iterator<Row>, RestorationFigures> part =
        iterator -> {
          RestorationFigures figures = new RestorationFigures(means.length);
          iterator.forEachRemaining(row -> figures.add(row, means, distrusted));
          return List.of(figures).iterator();
        };
    RestorationFigures all = new RestorationFigures(means.length);
    rows.toJavaRDD().mapPartitions(part).collect().forEach(all::add);
    return all;
  }

  private void add(Row row, double[] means, int[] distrusted) {
    double[] given = RestoredColumns.given(row, distrusted);
    rows++;
    long before = missing;
    for (double value : given) {
      missing += Double.isNaN(value) ? 1 : 0;
    }
    known += given.length - (missing - before);
    error += row.getDouble(RestoredColumns.ERROR);
    if (missing > before) {
      gappy++;
      confidence += row.getDouble(RestoredColumns.CONFIDENCE);
    } else {
      wholeRows++;
    }
    if (!row.isNullAt(RestoredColumns.TRUTH)) {
      double[] truth = EncodedRows.features(row, RestoredColumns.TRUTH);
      if (truth.length != given.length) {
        throw new IllegalStateException(
            "the column of --truth-col has a row of "
                + truth.length
                + " features, not "
                + given.length);
      }
      measure(given, EncodedRows.features(row, RestoredColumns.RESTORED), truth, means);
      whole += missing == before ? given.length : 0;
    }
  }

  private void measure(double[] given, double[] restored, double[] truth, double[] means) {
    boolean damaged = Arrays.stream(given).anyMatch(Double::isNaN);
    truthIsKnown = true;
    measured += damaged ? 1 : 0;
    for (int i = 0; i < given.length; i++) {
      double left = (restored[i] - truth[i]) * (restored[i] - truth[i]);
      if (Double.isNaN(given[i])) {
        double imputed = (means[i] - truth[i]) * (means[i] - truth[i]);
        restoredError += left;
        imputedError += imputed;
        missingOf[i]++;
        restoredErrorOf[i] += left;
        imputedErrorOf[i] += imputed;
      } else if (!damaged) {
        noise += (given[i] - truth[i]) * (given[i] - truth[i]);
        noiseLeft += left;
      }
      lowest = Math.min(lowest, truth[i]);
      highest = Math.max(highest, truth[i]);
    }
  }

  private void add(RestorationFigures other) {
    rows += other.rows;
    missing += other.missing;
    known += other.known;
    error += other.error;
    confidence += other.confidence;
    gappy += other.gappy;
    wholeRows += other.wholeRows;
    truthIsKnown |= other.truthIsKnown;
    measured += other.measured;
    restoredError += other.restoredError;
    imputedError += other.imputedError;
    whole += other.whole;
    noise += other.noise;
    noiseLeft += other.noiseLeft;
    lowest = Math.min(lowest, other.lowest);
    highest = Math.max(highest, other.highest);
    for (int i = 0; i < missingOf.length; i++) {
      missingOf[i] += other.missingOf[i];
      restoredErrorOf[i] += other.restoredErrorOf[i];
      imputedErrorOf[i] += other.imputedErrorOf[i];
    }
  }

  long rows() {
    return rows;
  }

  /** Whether it is known how rows should be. */
  boolean isMeasured() {
    return truthIsKnown;
  }

  /** How many rows miss nothing. */
  long whole() {
    return wholeRows;
  }

  /**
   * The mean squared error of each missing feature, of its mean and as it was restored, as parts of
   * the largest; 0 where it is never missing. None if there is none.
   */
  Optional<List<double[]>> errorMaps() {
    double[] imputed = perRow(imputedErrorOf);
    double[] restored = perRow(restoredErrorOf);
    double most =
        DoubleStream.concat(Arrays.stream(imputed), Arrays.stream(restored)).max().orElse(0);
    return most > 0
        ? Optional.of(
            Stream.of(imputed, restored)
                .map(map -> Arrays.stream(map).map(error -> error / most).toArray())
                .toList())
        : Optional.empty();
  }

  private double[] perRow(double[] sums) {
    return IntStream.range(0, sums.length)
        .mapToDouble(i -> missingOf[i] == 0 ? 0 : sums[i] / missingOf[i])
        .toArray();
  }

  /** The features that are missing, with the largest errors of their means first. */
  List<List<Object>> features(List<String> names, int most) {
    double[] imputed = perRow(imputedErrorOf);
    double[] restored = perRow(restoredErrorOf);
    return IntStream.range(0, missingOf.length)
        .filter(i -> missingOf[i] > 0)
        .boxed()
        .sorted(Comparator.comparingDouble((Integer i) -> -imputed[i]))
        .limit(most)
        .map(i -> List.<Object>of(names.get(i), line("%,d", missingOf[i]), imputed[i], restored[i]))
        .toList();
  }

  /** The figures as a report has them. */
  Map<String, String> facts() {
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("rows", line("%,d", rows));
    facts.put("missing features", line("%,d of %,d", missing, missing + known));
    if (rows == 0) {
      return facts;
    }
    facts.put("squared error on known features", line("%.4g (mean of a row)", error / rows));
    if (gappy > 0) {
      facts.put(
          "confidence", line("%.3f (mean of rows with missing features)", confidence / gappy));
    }
    if (measured > 0) {
      facts.put("squared error on missing features", line("%.4g", restoredError / measured));
      facts.put("the same of their means", line("%.4g", imputedError / measured));
      if (imputedError > 0) {
        facts.put("ratio of the two", line("%.3f", restoredError / imputedError));
      }
    }
    if (whole > 0) {
      facts.put("peak signal-to-noise ratio before", decibels(noise));
      facts.put("peak signal-to-noise ratio after", decibels(noiseLeft));
    }
    return facts;
  }

  /** 10·log₁₀(peak² / mean squared error), in decibels; the peak is 1 of truths in [0, 1]. */
  private double ratioOfPeak(double squares) {
    double peak = lowest >= 0 && highest <= 1 ? 1 : highest - lowest;
    return 10 * Math.log10(peak * peak * whole / squares);
  }

  /** The ratio in words: rows without any error have none. */
  private String decibels(double squares) {
    return squares > 0 ? line("%.2f dB", ratioOfPeak(squares)) : "infinite";
  }

  /** The figures by their names; errors are means over rows of sums over features. */
  Map<String, Object> json() {
    Map<String, Object> figures = new LinkedHashMap<>();
    figures.put("rows", rows);
    figures.put("missingFeatures", missing);
    if (rows == 0) {
      return figures;
    }
    figures.put("knownError", error / rows);
    if (gappy > 0) {
      figures.put("confidence", confidence / gappy);
    }
    if (measured > 0) {
      figures.put("missingError", restoredError / measured);
      figures.put("meanImputationError", imputedError / measured);
      if (imputedError > 0) {
        figures.put("ratio", restoredError / imputedError);
      }
    }
    if (whole > 0) {
      putFinite(figures, "peakSignalToNoiseBefore", ratioOfPeak(noise));
      putFinite(figures, "peakSignalToNoiseAfter", ratioOfPeak(noiseLeft));
    }
    return figures;
  }

  /** Rows that are as they should be have no ratio. */
  private static void putFinite(Map<String, Object> figures, String name, double value) {
    if (Double.isFinite(value)) {
      figures.put(name, value);
    }
  }

  /** The figures as sentences. */
  List<String> lines() {
    List<String> lines = new ArrayList<>();
    if (rows == 0) {
      return lines;
    }
    lines.add(
        line(
            "%d of %d features were missing; squared error per row on the known ones %.4g%s",
            missing,
            missing + known,
            error / rows,
            gappy > 0 ? line(", mean confidence %.3f", confidence / gappy) : ""));
    if (measured > 0) {
      lines.add(
          line(
              "squared error per row on the missing features %.4g, of their means %.4g%s",
              restoredError / measured,
              imputedError / measured,
              imputedError > 0 ? line(": ratio %.3f", restoredError / imputedError) : ""));
    }
    if (whole > 0) {
      lines.add(
          line(
              "peak signal-to-noise ratio %s before, %s after",
              decibels(noise), decibels(noiseLeft)));
    }
    return lines;
  }

  private static String line(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}
