package io.sparkae.ml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.syntax.ArchRuleDefinition;
import io.sparkae.data.FeatureScaler;
import io.sparkae.data.ForeignTypeException;
import io.sparkae.data.LocalSpark;
import io.sparkae.data.ParquetSchema;
import io.sparkae.data.ParquetSource;
import io.sparkae.data.SavedStageException;
import io.sparkae.data.Scaling;
import io.sparkae.spark.Tables;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.Metadata;
import org.apache.spark.sql.types.MetadataBuilder;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** No folder that is read makes us run code that it names. */
class ForeignCodeTest {
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("io.sparkae");

  @TempDir private Path folder;

  @BeforeEach
  void nothingYet() {
    System.clearProperty(TypeOfOthersInAParquet.MARK);
  }

  @BeforeAll
  static void session() {
    LocalSpark.session();
  }

  /** All that read a folder of Spark ML's, by their names. */
  private static Map<String, Function<String, ?>> readers() {
    Map<String, Function<String, ?>> readers = new TreeMap<>();
    readers.put("any model", path -> SavedModels.load(LocalSpark.session(), path));
    CLASSES.stream()
        .flatMap(c -> c.tryGetMethod("load", String.class).stream())
        .filter(load -> load.getModifiers().contains(JavaModifier.STATIC))
        .filter(load -> load.getModifiers().contains(JavaModifier.PUBLIC))
        .forEach(load -> readers.put(load.getFullName(), path -> call(load.reflect(), path)));
    return readers;
  }

  private static Object call(Method load, String path) {
    try {
      return load.invoke(null, path);
    } catch (InvocationTargetException e) {
      throw (RuntimeException) e.getCause();
    } catch (IllegalAccessException e) {
      throw new AssertionError(e);
    }
  }

  private static void assertRefusedUnread(String path, Function<String, ?> reader) {
    System.clearProperty(CodeOfOthers.MARK);
    assertThatThrownBy(() -> reader.apply(path))
        .isInstanceOf(SavedStageException.class)
        .hasMessageStartingWith(path)
        .hasMessageContaining("a CodeOfOthers, no")
        .extracting(Throwable::getMessage)
        .satisfies(message -> assertThat(message.lines()).hasSize(1));
    assertThat(System.getProperty(CodeOfOthers.MARK)).isNull();
  }

  @Test
  void classThatMetadataNameIsNotLoaded() throws IOException {
    Path stage = folder.resolve("stage");
    new Autoencoder().write().save(stage.toString());
    SavedFiles.editMetadata(stage, Autoencoder.class.getName(), CodeOfOthers.NAME);
    Map<String, Function<String, ?>> readers = readers();
    assertThat(readers).hasSizeGreaterThan(17);
    readers.forEach(
        (name, reader) -> {
          System.out.println(name);
          assertRefusedUnread(stage.toString(), reader);
        });
  }

  @Test
  void classOfAModelInsideARestorerIsNotLoaded() throws IOException {
    Dataset<Row> table = Tables.vectors(Tables.lowRank(4, 50, 5), 2);
    AutoencoderModel model = Easy.autoencoder().setEpochs(1).fit(table);
    Path restorer = folder.resolve("restorer");
    Restorer.like(model, table).write().save(restorer.toString());
    Path inner = restorer.resolve("model");
    SavedFiles.editMetadata(inner, AutoencoderModel.class.getName(), CodeOfOthers.NAME);
    assertRefusedUnread(inner.toString(), path -> Restorer.load(restorer.toString()));
  }

  @Test
  void classOfAScalerIsNotLoaded() throws IOException {
    Dataset<Row> table = Tables.vectors(Tables.lowRank(4, 50, 5), 2);
    FeatureScaler scaler = FeatureScaler.fit(table, Scaling.UNIT);
    scaler.save(folder.toString());
    Path inner = folder.resolve(FeatureScaler.FOLDER);
    SavedFiles.editMetadata(
        inner, "org.apache.spark.ml.feature.MinMaxScalerModel", CodeOfOthers.NAME);
    assertRefusedUnread(
        "file:" + inner,
        path -> {
          try {
            return FeatureScaler.load(LocalSpark.session(), "file:" + folder);
          } catch (IOException e) {
            throw new AssertionError(e);
          }
        });
  }

  private static void assertNothingLoaded() {
    assertThat(System.getProperty(TypeOfOthersInAParquet.MARK)).isNull();
  }

  private static void assertTypeRefused(Path file, ThrowingCallable reading) {
    assertThatThrownBy(reading)
        .isInstanceOf(ForeignTypeException.class)
        .hasMessageStartingWith(
            "file:"
                + file
                + " has in its column features a type of the class "
                + TypeOfOthersInAParquet.NAME)
        .extracting(Throwable::getMessage)
        .satisfies(message -> assertThat(message.lines()).hasSize(1));
    assertNothingLoaded();
  }

  @Test
  void classInTheFooterOfATableIsNotLoaded() throws IOException {
    SparkSession spark = LocalSpark.session();
    String table = folder.resolve("table").toString();
    Tables.vectors(Tables.lowRank(4, 50, 5), 2).write().parquet(table);
    List<Path> files = ForeignParquet.files(folder.resolve("table"));
    assertThat(files).hasSize(2);
    ForeignParquet.plant(files.get(1));
    for (String summary : List.of("_metadata", "_common_metadata")) { // Spark prefers them
      Files.copy(files.get(1), folder.resolve("table").resolve(summary));
    }
    assertThat(ParquetSource.read(spark, table).collectAsList()).hasSize(50);
    assertThat(ParquetSchema.read(spark, table).collectAsList()).hasSize(50);
    assertNothingLoaded();
    spark.conf().set("spark.sql.parquet.mergeSchema", "true");
    try {
      assertTypeRefused(files.get(1), () -> ParquetSource.read(spark, table));
    } finally {
      spark.conf().unset("spark.sql.parquet.mergeSchema");
    }
    ForeignParquet.plant(files.get(0));
    assertTypeRefused(files.get(0), () -> ParquetSource.read(spark, table));
    AdversarialAutoencoder estimator =
        new AdversarialAutoencoder().setPrior("samples").setPriorSamples(table);
    Dataset<Row> rows = Tables.vectors(Tables.lowRank(4, 50, 5), 2);
    assertTypeRefused(files.get(0), () -> estimator.fit(rows));
    for (Path file : files) {
      Files.delete(file);
    }
    Path summary = folder.resolve("table").resolve("_common_metadata");
    assertTypeRefused(summary, () -> ParquetSource.read(spark, table));
  }

  @Test
  void expressionInTheFooterOfATableIsNotEvaluated() throws IOException {
    String table = folder.resolve("table").toString();
    String call = "java_method('" + TypeOfOthersInAParquet.NAME + "', 'call')";
    Metadata metadata =
        new MetadataBuilder()
            .putString("EXISTS_DEFAULT", call)
            .putString("CURRENT_DEFAULT", call)
            .putLong("kept", 1)
            .build();
    LocalSpark.session()
        .range(3)
        .withColumn("id", functions.col("id").as("id", metadata))
        .write()
        .parquet(table);
    Dataset<Row> read = ParquetSource.read(LocalSpark.session(), table);
    assertThat(read.collectAsList()).hasSize(3);
    assertThat(read.schema().apply("id").metadata().json()).isEqualTo("{\"kept\":1}");
    assertNothingLoaded();
  }

  @Test
  void classInTheSamplesOfAPriorIsNotLoaded() throws IOException {
    Dataset<Row> table = Tables.vectors(Tables.lowRank(4, 50, 5), 2);
    AdversarialAutoencoderModel model =
        new AdversarialAutoencoder()
            .setCodeSize(2)
            .setPrior("samples")
            .setPriorTable(Tables.vectors(Tables.lowRank(2, 20, 2), 1))
            .setEpochs(1)
            .fit(table);
    String saved = folder.resolve("model").toString();
    model.write().save(saved);
    ForeignParquet.plantAll(folder.resolve("model").resolve("prior"));
    AdversarialAutoencoderModel read = AdversarialAutoencoderModel.load(saved);
    assertNothingLoaded();
    assertThat(read.sampleCodes(LocalSpark.session(), 20, 1).collectAsList())
        .isEqualTo(model.sampleCodes(LocalSpark.session(), 20, 1).collectAsList());
  }

  @Test
  void classInTheNumbersOfAScalerIsNotLoaded() throws IOException {
    Dataset<Row> table = Tables.vectors(Tables.lowRank(4, 50, 5), 2);
    FeatureScaler scaler = FeatureScaler.fit(table, Scaling.STANDARD);
    scaler.save(folder.toString());
    ForeignParquet.plantAll(folder.resolve(FeatureScaler.FOLDER).resolve("data"));
    assertThat(FeatureScaler.load(LocalSpark.session(), folder.toString()).orElseThrow().factors())
        .isEqualTo(scaler.factors());
    assertNothingLoaded();
  }

  /** Where Spark finds out the columns of files, it loads the classes that they name. */
  @Test
  void filesAreReadWithColumnsThatAreKnown() {
    ArchRuleDefinition.noClasses()
        .that()
        .doNotHaveFullyQualifiedName(ParquetSchema.class.getName())
        .should()
        .callMethodWhere(
            DescribedPredicate.describe(
                "has Spark find out the columns of files",
                call ->
                    call.getTargetOwner().getName().matches("org.apache.spark.*DataFrameReader")
                        && call.getName().matches("parquet|orc|load|table")
                        && call.getOrigin().getMethodCallsFromSelf().stream()
                            .noneMatch(
                                other ->
                                    other.getName().equals("schema")
                                        && other.getTargetOwner().equals(call.getTargetOwner()))))
        .check(CLASSES);
  }

  @Test
  void everyTrainedModelIsAmongThoseThatAreLoaded() {
    List<String> concrete =
        CLASSES.stream()
            .filter(c -> c.isAssignableTo(TrainedNetwork.class))
            .filter(c -> !c.getModifiers().contains(JavaModifier.ABSTRACT))
            .map(JavaClass::getName)
            .toList();
    assertThat(SavedModels.types().stream().map(Class::getName).collect(Collectors.toList()))
        .containsExactlyInAnyOrderElementsOf(concrete);
  }

  @Test
  void nothingOfOursNamesAClassToLoadOrReadsObjectsFromFiles() {
    DescribedPredicate<JavaClass> loaders =
        DescribedPredicate.describe(
            "load what a file names",
            c ->
                List.of(
                        "java.io.ObjectInputStream",
                        "java.lang.ClassLoader",
                        "java.net.URLClassLoader",
                        "java.beans.XMLDecoder",
                        "com.fasterxml.jackson.annotation.JsonTypeInfo",
                        "com.fasterxml.jackson.databind.jsontype.PolymorphicTypeValidator",
                        "org.apache.spark.ml.PipelineModel",
                        "org.apache.spark.ml.Pipeline")
                    .contains(c.getName()));
    ArchRuleDefinition.noClasses()
        .that()
        .doNotHaveFullyQualifiedName("io.sparkae.core.train.RawFloats") // sent by Spark, as bytes
        .should()
        .dependOnClassesThat(loaders)
        .check(CLASSES);
    ArchRuleDefinition.noClasses()
        .should()
        .callMethodWhere(
            DescribedPredicate.describe(
                "name a class to load",
                call ->
                    call.getName().equals("forName")
                            && call.getTargetOwner().isEquivalentTo(Class.class)
                        || call.getName().matches("loadParamsInstance.*|objectFile")
                        || call.getName().matches("(activate|enable)DefaultTyping.*")))
        .check(CLASSES);
  }
}
