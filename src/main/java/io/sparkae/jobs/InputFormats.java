package io.sparkae.jobs;

import io.sparkae.data.CsvSource;
import io.sparkae.data.IdxSource;
import io.sparkae.data.ImageSource;
import io.sparkae.data.InvalidRows;
import io.sparkae.data.NumberLine;
import io.sparkae.data.ParquetSource;
import io.sparkae.data.Scaling;
import io.sparkae.data.TextSource;
import java.io.IOException;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** The formats that {@code ingest} reads, each with its options. */
final class InputFormats {
  private static final Option<String> LABELS =
      Option.text("labels", "FILE", "idx: file of the labels, one number for each row");
  private static final Option<Integer> PARTITIONS =
      Option.smallNumber("partitions", 0, "idx: files to write; 0 for one per core of the cluster")
          .withDefault("0");
  private static final Option<List<String>> FEATURES =
      Option.names(
          "features",
          "parquet: one column of vectors or arrays of numbers, or several of numbers (default"
              + " features); csv: columns to use (default all of numbers but the label)");
  private static final Option<String> LABEL =
      Option.text(
          "label", "COLUMN", "parquet: column of the labels, numbers; csv: the same, or words");
  private static final Option<Boolean> NO_HEADER =
      Option.flag("no-header", "csv: the first line is a row: columns are called _c0, _c1, ...");
  private static final Option<String> DELIMITER =
      Option.of("delimiter", "TEXT", "csv: what stands between two values", "a text", v -> v)
          .withDefault(",");
  private static final Option<String> COMMENT =
      Option.of(
          "comment",
          "CHAR",
          "csv: lines that begin so are left out; default: none",
          "one character",
          value -> {
            if (value.length() != 1) {
              throw new IllegalArgumentException();
            }
            return value;
          });
  private static final Option<String> SCHEMA =
      Option.text(
          "schema", "DDL", "csv: columns such as 'a DOUBLE, b STRING'; default: from the rows");
  private static final Option<String> INVALID =
      Option.choice(
              "handle-invalid",
              List.of("error", "skip", "keep"),
              "csv: what becomes of rows that do not fit or lack a value; keep: NaN marks what is"
                  + " missing, for restore")
          .withDefault("error");

  /** Whether rows with missing features are kept. */
  static boolean keepsMissing(Arguments arguments) {
    return arguments.get(INVALID).equals("keep");
  }

  private static final Option<Integer> WIDTH =
      Option.smallNumber("width", 0, "libsvm: features of a row; 0 for the largest index there is")
          .withDefault("0");
  private static final Option<int[]> SIZE =
      Option.of(
          "size",
          "WxH",
          "images: width and height to resize to; default: that of the first image, which all have",
          "width and height such as 28x28",
          InputFormats::size);
  private static final Option<String> COLOUR =
      Option.choice("color", List.of("grey", "rgb"), "images: numbers of a pixel, one or three")
          .withDefault("grey");
  private static final Option<String> MEMBER =
      Option.text("member", "NAME", "amat, series: which file of a .zip file, if it has several");

  private static final List<InputFormat> ALL =
      List.of(
          new Idx(),
          new Csv(),
          new Parquet(),
          new Images(),
          new Libsvm(),
          new Numbers(
              "amat",
              "lines of numbers, the label last, also in a .zip",
              NumberLine.LabelPlace.LAST),
          new Numbers(
              "series",
              "lines of numbers, the label first, also in a .zip",
              NumberLine.LabelPlace.FIRST));

  private InputFormats() {}

  /** Two numbers of at least 1. */
  private static int[] size(String value) {
    int[] size = Arrays.stream(value.split("x", -1)).mapToInt(Integer::parseInt).toArray();
    if (size.length != 2 || size[0] < 1 || size[1] < 1) {
      throw new IllegalArgumentException();
    }
    return size;
  }

  static List<String> names() {
    return ALL.stream().map(InputFormat::name).toList();
  }

  /** The formats and what they are, for the help. */
  static String summaries() {
    return String.join("; ", ALL.stream().map(f -> f.name() + ": " + f.summary()).toList());
  }

  static InputFormat of(String name) {
    return ALL.stream().filter(format -> format.name().equals(name)).findFirst().orElseThrow();
  }

  /** The options of all formats, each once. */
  static Set<Option<?>> options() {
    Set<Option<?>> options = new LinkedHashSet<>();
    ALL.forEach(format -> options.addAll(format.options()));
    return options;
  }

  /**
   * Refuses options of other formats.
   *
   * @throws UsageException naming the option and the formats that have it
   */
  static void refuseOthers(InputFormat format, Arguments arguments) {
    for (Option<?> option : options()) {
      if (arguments.differs(option) && !format.options().contains(option)) {
        List<String> owners =
            ALL.stream().filter(f -> f.options().contains(option)).map(InputFormat::name).toList();
        throw new UsageException(
            "--"
                + option.name()
                + " is for --format "
                + String.join(" or ", owners)
                + ", not "
                + format.name());
      }
    }
  }

  private record Idx() implements InputFormat {
    @Override
    public String name() {
      return "idx";
    }

    @Override
    public String summary() {
      return "MNIST's format, gzip or not";
    }

    @Override
    public List<Option<?>> options() {
      return List.of(LABELS, PARTITIONS);
    }

    @Override
    public List<Option<String>> paths() {
      return List.of(LABELS);
    }

    @Override
    public boolean hasKnownRange() {
      return true;
    }

    @Override
    public Dataset<Row> read(Request request, Scaling scaling) throws IOException {
      return IdxSource.read(
          request.spark(),
          request.input(),
          request.arguments().find(LABELS),
          scaling,
          request.arguments().get(PARTITIONS));
    }
  }

  private record Csv() implements InputFormat {
    @Override
    public String name() {
      return "csv";
    }

    @Override
    public String summary() {
      return "lines of values, gzip or not";
    }

    @Override
    public List<Option<?>> options() {
      return List.of(FEATURES, LABEL, NO_HEADER, DELIMITER, COMMENT, SCHEMA, INVALID);
    }

    @Override
    public Dataset<Row> read(Request request, Scaling scaling) throws IOException {
      Arguments arguments = request.arguments();
      CsvSource.Result result =
          CsvSource.read(
              request.spark(),
              request.input(),
              new CsvSource.Settings(
                  !arguments.get(NO_HEADER),
                  arguments.get(DELIMITER),
                  arguments.find(COMMENT),
                  arguments.find(SCHEMA),
                  arguments.find(FEATURES).orElse(List.of()),
                  arguments.find(LABEL),
                  request.labelNames(),
                  InvalidRows.valueOf(arguments.get(INVALID).toUpperCase(Locale.ROOT))));
      if (!result.leftOut().isEmpty()) {
        request
            .console()
            .progress("left out, not of numbers: %s", String.join(", ", result.leftOut()));
      }
      return result.table();
    }
  }

  private record Parquet() implements InputFormat {
    @Override
    public String name() {
      return "parquet";
    }

    @Override
    public String summary() {
      return "columns of a table";
    }

    @Override
    public List<Option<?>> options() {
      return List.of(FEATURES, LABEL);
    }

    @Override
    public Dataset<Row> read(Request request, Scaling scaling) throws IOException {
      return ParquetSource.select(
          request.inputs().table("input", request.input()),
          request.arguments().find(FEATURES).orElse(List.of("features")),
          request.arguments().find(LABEL),
          request.input());
    }
  }

  private record Images() implements InputFormat {
    @Override
    public String name() {
      return "images";
    }

    @Override
    public String summary() {
      return "a folder of PNG, JPEG, GIF or BMP files in folders named as their labels";
    }

    @Override
    public List<Option<?>> options() {
      return List.of(SIZE, COLOUR);
    }

    @Override
    public boolean hasKnownRange() {
      return true;
    }

    @Override
    public Dataset<Row> read(Request request, Scaling scaling) throws IOException {
      int[] size = request.arguments().find(SIZE).orElse(new int[2]);
      boolean colour = request.arguments().get(COLOUR).equals("rgb");
      return ImageSource.read(request.spark(), request.input(), colour, size[1], size[0], scaling);
    }
  }

  private record Libsvm() implements InputFormat {
    @Override
    public String name() {
      return "libsvm";
    }

    @Override
    public String summary() {
      return "label index:value ... on each line, indices from 1 in any order; stays sparse";
    }

    @Override
    public List<Option<?>> options() {
      return List.of(WIDTH);
    }

    @Override
    public Dataset<Row> read(Request request, Scaling scaling) throws IOException {
      return TextSource.libsvm(request.spark(), request.input(), request.arguments().get(WIDTH));
    }
  }

  private record Numbers(String name, String summary, NumberLine.LabelPlace place)
      implements InputFormat {
    @Override
    public List<Option<?>> options() {
      return List.of(MEMBER);
    }

    @Override
    public Dataset<Row> read(Request request, Scaling scaling) throws IOException {
      return TextSource.numbers(
          request.spark(),
          name,
          request.input(),
          request.arguments().find(MEMBER).orElse(null),
          place);
    }
  }
}
