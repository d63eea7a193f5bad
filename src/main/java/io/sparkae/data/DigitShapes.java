package io.sparkae.data;

import java.util.Arrays;
import java.util.List;

/**
 * How people write the ten digits: for each digit several ways, each a few strokes of the pen
 * through control points.
 *
 * <p>Coordinates are hundredths of the digit's height, x to the right and y down; a digit reaches
 * from y = 0 to 100 and stands about x = 50. A stroke is a smooth curve through its points, but for
 * those with an exclamation mark, where the pen turns sharply; a bar lifts the pen.
 */
final class DigitShapes {
  /** No way has more points than this. */
  static final int MOST_POINTS = 16;

  private static final String[][] WAYS = {
    {
      "58,3 34,5 18,30 14,58 26,90 50,100 74,88 86,54 78,18 56,1 42,4",
      "46,2 24,18 16,50 26,86 50,100 74,84 82,48 72,14 50,0",
      "70,10 48,0 24,16 15,52 28,90 54,99 78,80 84,44 70,12 54,6 40,12",
    },
    {
      "50,0 50,50 50,100",
      "32,22 44,14 55,0! 53,50 52,100",
      "34,20 45,12 54,0! 53,50 53,99 | 30,100 54,99 78,98",
      "57,0 52,45 46,100",
    },
    {
      "20,26 30,7 52,0 76,10 78,32 60,60 38,82 17,98! 50,97 85,95",
      "20,22 36,3 64,2 78,24 66,54 40,85 20,97 12,89 26,80 48,90 70,99 89,91",
      "24,14 46,1 72,8 76,32 56,62 18,97! 44,94 64,100 86,96",
    },
    {
      "22,14 42,0 70,6 75,27 60,43 42,48! 68,53 83,71 72,93 46,100 18,90",
      "20,4 50,3 80,2! 62,22 46,41! 70,46 85,68 70,93 42,100 16,90",
      "26,10 50,0 73,12 70,34 50,46 45,48 56,49 78,60 80,84 56,99 30,98 16,86",
    },
    {
      "32,2 25,30 16,58! 50,59 88,55 | 70,14 68,52 64,100",
      "66,0 40,34 13,66! 50,67 90,65 | 66,0 66,50 65,100",
      "26,5 18,34 28,52 52,53 74,42 | 78,4 73,50 64,100",
      "64,2 38,32 12,60! 52,62 88,58 | 58,36 55,66 50,100",
    },
    {
      "80,2 55,3 30,4! 27,25 24,46! 45,38 70,45 81,68 68,92 42,100 16,92",
      "32,6 28,26 25,47! 50,38 76,50 81,74 60,96 34,100 14,92 | 32,6 60,3 88,0",
      "82,3 56,2 36,8 30,28 44,42 70,54 79,75 62,96 34,99 14,89",
    },
    {
      "70,2 44,16 24,44 18,74 32,97 60,98 79,80 70,60 50,54 30,64 20,82",
      "50,0 36,25 24,52 20,78 36,99 64,97 77,76 62,58 38,63 22,80",
      "64,0 38,28 22,66 28,92 52,100 72,88 74,68 56,58 36,68 26,86",
    },
    {
      "16,6 50,4 84,3! 66,38 50,70 42,100",
      "15,5 50,4 85,3! 66,38 52,68 44,100 | 32,53 54,50 77,47",
      "19,22 20,6! 50,5 84,4! 70,32 56,58 51,100",
      "13,13 30,2 56,8 85,3! 62,42 40,100",
    },
    {
      "70,10 48,0 27,12 32,34 54,50 76,69 72,92 48,100 25,90 25,68 48,50 69,32 70,12 58,2",
      "50,46 31,36 28,13 50,0 72,13 69,36 50,46 27,60 20,84 48,100 79,86 75,60 50,46",
      "64,4 38,4 26,24 46,44 70,62 76,84 54,100 28,90 28,68 52,48 72,26 66,6",
    },
    {
      "76,18 58,2 33,8 22,30 36,50 60,45 76,20! 74,50 70,75 68,100",
      "76,20 58,2 33,8 22,31 37,51 62,44 77,20! 77,54 70,82 50,99 25,91",
      "66,8 40,2 24,22 34,44 60,42 74,20 74,8! 70,40 56,72 42,100",
    },
  };

  private static final List<List<List<Stroke>>> DIGITS =
      Arrays.stream(WAYS)
          .map(ways -> Arrays.stream(ways).map(DigitShapes::strokes).toList())
          .toList();

  private DigitShapes() {}

  /**
   * The control points of a stroke, in heights of the digit.
   *
   * @param x from the left to the right
   * @param y from the top to the bottom
   * @param corner whether the pen turns sharply at the point
   */
  record Stroke(double[] x, double[] y, boolean[] corner) {
    /** Number of points. */
    int size() {
      return x.length;
    }
  }

  /** The ways to write a digit, each a list of strokes. */
  static List<List<Stroke>> of(int digit) {
    return DIGITS.get(digit);
  }

  private static List<Stroke> strokes(String way) {
    return Arrays.stream(way.split(" \\| ")).map(DigitShapes::stroke).toList();
  }

  private static Stroke stroke(String text) {
    String[] points = text.split(" ");
    double[] x = new double[points.length];
    double[] y = new double[points.length];
    boolean[] corner = new boolean[points.length];
    for (int i = 0; i < points.length; i++) {
      corner[i] = points[i].endsWith("!");
      String[] numbers = points[i].replace("!", "").split(",");
      x[i] = Integer.parseInt(numbers[0]) / 100.0;
      y[i] = Integer.parseInt(numbers[1]) / 100.0;
    }
    return new Stroke(x, y, corner);
  }
}
