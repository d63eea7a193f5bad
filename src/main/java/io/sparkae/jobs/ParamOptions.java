package io.sparkae.jobs;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.apache.spark.ml.param.BooleanParam;
import org.apache.spark.ml.param.DoubleArrayParam;
import org.apache.spark.ml.param.DoubleParam;
import org.apache.spark.ml.param.FloatParam;
import org.apache.spark.ml.param.IntArrayParam;
import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.LongParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.Params;
import org.apache.spark.ml.param.StringArrayParam;

/**
 * The Params of a Spark ML stage as options: {@code hiddenLayers} becomes {@code --hidden-layers},
 * with the Param's own type, documentation, default and check.
 */
final class ParamOptions {
  /** What stands before the words that a Param may be. */
  private static final String CHOICES = " must be one of ";

  private final Params stage;
  private final List<Param<?>> params;
  private final Map<Param<?>, Option<?>> options = new LinkedHashMap<>();

  /**
   * @param stage the stage whose Params become options, and which {@link #apply} sets
   * @param except names of Params that get no option
   */
  ParamOptions(Params stage, Set<String> except) {
    this.stage = stage;
    this.params =
        Arrays.stream(stage.params()).filter(param -> !except.contains(param.name())).toList();
    params.forEach(param -> options.put(param, option(param)));
  }

  List<Option<?>> options() {
    return List.copyOf(options.values());
  }

  /**
   * Sets those Params of the stage that were given.
   *
   * @throws UsageException if the stage refuses a value
   */
  void apply(Arguments arguments) {
    options.forEach(
        (param, option) -> {
          if (arguments.given(option)) {
            set(param, arguments.get(option));
          }
        });
  }

  @SuppressWarnings("unchecked")
  private void set(Param<?> param, Object value) {
    try {
      stage.set((Param<Object>) param, value);
    } catch (IllegalArgumentException e) {
      throw new UsageException(inOptionWords(e.getMessage()));
    }
  }

  /**
   * A message about Params with their names as options: {@code codeSize} as {@code --code-size}.
   */
  String inOptionWords(String message) {
    return inOptionWords(message, name -> true);
  }

  /** The same for compound names alone, where {@code loss} may be a word like any other. */
  String compoundInOptionWords(String message) {
    return inOptionWords(message, name -> !name.equals(kebab(name)));
  }

  private String inOptionWords(String message, Predicate<String> which) {
    int choices = message.indexOf(CHOICES); // words of their own, which may be names of Params, too
    String result = choices < 0 ? message : message.substring(0, choices);
    for (Param<?> param : params) {
      if (!which.test(param.name())) {
        continue;
      }
      result =
          result.replaceAll(
              "(?<![-\\w])" + param.name() + "(?![-\\w])", "--" + kebab(param.name()));
    }
    return choices < 0 ? result : result + message.substring(choices);
  }

  /** The name in kebab-case: {@code hiddenLayers} as {@code hidden-layers}. */
  static String kebab(String camel) {
    return camel.replaceAll("([a-z0-9])([A-Z])", "$1-$2").toLowerCase(Locale.ROOT);
  }

  private Option<?> option(Param<?> param) {
    Option<?> option = typed(param, kebab(param.name()), compoundInOptionWords(param.doc()));
    if (option.isFlag() && stage.hasDefault(param)) {
      option = option.withText("; default " + shown(stage.getDefault(param).get()));
    }
    return stage.hasDefault(param)
        ? option.withDefault(shown(stage.getDefault(param).get()))
        : option;
  }

  private static Option<?> typed(Param<?> param, String name, String doc) {
    if (param instanceof IntParam) {
      return number(name, "N", doc, "a whole number", Integer::valueOf);
    }
    if (param instanceof LongParam) {
      return number(name, "N", doc, "a whole number", Long::valueOf);
    }
    if (param instanceof DoubleParam) {
      return number(name, "X", doc, "a number", Double::valueOf);
    }
    if (param instanceof FloatParam) {
      return number(name, "X", doc, "a number", Float::valueOf);
    }
    if (param instanceof BooleanParam) {
      return Option.of(
          name, "", doc + "; alone it means true", "true or false", Option::readBoolean);
    }
    if (param instanceof IntArrayParam) {
      return number(
          name,
          "N,N,..",
          doc,
          "whole numbers with commas between them",
          value -> items(value).stream().mapToInt(Integer::parseInt).toArray());
    }
    if (param instanceof DoubleArrayParam) {
      return number(
          name,
          "X,X,..",
          doc,
          "numbers with commas between them",
          value -> items(value).stream().mapToDouble(Double::parseDouble).toArray());
    }
    if (param instanceof StringArrayParam) {
      return number(
          name,
          "A,B,..",
          doc,
          "words with commas between them",
          value -> items(value).toArray(String[]::new));
    }
    return Option.text(name, "WORD", doc);
  }

  private static <T> Option<T> number(
      String name, String valueName, String doc, String expects, Function<String, T> reader) {
    return Option.of(name, valueName, doc, expects, value -> reader.apply(value.trim()));
  }

  /** The words between commas; none if there is nothing at all. */
  private static List<String> items(String value) {
    return value.isEmpty()
        ? List.of()
        : Arrays.stream(value.split(",", -1)).map(String::trim).toList();
  }

  private static String shown(Object value) {
    if (value instanceof int[] numbers) {
      return IntStream.of(numbers).mapToObj(String::valueOf).collect(Collectors.joining(","));
    }
    if (value instanceof double[] numbers) {
      return DoubleStream.of(numbers).mapToObj(String::valueOf).collect(Collectors.joining(","));
    }
    if (value instanceof String[] words) {
      return String.join(",", words);
    }
    return String.valueOf(value);
  }
}
