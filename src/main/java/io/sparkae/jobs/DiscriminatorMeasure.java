package io.sparkae.jobs;

import static org.apache.spark.sql.functions.avg;
import static org.apache.spark.sql.functions.col;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.spark.ml.Model;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Row;

/**
 * How probable a discriminator thinks it that rows are of the data: one half where it can't tell.
 */
final class DiscriminatorMeasure implements Measure {
  private static final String PROBABILITY = "sparkae_discriminator";

  @Override
  public void nameColumns(Model<?> model) {
    Models.set(model, "discriminatorCol", PROBABILITY, Common.SAVED_MODEL.name());
  }

  @Override
  public List<Column> aggregates() {
    return List.of(avg(col(PROBABILITY)));
  }

  @Override
  public void addFigures(Row row, int at, Map<String, Object> figures) {
    figures.put("discriminatorProbability", row.getDouble(at));
  }

  @Override
  public List<String> lines(Row row, int at, long rows) {
    return List.of(
        String.format(
            Locale.ROOT,
            "probability by the discriminator that a row is of the data: %.4f (mean of %d rows)",
            row.getDouble(at),
            rows));
  }
}
