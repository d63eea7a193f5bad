package io.sparkae.core;

import java.util.Locale;

/** One wording for settings that make no sense. */
public final class Check {
  private static final int SHOWN = 200;

  private Check() {}

  /**
   * Refuses a value outside its range.
   *
   * @param holds whether the value is in its range
   * @param name what the value is called
   * @param range what it must be, in words
   * @param value the value itself
   * @throws IllegalArgumentException "name must be range, not value"
   */
  public static void that(boolean holds, String name, String range, Object value) {
    if (!holds) {
      throw new IllegalArgumentException(name + " must be " + range + ", not " + value);
    }
  }

  /**
   * {@return the constant of an enum whose camelCase name is given}
   *
   * @param <E> the enum
   * @param type class of the enum
   * @param name what the value is called, for the error
   * @param value a constant's name in camelCase
   */
  public static <E extends Enum<E>> E choice(Class<E> type, String name, String value) {
    for (E constant : type.getEnumConstants()) {
      if (camelCase(constant).equals(value)) {
        return constant;
      }
    }
    throw new IllegalArgumentException(
        name + " must be one of " + String.join(", ", choices(type)) + ", not " + value);
  }

  /**
   * {@return the camelCase names of an enum: {@code LEAKY_RELU} is {@code leakyRelu}}
   *
   * @param <E> the enum
   * @param type class of the enum
   */
  public static <E extends Enum<E>> String[] choices(Class<E> type) {
    E[] constants = type.getEnumConstants();
    String[] names = new String[constants.length];
    for (int i = 0; i < names.length; i++) {
      names[i] = camelCase(constants[i]);
    }
    return names;
  }

  /**
   * A constant's name in camelCase: {@code LEAKY_RELU} is {@code leakyRelu}.
   *
   * @param constant constant of an enum
   * @return the name
   */
  public static String camelCase(Enum<?> constant) {
    StringBuilder name = new StringBuilder();
    for (String word : constant.name().toLowerCase(Locale.ROOT).split("_")) {
      name.append(
          name.isEmpty()
              ? word
              : word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1));
    }
    return name.toString();
  }

  /**
   * {@return the name of a class with its article: a or, before the sound of a vowel, an}
   *
   * @param name without its package; not empty
   */
  public static String withArticle(String name) {
    return ("AEI".indexOf(name.charAt(0)) < 0 ? "a " : "an ") + name;
  }

  /**
   * {@return a text from somewhere else as a message shows it: on one line, no longer than 200
   * characters, and with a question mark for what would move a terminal's cursor}
   *
   * @param text of any length
   */
  public static String shown(String text) {
    return shown(text, SHOWN);
  }

  /**
   * {@return the same of another length}
   *
   * @param text of any length
   * @param most characters that are shown
   */
  public static String shown(String text, int most) {
    String head = text.length() <= most ? text : text.substring(0, most) + "...";
    return head.replaceAll("[\\p{Cntrl}\\p{Zl}\\p{Zp}\\x80-\\x9f]", "?");
  }
}
