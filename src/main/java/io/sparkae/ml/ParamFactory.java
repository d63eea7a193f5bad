package io.sparkae.ml;

import io.sparkae.core.Check;
import io.sparkae.core.optimize.OptimizerSettings;
import java.io.Serializable;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.function.Predicate;
import org.apache.spark.ml.param.BooleanParam;
import org.apache.spark.ml.param.DoubleArrayParam;
import org.apache.spark.ml.param.DoubleParam;
import org.apache.spark.ml.param.IntArrayParam;
import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.LongParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.Params;
import org.apache.spark.ml.param.StringArrayParam;
import scala.Function1;

/** Makes Params whose documentation names their range and whose refusals are one clear line. */
final class ParamFactory {
  /** A serialisable predicate: Params travel with their stages. */
  private interface Range<T> extends Predicate<T>, Serializable {}

  private final Params parent;

  ParamFactory(Params parent) {
    this.parent = parent;
  }

  @SuppressWarnings("unchecked")
  private static <T> Function1<Object, Object> check(String name, String range, Range<T> holds) {
    return (Function1<Object, Object> & Serializable)
        value -> {
          Check.that(holds.test((T) value), name, range, value);
          return true;
        };
  }

  IntParam wholeNumber(String name, String doc, int least) {
    String range = "a whole number of at least " + least;
    Range<Integer> holds = value -> value >= least;
    return new IntParam(parent, name, doc + " (" + range + ")", check(name, range, holds));
  }

  LongParam anyLong(String name, String doc) {
    return new LongParam(parent, name, doc);
  }

  DoubleParam positive(String name, String doc) {
    Range<Double> holds = value -> value > 0 && Double.isFinite(value);
    return number(name, doc, "a positive number", holds);
  }

  DoubleParam atLeastZero(String name, String doc) {
    Range<Double> holds = value -> value >= 0 && Double.isFinite(value);
    return number(name, doc, "a number of at least 0", holds);
  }

  DoubleParam fraction(String name, String doc) {
    Range<Double> holds = value -> value >= 0 && value < 1;
    return number(name, doc, "in [0, 1)", holds);
  }

  DoubleParam openFraction(String name, String doc) {
    Range<Double> holds = value -> value > 0 && value < 1;
    return number(name, doc, "between 0 and 1", holds);
  }

  DoubleParam closedFraction(String name, String doc) {
    Range<Double> holds = value -> value >= 0 && value <= 1;
    return number(name, doc, "in [0, 1]", holds);
  }

  DoubleParam atLeastOne(String name, String doc) {
    Range<Double> holds = value -> value >= 1 && Double.isFinite(value);
    return number(name, doc, "a number of at least 1", holds);
  }

  DoubleParam positiveFraction(String name, String doc) {
    Range<Double> holds = value -> value > 0 && value <= 1;
    return number(name, doc, "in (0, 1]", holds);
  }

  private DoubleParam number(String name, String doc, String range, Range<Double> holds) {
    return new DoubleParam(parent, name, doc + " (" + range + ")", check(name, range, holds));
  }

  BooleanParam flag(String name, String doc) {
    return new BooleanParam(parent, name, doc);
  }

  Param<String> column(String name, String doc) {
    Function1<String, Object> valid =
        (Function1<String, Object> & Serializable)
            value -> {
              Check.that(
                  value != null && !value.isBlank(),
                  name,
                  "the name of a column",
                  "'" + value + "'");
              return true;
            };
    return new Param<>(parent, name, doc, valid);
  }

  /** Name of a column, or empty for none. */
  Param<String> columnOrNone(String name, String doc) {
    Function1<String, Object> valid =
        (Function1<String, Object> & Serializable)
            value -> {
              boolean holds = value != null && (value.isEmpty() || !value.isBlank());
              Check.that(holds, name, "the name of a column, or empty", "'" + value + "'");
              return true;
            };
    return new Param<>(parent, name, doc, valid);
  }

  Param<String> text(String name, String doc) {
    return new Param<>(parent, name, doc);
  }

  StringArrayParam columns(String name, String doc) {
    String range = "names of columns, each once";
    Function1<String[], Object> valid =
        (Function1<String[], Object> & Serializable)
            names -> {
              List<String> list = Arrays.asList(names);
              boolean named = list.stream().noneMatch(one -> one == null || one.isBlank());
              boolean once = new HashSet<>(list).size() == list.size();
              Check.that(!list.isEmpty() && named && once, name, range, list);
              return true;
            };
    return new StringArrayParam(parent, name, doc + " (" + range + ")", valid);
  }

  <E extends Enum<E>> Param<String> choice(String name, String doc, Class<E> type) {
    return choice(name, doc, Check.choices(type));
  }

  Param<String> choice(String name, String doc, String... choices) {
    String all = String.join(", ", choices);
    Function1<String, Object> valid =
        (Function1<String, Object> & Serializable)
            value -> {
              Check.that(Arrays.asList(choices).contains(value), name, "one of " + all, value);
              return true;
            };
    return new Param<>(parent, name, doc + " (" + all + ")", valid);
  }

  /** A rule that moves parameters. */
  Param<String> optimizer(String name, String doc) {
    return choice(
        name,
        doc,
        Arrays.stream(Check.choices(OptimizerSettings.Kind.class))
            .filter(kind -> !kind.equals(Check.camelCase(OptimizerSettings.Kind.FROZEN)))
            .toArray(String[]::new));
  }

  /** One number, or one for each layer. */
  DoubleArrayParam numbers(String name, String doc) {
    String range = "numbers of at least 0";
    Function1<double[], Object> valid =
        (Function1<double[], Object> & Serializable)
            values -> {
              boolean holds =
                  values.length > 0
                      && Arrays.stream(values)
                          .allMatch(value -> value >= 0 && Double.isFinite(value));
              Check.that(holds, name, range, Arrays.toString(values));
              return true;
            };
    return new DoubleArrayParam(parent, name, doc + " (" + range + ")", valid);
  }

  IntArrayParam widths(String name, String doc) {
    return wholeNumbers(name, doc, 1);
  }

  IntArrayParam wholeNumbers(String name, String doc, int least) {
    String range = "whole numbers of at least " + least;
    Function1<int[], Object> valid =
        (Function1<int[], Object> & Serializable)
            values -> {
              boolean holds = Arrays.stream(values).allMatch(value -> value >= least);
              Check.that(holds, name, range, Arrays.toString(values));
              return true;
            };
    return new IntArrayParam(parent, name, doc + " (" + range + ")", valid);
  }

  /** Widths of a settings record as the value of a Param. */
  static int[] widths(List<Integer> widths) {
    return widths.stream().mapToInt(Integer::intValue).toArray();
  }
}
