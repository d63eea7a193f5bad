package io.sparkae.ml;

import static org.apache.spark.sql.functions.monotonically_increasing_id;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sparkae.core.fuzz.Fuzzed;
import io.sparkae.core.fuzz.Mutants;
import io.sparkae.core.fuzz.Outcome;
import io.sparkae.core.graph.ParameterLayout;
import io.sparkae.core.graph.ParameterSlice;
import io.sparkae.data.LocalSpark;
import io.sparkae.data.SavedStageException;
import io.sparkae.data.StageMetadata;
import io.sparkae.spark.Tables;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.apache.commons.io.FileUtils;
import org.apache.spark.ml.util.MLWritable;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import scala.jdk.javaapi.CollectionConverters;

/** Saved models with other metadata or weights are what they say, or are refused in one line. */
class SavedModelFuzzTest {
  private static final String PATH = "out/model";
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final long BYTES = 30_000_000;
  private static final float[] SPECIAL = {
    Float.NaN, Float.POSITIVE_INFINITY, -0f, Float.MIN_VALUE, 1e30f
  };

  private static final Map<String, TrainedModelReader<?>> READERS =
      Map.of(
          AutoencoderModel.class.getName(),
          new TrainedModelReader<>(AutoencoderModel.class, AutoencoderModel::new),
          RestrictedBoltzmannMachineModel.class.getName(),
          new TrainedModelReader<>(
              RestrictedBoltzmannMachineModel.class, RestrictedBoltzmannMachineModel::new),
          VariationalAutoencoderModel.class.getName(),
          new TrainedModelReader<>(
              VariationalAutoencoderModel.class, VariationalAutoencoderModel::new),
          EncoderClassifierModel.class.getName(),
          new TrainedModelReader<>(EncoderClassifierModel.class, EncoderClassifierModel::new),
          AdversarialAutoencoderModel.class.getName(),
          new TrainedModelReader<>(
              AdversarialAutoencoderModel.class, AdversarialAutoencoderModel::new),
          GenerativeAdversarialNetworkModel.class.getName(),
          new TrainedModelReader<>(
              GenerativeAdversarialNetworkModel.class, GenerativeAdversarialNetworkModel::new));

  private static final List<String> METADATA = new ArrayList<>();
  private static final List<String> SUMMARIES = new ArrayList<>();
  private static AutoencoderModel model;
  private static List<Row> weights;

  @BeforeContainer
  static void trainAndSave() throws IOException {
    Dataset<Row> table = Tables.vectors(Tables.lowRank(4, 50, 5), 2);
    model = Easy.autoencoder().setErrorCol("e").setHiddenLayers(new int[] {5, 5}).fit(table);
    List<MLWritable> models =
        List.of(
            model,
            new RestrictedBoltzmannMachine().setHiddenUnits(3).setEpochs(2).fit(table),
            new VariationalAutoencoder()
                .setHiddenLayers(new int[] {4})
                .setCodeSize(2)
                .setEpochs(2)
                .fit(table),
            new DenseClassifier()
                .setHiddenLayers(new int[] {4})
                .setEpochs(2)
                .fit(table.withColumn("label", monotonically_increasing_id().mod(3))),
            new AdversarialAutoencoder().setCodeSize(2).setEpochs(2).fit(table),
            new GenerativeAdversarialNetwork().setCodeSize(2).setEpochs(2).fit(table));
    Path folder = Files.createTempDirectory("fuzzed");
    try {
      for (MLWritable one : models) {
        String path = folder.resolve(one.getClass().getSimpleName()).toString();
        one.write().save(path);
        String json = LocalSpark.session().read().text(path + "/metadata").first().getString(0);
        METADATA.add(json);
        SUMMARIES.add(JSON.readTree(json).get("trainingSummary").toString());
      }
      weights =
          LocalSpark.session()
              .read()
              .parquet(folder.resolve("AutoencoderModel/weights").toString())
              .orderBy("start")
              .collectAsList();
    } finally {
      FileUtils.deleteDirectory(folder.toFile());
    }
  }

  @Provide
  Arbitrary<String> metadata() {
    return Mutants.ofTexts(METADATA);
  }

  @Provide
  Arbitrary<String> summaries() {
    return Mutants.ofTexts(SUMMARIES);
  }

  @Fuzzed
  void metadataMakeAModelOrAreRefused(@ForAll("metadata") String json) throws Exception {
    Optional<TrainedModel> read =
        Outcome.of(
            () -> {
              StageMetadata metadata = StageMetadata.parse(PATH, json);
              return (TrainedModel)
                  READERS
                      .getOrDefault(
                          metadata.className(), READERS.get(AutoencoderModel.class.getName()))
                      .shape(PATH, metadata);
            },
            SavedStageException.class,
            PATH + " ",
            BYTES);
    if (read.isPresent()) {
      TrainedNetwork<?> shape = (TrainedNetwork<?>) read.get();
      assertThat(shape.layout().size()).isPositive();
      JsonNode fields = JSON.readTree(json);
      assertThat(fields.get("numFeatures").asLong()).isEqualTo(shape.numFeatures());
      assertThat(shape.architecture()).containsPattern("\\b" + shape.numFeatures() + "\\b");
      JsonNode codeSize = fields.get("paramMap").get("codeSize");
      if (codeSize != null) {
        int size = (int) shape.getOrDefault(shape.getParam("codeSize"));
        assertThat(size).isEqualTo(codeSize.asLong());
      }
    }
  }

  @Fuzzed
  void summaryIsReadOrRefused(@ForAll("summaries") String text) throws Exception {
    JsonNode json;
    try {
      json = JSON.readTree(text);
    } catch (JsonProcessingException e) {
      return; // the metadata are no JSON then
    }
    Optional<TrainingSummary> read =
        Outcome.of(
            () -> SummaryJson.fromJson(PATH, json), SavedStageException.class, PATH + " ", BYTES);
    if (read.isPresent()) {
      TrainingSummary summary = read.get();
      assertThat(summary.toString()).isNotEmpty();
      assertThat(summary.totalEpochs()).isEqualTo(json.get("objectiveHistory").size());
      assertThat(summary.bestEpoch()).isEqualTo(json.get("bestEpoch").intValue());
      JsonNode again = SummaryJson.toJson(summary);
      assertThat(SummaryJson.toJson(SummaryJson.fromJson(PATH, again)).equals(again)).isTrue();
    }
  }

  @Provide
  Arbitrary<List<Row>> tables() {
    return Arbitraries.integers()
        .list()
        .ofMinSize(1)
        .ofMaxSize(3)
        .map(
            changes -> {
              List<Row> rows = new ArrayList<>(weights);
              changes.forEach(change -> change(rows, Mutants.random(change)));
              return rows;
            });
  }

  private static void change(List<Row> rows, Random random) {
    int at = rows.isEmpty() ? 0 : random.nextInt(rows.size());
    if (rows.isEmpty() || random.nextInt(6) == 0) {
      rows.add(at, weights.get(random.nextInt(weights.size())));
      return;
    }
    Row row = rows.get(at);
    Object[] cells = new Object[row.size()];
    Arrays.setAll(cells, row::get);
    List<Float> values = row.isNullAt(4) ? new ArrayList<>() : new ArrayList<>(row.getList(4));
    int one = values.isEmpty() ? 0 : random.nextInt(values.size());
    switch (random.nextInt(8)) {
      case 0 -> {
        rows.remove(at);
        return;
      }
      case 1 -> cells[random.nextInt(cells.length)] = null;
      case 2 -> cells[1 + random.nextInt(3)] = random.nextBoolean() ? random.nextInt() : -1;
      case 3 -> { // the values of another slice, or their name
        Row other = rows.get(random.nextInt(rows.size()));
        int cell = random.nextBoolean() ? 0 : 4;
        cells[cell] = other.get(cell);
      }
      case 4 -> {
        if (!values.isEmpty()) {
          values.set(one, SPECIAL[random.nextInt(SPECIAL.length)]);
        }
      }
      case 5 -> values.add(one, random.nextBoolean() ? null : 1f);
      case 6 -> values = new ArrayList<>(values.subList(0, one));
      default -> { // in two stretches
        rows.add(
            at,
            RowFactory.create(
                cells[0], cells[1], cells[2], cells[3], sequence(values.subList(0, one))));
        at++;
        cells[3] = cells[3] == null ? one : (Integer) cells[3] + one;
        values = values.subList(one, values.size());
      }
    }
    if (cells[4] == row.get(4) && cells[4] != null) {
      cells[4] = sequence(values);
    }
    rows.set(at, RowFactory.create(cells));
  }

  /** As Spark keeps the values of a row. */
  private static Object sequence(List<Float> values) {
    return CollectionConverters.asScala(values).toSeq();
  }

  /** What the first of the two jobs of reading knows. */
  private static List<Row> counted(List<Row> rows) {
    List<Row> counted = new ArrayList<>();
    for (Row row : rows) {
      counted.add(
          RowFactory.create(
              row.get(0),
              row.get(1),
              row.get(2),
              row.get(3),
              row.isNullAt(4) ? (Integer) (-1) : (Integer) row.getList(4).size()));
    }
    return counted;
  }

  @Fuzzed
  void weightsAreReadOrRefused(@ForAll("tables") List<Row> rows) throws Exception {
    ParameterLayout layout = model.layout();
    Optional<float[]> read =
        Outcome.of(
            () -> {
              WeightTable table = new WeightTable(PATH, layout);
              table.check(counted(rows));
              return table.fill(rows);
            },
            SavedStageException.class,
            PATH + " ",
            BYTES);
    if (read.isPresent()) {
      for (Row row : rows) {
        ParameterSlice slice = layout.slice(row.getString(0));
        int from = slice.offset() + row.getInt(3);
        List<Float> values = row.getList(4);
        for (int i = 0; i < values.size(); i++) {
          assertThat(read.get()[from + i]).isEqualTo(values.get(i)).isFinite();
        }
      }
      boolean same = Arrays.equals(read.get(), model.parameters());
      assertThat(WeightTable.checksum(read.get()).equals(WeightTable.checksum(model.parameters())))
          .isEqualTo(same);
    }
  }
}
