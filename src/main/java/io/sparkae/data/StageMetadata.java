package io.sparkae.data;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sparkae.core.Check;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.zip.CRC32C;
import org.apache.hadoop.fs.Path;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.Params;
import org.apache.spark.ml.util.DefaultParamsReader;
import org.apache.spark.ml.util.DefaultParamsWriter;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.SparkSession;
import org.json4s.JObject;
import scala.Option;

/**
 * What Spark ML writes beside every saved stage: its class, its uid and its Params, as JSON. The
 * class is a name to compare with those that are known; nothing here loads it.
 */
public final class StageMetadata {
  /** Field of the checksum of all others. */
  public static final String CHECKSUM_FIELD = "metadataChecksum";

  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final String path;
  private final DefaultParamsReader.Metadata metadata;
  private final JsonNode fields;

  private StageMetadata(String path, DefaultParamsReader.Metadata metadata, JsonNode fields) {
    this.path = path;
    this.metadata = metadata;
    this.fields = fields;
  }

  /**
   * Writes the metadata of a stage as Spark ML does, with a checksum.
   *
   * @param spark the session that writes
   * @param stage what is saved
   * @param path folder of the stage
   * @param more fields beside the Params
   */
  public static void save(SparkSession spark, Params stage, String path, JObject more) {
    ObjectNode fields;
    try {
      String json = DefaultParamsWriter.getMetadataToSave(stage, spark, Option.apply(more));
      fields = (ObjectNode) MAPPER.readTree(json);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Spark's metadata are no JSON", e);
    }
    fields.put(CHECKSUM_FIELD, checksum(fields));
    spark
        .createDataset(List.of(fields.toString()), Encoders.STRING())
        .coalesce(1)
        .write()
        .text(new Path(path, "metadata").toString());
  }

  private static String checksum(ObjectNode fields) {
    CRC32C checksum = new CRC32C();
    ObjectNode others = fields.deepCopy();
    others.remove(CHECKSUM_FIELD);
    checksum.update(others.toString().getBytes(StandardCharsets.UTF_8));
    return Long.toHexString(checksum.getValue());
  }

  /**
   * Refuses metadata that are other ones than those that were saved; those of releases that wrote
   * no checksum are believed.
   *
   * @throws SavedStageException if the checksum does not fit
   */
  public void requireUnchanged() {
    JsonNode saved = fields.get(CHECKSUM_FIELD);
    if (saved != null && !saved.asText().equals(checksum((ObjectNode) fields))) {
      throw new SavedStageException(
          path,
          "has metadata that were changed after it was saved, by their checksum: save or copy it"
              + " anew");
    }
  }

  /**
   * Reads the metadata of a saved stage, whatever it is.
   *
   * @param spark the session that reads
   * @param path folder of the stage
   * @return its metadata
   * @throws SavedStageException if there are none, or they are malformed
   */
  public static StageMetadata load(SparkSession spark, String path) {
    DefaultParamsReader.Metadata metadata;
    try {
      metadata = DefaultParamsReader.loadMetadata(path, spark, ""); // of any class
    } catch (Exception e) { // Scala declares none of what it throws
      throw new SavedStageException(path, "has no metadata that can be read", e);
    }
    return of(path, metadata);
  }

  /**
   * Parses the metadata of a saved stage.
   *
   * @param path folder of the stage, for errors
   * @param json what was read there
   * @return the metadata
   * @throws SavedStageException if they are malformed
   */
  public static StageMetadata parse(String path, String json) {
    DefaultParamsReader.Metadata metadata;
    try {
      metadata = DefaultParamsReader.parseMetadata(json, "");
    } catch (Exception e) { // Scala declares none of what it throws
      throw new SavedStageException(path, "has no metadata that can be read", e);
    }
    return of(path, metadata);
  }

  private static StageMetadata of(String path, DefaultParamsReader.Metadata metadata) {
    try {
      JsonNode fields = MAPPER.readTree(metadata.metadataJson());
      return new StageMetadata(path, metadata, fields);
    } catch (JsonProcessingException e) {
      throw new SavedStageException(path, "has metadata that is not JSON", e);
    }
  }

  /** {@return the class that the stage says to be of} */
  public String className() {
    return metadata.className();
  }

  /** {@return the class without its package, fit for a message} */
  public String simpleName() {
    String name = className();
    String simple = name.substring(name.lastIndexOf('.') + 1);
    return simple.isBlank() ? "stage of no class" : Check.shown(simple);
  }

  /**
   * Refuses a stage of another class.
   *
   * @param type what it should be
   * @throws SavedStageException if it says to be something else
   */
  public void requireClass(Class<?> type) {
    if (!className().equals(type.getName())) {
      throw new SavedStageException(
          path, "is " + Check.withArticle(simpleName()) + ", not a saved " + type.getSimpleName());
    }
  }

  /** {@return the name of the stage} */
  public String uid() {
    return metadata.uid();
  }

  /**
   * {@return what was saved beside the Params, or null}
   *
   * @param name of the field
   */
  public JsonNode field(String name) {
    return fields.get(name);
  }

  /**
   * {@return a whole number that was saved beside the Params}
   *
   * @param name of the field
   * @throws SavedStageException if there is none
   */
  public int whole(String name) {
    JsonNode field = fields.get(name);
    if (field == null || !field.isIntegralNumber() || !field.canConvertToInt()) {
      throw new SavedStageException(
          path, "is not a saved model: its metadata has no whole number " + name);
    }
    return field.intValue();
  }

  /**
   * Sets the Params that were saved.
   *
   * @param stage whose Params are set
   * @throws SavedStageException if it has no such Param, or refuses a value
   */
  public void setParams(Params stage) {
    try {
      metadata.getAndSetParams(stage, Option.empty());
    } catch (Exception e) { // Scala declares none of what it throws
      throw new SavedStageException(path, "has Params that do not fit", e);
    }
    fields.path("paramMap").fieldNames().forEachRemaining(name -> requireSame(stage, name));
  }

  /** Spark reads 3.7 as the whole number 3, and 2^32 + 3 too. */
  private void requireSame(Params stage, String name) {
    JsonNode saved = fields.get("paramMap").get(name);
    Param<Object> param = stage.getParam(name);
    JsonNode set;
    try {
      set = MAPPER.readTree(param.jsonEncode(stage.getOrDefault(param)));
    } catch (JsonProcessingException e) {
      throw new SavedStageException(path, "has a Param that does not fit, " + name, e);
    }
    if (!set.equals(StageMetadata::compare, saved)) {
      throw new SavedStageException(
          path, "has a value that is none of " + name + ": " + Check.shown(saved.toString()));
    }
  }

  private static int compare(JsonNode left, JsonNode right) {
    boolean whole = left.isIntegralNumber() && right.isIntegralNumber();
    boolean same =
        whole
            ? left.bigIntegerValue().equals(right.bigIntegerValue())
            : left.isNumber() && right.isNumber()
                ? left.doubleValue() == right.doubleValue()
                : left.equals(right);
    return same ? 0 : 1;
  }
}
