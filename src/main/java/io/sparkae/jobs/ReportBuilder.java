package io.sparkae.jobs;

import io.sparkae.core.objective.VariationalObjective;
import io.sparkae.data.FeatureProvenance;
import io.sparkae.ml.ClassifierTrainingParams;
import io.sparkae.ml.DecodingModel;
import io.sparkae.ml.GameParams;
import io.sparkae.ml.TrainedModel;
import io.sparkae.ml.TrainingSummary;
import io.sparkae.report.ReportData;
import io.sparkae.spark.JobDescription;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.ml.Model;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.param.Params;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructField;

/** Collects what a report shows of a model: from its parameters, and from rows it encodes. */
final class ReportBuilder {
  private static final int MOST_FEATURES = 20;
  private static final int MOST_ROWS = 6;
  private static final int MOST_COLUMNS = 8;

  private final String name;
  private final Model<?> model;
  private final TrainedModel trained;
  private final List<String> notes = new ArrayList<>();
  private boolean ofTraining;

  /**
   * @param name what the report calls it
   * @param model a {@link TrainedModel}
   */
  ReportBuilder(String name, Model<?> model) {
    this.name = name;
    this.model = model.copy(ParamMap.empty());
    this.trained = (TrainedModel) this.model;
    Models.clearOutputs(this.model);
  }

  /** The rows to come are those that it was trained on. */
  ReportBuilder onTrainingRows() {
    ofTraining = true;
    return this;
  }

  /** What can be told without any rows. */
  ReportData.ModelReport withoutRows() {
    notes.add("There were no rows to make codes and reconstructions of: name some with --input.");
    return uncoded(facts(), List.of(), List.of());
  }

  private ReportData.ModelReport uncoded(
      Map<String, String> facts, List<ReportData.Picture> pictures, List<ReportData.Table> tables) {
    return new ReportData.ModelReport(
        name,
        facts,
        allSettings(),
        curves(),
        pretraining(),
        pictures,
        List.of(),
        List.of(),
        List.of(),
        tables,
        notes);
  }

  /**
   * All of it.
   *
   * @param table rows to encode; labels are taken from its column {@code label}, of a classifier
   *     from that of its {@code labelCol}
   * @param rows how many rows it has
   */
  ReportData.ModelReport with(Dataset<Row> table, long rows) {
    return JobDescription.during(
        table.sparkSession().sparkContext(),
        "sparkae: rows for the report of " + name,
        () -> withRows(table, rows));
  }

  private ReportData.ModelReport withRows(Dataset<Row> table, long rows) {
    int width = trained.numFeatures();
    ReportSample sample = new ReportSample(table, rows, width);
    List<String> columns = Models.features(model);
    Optional<FeatureProvenance.ImageShape> image = sample.imageShape(columns);
    image = image.filter(i -> i.height() * i.width() * i.channels() == width);
    Map<String, String> facts = facts();
    if (!Models.reconstructs(model)) {
      Optional<ReportClasses> classes = ReportClasses.of(model, sample);
      classes.ifPresent(
          found -> {
            facts.put("rows in this report", rowsInReport(found.rows(), rows));
            facts.put("classified wrongly of these rows", found.errors());
          });
      facts.put("data", provenance(table, columns));
      List<ReportData.Picture> pictures = new ArrayList<>();
      image.ifPresent(
          shape -> {
            pictures.addAll(newRows(table.sparkSession(), new double[0][], shape));
            pictures.add(ReportPictures.filters(trained, shape));
          });
      return uncoded(facts, pictures, classes.flatMap(ReportClasses::table).stream().toList());
    }
    EncodedRows encoded = EncodedRows.of(model, sample);
    ReportSample.Groups groups = sample.groups(encoded.labels());
    facts.put("rows in this report", rowsInReport(encoded.size(), rows));
    facts.put("squared error of these rows", format(encoded.meanError()) + " (mean)");
    facts.put("data", provenance(table, columns));
    List<String> names = FeatureNames.of(table.schema(), columns, width);
    List<ReportData.Picture> pictures = new ArrayList<>();
    image.ifPresent(
        shape -> {
          pictures.add(ReportPictures.pairs(encoded, shape));
          pictures.addAll(newRows(table.sparkSession(), encoded.originals(), shape));
          pictures.add(ReportPictures.filters(trained, shape, encoded.units()));
        });
    return new ReportData.ModelReport(
        name,
        facts,
        allSettings(),
        curves(),
        pretraining(),
        pictures,
        Stream.of(Planes.codes(encoded.codes(), groups), principal(encoded, groups))
            .flatMap(Optional::stream)
            .toList(),
        encoded.units(),
        image.isPresent() ? List.of() : encoded.featureErrors(names, MOST_FEATURES),
        image.isPresent() ? List.of() : List.of(encoded.pairs(names, MOST_ROWS, MOST_COLUMNS)),
        notes);
  }

  private String rowsInReport(long shown, long rows) {
    String some = whole(shown) + " of " + whole(rows);
    return ofTraining ? some + " that it was trained on" : some;
  }

  private List<ReportData.Picture> newRows(
      SparkSession spark, double[][] rows, FeatureProvenance.ImageShape shape) {
    return model instanceof DecodingModel decoding
        ? new ReportNewRows(decoding, shape).pictures(spark, rows, notes)
        : List.of();
  }

  private Optional<ReportData.Scatter> principal(EncodedRows encoded, ReportSample.Groups groups) {
    if (trained.numFeatures() > Planes.MOST_FEATURES) {
      notes.add(
          "No principal components are shown: they take too long for rows of "
              + trained.numFeatures()
              + " features.");
      return Optional.empty();
    }
    return Planes.principal("Principal components", encoded.originals(), groups, "the rows");
  }

  private Map<String, String> facts() {
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("network", trained.architecture());
    facts.put("parameters", whole(trained.layout().size()));
    trained.summary().ifPresent(summary -> addTraining(facts, summary));
    return facts;
  }

  private boolean isFullBatch() {
    return trained.summary().map(FullBatchPhases::isLast).orElse(false);
  }

  /** Whether several players were trained, each with a loss of its own. */
  private boolean isGame() {
    return model instanceof GameParams;
  }

  private boolean validatesErrors() {
    return model instanceof ClassifierTrainingParams classifier
        && classifier.getValidationMetric().equals("error");
  }

  /** Of several trainings that made the model these are the facts of the last, and say so. */
  private void addTraining(Map<String, String> facts, TrainingSummary summary) {
    String of = summary.pretraining().isEmpty() ? "" : " (" + summary.phase() + ")";
    int epochs = summary.totalEpochs();
    facts.put("training rows", whole(summary.rows()));
    if (summary.validationRows() > 0) {
      facts.put("validation rows", whole(summary.validationRows()));
      facts.put(
          validatesErrors()
              ? "fewest validation errors, part of the rows"
              : "least validation loss",
          format(summary.validationHistory()[summary.bestEpoch()])
              + (isFullBatch() ? " after iteration " : " after epoch ")
              + (summary.bestEpoch() + 1));
    }
    if (summary.skippedRows() > 0) {
      facts.put("invalid rows, skipped", whole(summary.skippedRows()));
    }
    if (isFullBatch()) {
      String most = FullBatchPhases.mostIterations(model, summary);
      facts.put("iterations" + of, epochs + (most == null ? "" : " of at most " + most));
      facts.put("passes over the rows" + of, whole(summary.passes()));
    } else {
      facts.put("epochs" + of, epochs + (summary.stoppedEarly() ? ", then stopped early" : ""));
      facts.put("steps" + of, whole(summary.totalSteps()));
    }
    if (isGame()) {
      summary
          .lossHistory()
          .forEach((name, losses) -> facts.put("last loss, " + name, format(losses[epochs - 1])));
    } else {
      facts.put("last training loss" + of, format(summary.objectiveHistory()[epochs - 1]));
    }
    facts.put(
        "training time" + of,
        String.format(
            Locale.ROOT, "%.1f s, %,.0f rows/s", summary.seconds(), summary.rowsPerSecond()));
    if (!summary.pretraining().isEmpty()) {
      double before = summary.pretraining().stream().mapToDouble(TrainingSummary::seconds).sum();
      facts.put(
          "training time of all parts",
          String.format(Locale.ROOT, "%.1f s", before + summary.seconds()));
    }
    facts.put(
        "replicas × threads",
        summary.replicas()
            + " × "
            + summary.threads()
            + " ("
            + summary.microBatches()
            + " micro-batches)");
    facts.put(
        "BLAS", summary.blas().implementation() + ", " + summary.blas().coreType() + " kernels");
  }

  private String provenance(Dataset<Row> table, List<String> columns) {
    String shown =
        columns.stream()
            .limit(MOST_COLUMNS)
            .map(name -> describe(table.schema().apply(name)))
            .collect(Collectors.joining(", "));
    int more = columns.size() - MOST_COLUMNS;
    return more > 0 ? shown + " and " + more + " more" : shown;
  }

  private static String describe(StructField field) {
    return field.name()
        + " ("
        + field.dataType().simpleString()
        + ")"
        + FeatureProvenance.of(field)
            .map(
                from ->
                    " from "
                        + from.format()
                        + " "
                        + from.source()
                        + ", scaled "
                        + from.scaling().label())
            .orElse("");
  }

  private ReportData.Curves curves() {
    return trained.summary().map(summary -> curves(summary, isFullBatch())).orElse(null);
  }

  private List<ReportData.Curves> pretraining() {
    return trained
        .summary()
        .map(
            whole ->
                whole.pretraining().stream()
                    .map(phase -> curves(phase, FullBatchPhases.areLayers(whole)))
                    .toList())
        .orElse(List.of());
  }

  private ReportData.Curves curves(TrainingSummary summary, boolean fullBatch) {
    return new ReportData.Curves(
        summary.phase(),
        fullBatch ? "iteration" : "epoch",
        summary.objectiveHistory(),
        summary.lossHistory(),
        summary.statisticHistory().get(VariationalObjective.UNIT_KL),
        summary.validationHistory(),
        validatesErrors() ? "validation errors, part of the rows" : "validation",
        summary.stepSizes(),
        summary.bestEpoch(),
        isGame());
  }

  /** The model's Params, and those of its training that it has no use for. */
  private List<ReportData.Setting> allSettings() {
    List<ReportData.Setting> settings = settings(model);
    trained
        .summary()
        .ifPresent(
            summary ->
                summary
                    .settings()
                    .forEach(
                        (param, value) -> {
                          if (!model.hasParam(param)) {
                            settings.add(new ReportData.Setting(param, value, false, ""));
                          }
                        }));
    return settings;
  }

  static List<ReportData.Setting> settings(Params stage) {
    List<ReportData.Setting> settings = new ArrayList<>();
    for (Param<?> param : stage.params()) {
      if (stage.isDefined(param)) {
        Object value = stage.getOrDefault(param);
        boolean isDefault =
            stage.hasDefault(param)
                && TrainingSummary.text(value)
                    .equals(TrainingSummary.text(stage.getDefault(param).get()));
        settings.add(
            new ReportData.Setting(
                param.name(), TrainingSummary.text(value), isDefault, param.doc()));
      }
    }
    return settings;
  }

  private static String whole(long value) {
    return String.format(Locale.ROOT, "%,d", value);
  }

  private static String format(double value) {
    return String.format(Locale.ROOT, "%.4g", value);
  }
}
