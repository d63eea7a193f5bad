package io.sparkae.jobs;

import io.sparkae.spark.JobDescription;
import io.sparkae.spark.SparkaePlugin;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.UnknownHostException;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.spark.SparkConf;
import org.apache.spark.sql.SparkSession;

/** The Spark session of a command; closing ends it unless it was there before. */
final class Session implements AutoCloseable {
  /**
   * Cheap rounds (see the trainer; each allocates arrays as long as the model, which G1 treats
   * badly; the results of a round together may pass the 1 GB that Spark allows, and no replica
   * waits for an executor that is busy), streams of rows that hold no more than one block of them,
   * all executors there before rows are dealt out to them, one BLAS thread for each of ours and a
   * quiet console; whatever the user sets wins.
   */
  private static final Map<String, String> DEFAULTS =
      Map.ofEntries(
          Map.entry("spark.broadcast.compress", "false"),
          Map.entry("spark.broadcast.checksum", "false"),
          Map.entry("spark.broadcast.blockSize", "64m"),
          Map.entry("spark.task.maxDirectResultSize", "64m"),
          Map.entry("spark.driver.maxResultSize", "0"),
          Map.entry("spark.locality.wait", "0s"),
          Map.entry("spark.serializer.objectStreamReset", "1"),
          Map.entry("spark.scheduler.minRegisteredResourcesRatio", "1"),
          Map.entry("spark.executorEnv.OPENBLAS_NUM_THREADS", "1"),
          Map.entry(
              "spark.executor.extraJavaOptions",
              "-XX:+UseParallelGC -XX:+IgnoreUnrecognizedVMOptions -XX:+UseTransparentHugePages"),
          Map.entry("spark.ui.showConsoleProgress", "false"));

  /** No web page, and a task without memory fails: Spark would end the JVM without a word. */
  private static final Map<String, String> LOCAL_DEFAULTS =
      Map.of("spark.ui.enabled", "false", "spark.executor.killOnFatalError.depth", "0");

  private static final String PLUGINS = "spark.plugins";
  private static final String SECRET = "spark.authenticate.secret";

  /**
   * In cluster deploy mode a standalone worker tells the driver the secret by this alone, but a
   * Spark context wants it as a setting.
   */
  private static final String TOLD_SECRET = "_SPARK_AUTH_SECRET";

  private static final int CONNECT_MILLIS = 10_000;

  private final SparkSession spark;
  private final boolean ours;
  private final String formerDescription;

  private Session(SparkSession spark, boolean ours, String description) {
    this.spark = spark;
    this.ours = ours;
    this.formerDescription = spark.sparkContext().getLocalProperty(JobDescription.PROPERTY);
    spark.sparkContext().setJobDescription(description);
  }

  /** Opens the session of a command, or joins the one of this JVM. */
  static Session open(Command command, Arguments arguments) {
    boolean ours = SparkSession.getDefaultSession().isEmpty();
    SparkConf set = new SparkConf();
    SparkSession.Builder builder = SparkSession.builder();
    SparkSettings.of(arguments.spark())
        .forEach(
            (key, value) -> {
              if (!set.contains(key)) { // the command line wins
                builder.config(key, value);
                set.set(key, value);
              }
            });
    setUnlessSet(builder, set, DEFAULTS);
    builder.config(PLUGINS, withOurs(set.get(PLUGINS, "")));
    if (!set.contains(SECRET) && System.getenv(TOLD_SECRET) != null) {
      builder.config(SECRET, System.getenv(TOLD_SECRET));
    }
    if (!set.contains("spark.app.name") || set.get("spark.app.name").startsWith("io.sparkae")) {
      builder.appName("sparkae " + command.name());
    }
    if (ours) {
      String master = master(arguments);
      requireReachable(master);
      builder.master(master);
      if (master.startsWith("local")) {
        setUnlessSet(builder, set, LOCAL_DEFAULTS);
      }
    }
    try {
      SparkSession spark = builder.getOrCreate();
      WorkingFolder.use(spark.sparkContext());
      return new Session(spark, ours, describe(command, arguments));
    } catch (IllegalStateException e) { // after a minute, and Spark says no more than "stopped"
      if (!String.valueOf(e.getMessage()).contains("stopped SparkContext")) {
        throw e;
      }
      IllegalStateException refused = // not caused by it: the line is the root's
          new IllegalStateException(
              "--master "
                  + master(arguments)
                  + " took no application: its log says why, such as another Spark or another"
                  + " spark.authenticate.secret");
      refused.addSuppressed(e);
      throw refused;
    }
  }

  private static void setUnlessSet(
      SparkSession.Builder builder, SparkConf set, Map<String, String> defaults) {
    defaults.forEach(
        (key, value) -> {
          if (!set.contains(key)) {
            builder.config(key, value);
          }
        });
  }

  /** What Spark's UI says of jobs that nobody describes better. */
  private static String describe(Command command, Arguments arguments) {
    return Stream.of("output", "model")
        .flatMap(name -> arguments.text(name).map(path -> " --" + name + " " + path).stream())
        .findFirst()
        .map(place -> "sparkae " + command.name() + place)
        .orElse("sparkae " + command.name());
  }

  /**
   * Checks that one of the addresses of a standalone master answers: Spark would try for a minute.
   *
   * @throws UsageException if none does, with the reason of the last
   */
  static void requireReachable(String master) {
    String scheme = "spark://";
    if (!master.startsWith(scheme)) {
      return;
    }
    String reason = "";
    for (String address : master.substring(scheme.length()).split(",")) {
      int colon = address.lastIndexOf(':');
      if (colon < 0 || !address.substring(colon + 1).matches("[0-9]{1,5}")) {
        throw new UsageException("--master must be spark://HOST:PORT, not " + master);
      }
      String host = address.substring(0, colon);
      int port = Integer.parseInt(address.substring(colon + 1));
      try (Socket socket = new Socket()) {
        socket.connect(new InetSocketAddress(host, port), CONNECT_MILLIS);
        return;
      } catch (UnknownHostException e) {
        reason = "the host " + host + " is unknown";
      } catch (IOException | IllegalArgumentException e) {
        reason = e.getMessage();
      }
    }
    throw new UsageException("--master " + master + " cannot be reached: " + reason);
  }

  /**
   * The master of a new session: the option, else what spark-submit was told, else this machine.
   */
  static String master(Arguments arguments) {
    return arguments
        .find(Common.MASTER)
        .orElseGet(() -> new SparkConf().get("spark.master", "local[*]"));
  }

  /** The user's plugins and ours, which loads OpenBLAS for MLlib too. */
  private static String withOurs(String plugins) {
    String ours = SparkaePlugin.class.getName();
    return plugins.isBlank() ? ours : plugins.contains(ours) ? plugins : plugins + "," + ours;
  }

  SparkSession spark() {
    return spark;
  }

  @Override
  public void close() {
    if (ours) {
      spark.stop();
    } else {
      spark.sparkContext().setJobDescription(formerDescription);
    }
  }
}
