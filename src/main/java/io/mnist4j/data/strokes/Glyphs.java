package io.mnist4j.data.strokes;

import io.mnist4j.random.SplitMix64;

/**
 * The digits' skeletons, each in the ways that people write it. A glyph fills about 0 to 1 from top
 * to bottom and 0 to 0.65 from left to right.
 */
final class Glyphs {
  private Glyphs() {}

  /** Lays the strokes of one digit, in a randomly chosen style. */
  static void lay(int digit, Skeleton s, SplitMix64 random) {
    switch (digit) {
      case 0 -> zero(s, random);
      case 1 -> one(s, random);
      case 2 -> two(s, random);
      case 3 -> three(s, random);
      case 4 -> four(s, random);
      case 5 -> five(s, random);
      case 6 -> six(s, random);
      case 7 -> seven(s, random);
      case 8 -> eight(s, random);
      case 9 -> nine(s, random);
      default -> throw new IllegalArgumentException("no digit: " + digit);
    }
  }

  private static void zero(Skeleton s, SplitMix64 random) {
    double rx = random.nextDouble(0.2, 0.46);
    double from = random.nextBellShaped(-0.03, 0.08);
    // From a gap at the top to an overlap that ends inside.
    double end = from + random.nextBellShaped(1.0, 0.06);
    s.arc(0.32, 0.5, rx, 0.5, random.nextBellShaped(0.08, 0.12), from, end);
    if (random.nextBoolean(0.2)) {
      // The end curls into the inside.
      s.to(0.32 - rx * random.nextDouble(-0.2, 0.6), random.nextDouble(0.06, 0.22));
    }
    if (random.nextBoolean(0.03)) {
      // Slashed.
      s.start(0.32 + rx * random.nextDouble(0.4, 0.9), random.nextDouble(0.05, 0.2));
      s.to(0.32 - rx * random.nextDouble(0.4, 0.9), random.nextDouble(0.8, 0.95));
    }
  }

  private static void one(Skeleton s, SplitMix64 random) {
    double lean = random.nextBellShaped(0.05, 0.14);
    double bow = random.nextBellShaped(0, 0.02);
    double topX = 0.3 + lean;
    double bottomX = 0.3 - lean;
    double style = random.nextDouble();
    if (style < 0.8) {
      s.start(topX, 0).to(0.3 + bow, 0.5).to(bottomX, 1);
      return;
    }
    double flagX = topX - random.nextDouble(0.06, 0.24);
    double flagY = random.nextDouble(0.12, 0.3);
    s.start(flagX, flagY).corner(topX, 0).to(0.3 + bow, 0.5).to(bottomX, 1);
    if (style > 0.93) {
      double half = random.nextDouble(0.15, 0.3);
      s.start(bottomX - half, 1).to(bottomX + half, 1 + random.nextBellShaped(0, 0.02));
    }
  }

  private static void two(Skeleton s, SplitMix64 random) {
    double right = random.nextDouble(0.42, 0.68);
    double startY = random.nextDouble(0.08, 0.36);
    double turnY = random.nextDouble(0.15, 0.42);
    double startX = random.nextDouble(-0.05, 0.18);
    double bottomX = random.nextDouble(-0.1, 0.15);
    double endX = random.nextDouble(0.55, 1);
    if (random.nextBoolean(0.2)) {
      s.start(startX + random.nextDouble(0.05, 0.15), startY + random.nextDouble(0.03, 0.12));
      s.to(startX, startY);
    } else {
      s.start(startX, startY);
    }
    if (random.nextBoolean(0.8)) {
      s.to(startX + (right - startX) * random.nextDouble(0.2, 0.35), random.nextDouble(0.02, 0.1));
      s.to(startX + (right - startX) * random.nextDouble(0.5, 0.65), 0);
    } else {
      s.to(right - 0.1, random.nextDouble(-0.02, 0.03));
    }
    s.to(right, turnY);
    s.to(
        (right + bottomX) / 2 + random.nextBellShaped(0.07, 0.05),
        turnY + (1 - turnY) * random.nextDouble(0.35, 0.6));
    double style = random.nextDouble();
    if (style < 0.4) {
      // A sharp corner at the bottom left, then a base.
      s.corner(bottomX, random.nextDouble(0.9, 1));
      s.to((bottomX + endX) / 2, random.nextBellShaped(0.95, 0.03));
      s.to(endX, random.nextBellShaped(0.97, 0.05));
    } else if (style < 0.55) {
      // A rounded turn.
      s.to(bottomX, random.nextDouble(0.86, 0.93));
      s.to(bottomX + 0.1, 1);
      s.to(endX, random.nextBellShaped(0.95, 0.05));
    } else {
      // A loop at the bottom left.
      double loop = random.nextDouble(0.08, 0.28);
      double high = random.nextDouble(0.08, 0.36);
      s.to(bottomX + loop, 1);
      s.to(bottomX, 1 - high * random.nextDouble(0.3, 0.6));
      s.to(bottomX + loop * random.nextDouble(0.6, 1.1), 1 - high);
      s.to(random.nextDouble(0.3, 0.55), 1 - high * random.nextDouble(0, 0.7));
      s.to(endX, random.nextDouble(0.85, 1.12));
    }
  }

  private static void three(Skeleton s, SplitMix64 random) {
    double waistX = random.nextDouble(0.12, 0.36);
    double waistY = random.nextDouble(0.38, 0.55);
    double upper = random.nextDouble(0.42, 0.64);
    double lower = random.nextDouble(0.45, 0.7);
    double startX = random.nextDouble(-0.06, 0.16);
    if (random.nextBoolean(0.15)) {
      // A flat top.
      s.start(startX, random.nextDouble(0, 0.08));
      s.corner(random.nextDouble(0.45, 0.65), random.nextDouble(0, 0.05));
    } else {
      s.start(startX, random.nextDouble(0.03, 0.28));
      s.to(startX + (upper - startX) * random.nextDouble(0.4, 0.6), 0);
      s.to(upper, waistY * random.nextDouble(0.3, 0.55));
    }
    double style = random.nextDouble();
    if (style < 0.6) {
      s.corner(waistX, waistY);
    } else if (style < 0.8) {
      // A rounded waist.
      s.to(waistX + 0.1, waistY - 0.01);
      s.to(waistX + 0.1, waistY + 0.03);
    } else {
      // A small loop.
      s.to(waistX + 0.02, waistY + 0.03);
      s.to(waistX - 0.07, waistY + 0.01);
      s.to(waistX, waistY - 0.04);
    }
    double bulgeY = waistY + (1 - waistY) * random.nextDouble(0.4, 0.65);
    s.to(lower - random.nextDouble(0.02, 0.12), waistY + (bulgeY - waistY) * 0.4);
    s.to(lower, bulgeY);
    s.to(lower * random.nextDouble(0.4, 0.6), 1);
    s.to(random.nextDouble(-0.1, 0.12), random.nextDouble(0.76, 0.98));
  }

  private static void four(Skeleton s, SplitMix64 random) {
    double barY = random.nextDouble(0.4, 0.68);
    double stemX = random.nextDouble(0.38, 0.58);
    double end = stemX + random.nextDouble(0.06, 0.35);
    double style = random.nextDouble();
    double foot = stemX + random.nextBellShaped(-0.04, 0.06);
    if (style < 0.7) {
      // Open: an L and a stem.
      s.start(random.nextDouble(0, 0.24), random.nextDouble(-0.02, 0.15));
      if (random.nextBoolean(0.5)) {
        s.corner(random.nextDouble(-0.06, 0.1), barY + random.nextBellShaped(0, 0.03));
      } else {
        s.to(random.nextDouble(-0.02, 0.08), barY - 0.08).to(random.nextDouble(0.08, 0.18), barY);
      }
      s.to(end, barY + random.nextBellShaped(-0.03, 0.04));
      s.start(stemX + random.nextBellShaped(0.04, 0.04), random.nextDouble(-0.03, 0.25))
          .to(stemX, 0.5)
          .to(foot, 1);
    } else if (style < 0.88) {
      // Open, in one go: a U and a stem.
      double top = random.nextDouble(-0.05, 0.2);
      double left = random.nextDouble(-0.05, 0.12);
      s.start(left, random.nextDouble(-0.02, 0.12));
      s.to(left + random.nextBellShaped(-0.05, 0.03), barY - random.nextDouble(0.06, 0.15));
      s.to((left + stemX) / 2 + random.nextBellShaped(0, 0.04), barY);
      s.to(stemX - 0.04, barY - random.nextDouble(0.05, 0.16));
      s.corner(stemX + random.nextBellShaped(0.04, 0.03), top);
      s.to(stemX, 0.5).to(foot, 1);
    } else {
      // Closed: a slope, a bar and a stem.
      double apex = stemX + random.nextBellShaped(0, 0.03);
      s.start(apex, 0);
      s.to(0.27, barY / 2);
      s.corner(random.nextDouble(-0.1, 0.05), barY);
      s.to(end, barY + random.nextBellShaped(-0.02, 0.03));
      s.start(apex + random.nextBellShaped(0, 0.02), random.nextDouble(-0.02, 0.1))
          .to(stemX, 0.5)
          .to(foot, 1);
    }
  }

  private static void five(Skeleton s, SplitMix64 random) {
    double left = random.nextDouble(0.04, 0.24);
    double shoulderY = random.nextDouble(0.3, 0.54);
    double right = random.nextDouble(0.45, 0.65);
    double barEnd = left + random.nextDouble(0.25, 0.8);
    double barY = random.nextBellShaped(0, 0.05);
    double style = random.nextDouble();
    if (style < 0.45) {
      // Bar, back and bowl in one go.
      s.start(barEnd, barY).corner(left + random.nextBellShaped(0.04, 0.04), 0.03);
      s.corner(left, shoulderY);
    } else if (style < 0.75) {
      // The bar comes last and may miss the back.
      double gap = random.nextBellShaped(0.02, 0.04);
      s.start(left + gap, random.nextBellShaped(0.02, 0.03)).to(barEnd, barY);
      s.start(left + random.nextBellShaped(0.03, 0.04), 0.02);
      s.corner(left, shoulderY);
    } else {
      // Rounded, like an S.
      s.start(barEnd, barY);
      s.to(left + 0.15, 0.04);
      s.to(left, shoulderY - 0.15);
      s.to(left + 0.1, shoulderY);
    }
    double bulgeY = shoulderY + (1 - shoulderY) * random.nextDouble(0.35, 0.65);
    s.to(
        left + (right - left) * random.nextDouble(0.35, 0.6),
        shoulderY + random.nextBellShaped(-0.01, 0.05));
    s.to(right, bulgeY);
    s.to(right * random.nextDouble(0.4, 0.65), 1);
    double tailX = random.nextDouble(-0.12, 0.15);
    s.to(tailX, random.nextDouble(0.8, 1));
    if (random.nextBoolean(0.15)) {
      s.to(tailX - random.nextDouble(0, 0.08), random.nextDouble(0.68, 0.8));
    }
  }

  private static void six(Skeleton s, SplitMix64 random) {
    double topX = random.nextDouble(0, 0.65);
    double right = random.nextDouble(0.42, 0.74);
    double loopTop = random.nextDouble(0.4, 0.7);
    double left = random.nextDouble(-0.04, 0.06);
    if (random.nextBoolean(0.12)) {
      s.start(topX + 0.08, random.nextDouble(0.06, 0.12)).to(topX, 0);
    } else {
      s.start(topX, 0);
    }
    s.to(left + (topX - left) * random.nextDouble(0.15, 0.5), random.nextDouble(0.28, 0.4));
    s.to(left, random.nextDouble(0.62, 0.78));
    s.to(right * random.nextDouble(0.35, 0.55), 1);
    s.to(right, loopTop + (1 - loopTop) * random.nextDouble(0.4, 0.65));
    s.to(right * random.nextDouble(0.45, 0.7), loopTop);
    if (random.nextBoolean(0.9)) {
      s.to(
          left + random.nextDouble(-0.04, 0.12),
          loopTop + (1 - loopTop) * random.nextDouble(0.3, 0.85));
    } else {
      s.to(left + random.nextDouble(0.12, 0.2), loopTop + random.nextDouble(0.06, 0.14));
    }
  }

  private static void seven(Skeleton s, SplitMix64 random) {
    double left = random.nextDouble(-0.03, 0.08);
    double right = random.nextDouble(0.52, 0.68);
    double leftY = random.nextBellShaped(0.06, 0.06);
    double footX = random.nextDouble(0.12, 0.42);
    double style = random.nextDouble();
    if (style < 0.35) {
      // A serif at the left end.
      double serif = random.nextDouble(0.08, 0.3);
      s.start(left + random.nextBellShaped(-0.02, 0.04), leftY + serif);
      if (random.nextBoolean(0.5)) {
        s.corner(left, leftY);
      } else {
        s.to(left + 0.04, leftY + 0.03);
      }
    } else {
      s.start(left, leftY);
    }
    if (random.nextBoolean(0.4)) {
      s.to((left + right) / 2, random.nextDouble(-0.02, 0.1));
    }
    double rightY = random.nextBellShaped(0.03, 0.03);
    if (random.nextBoolean(0.7)) {
      s.corner(right, rightY);
    } else {
      s.to(right - 0.06, rightY).to(right, rightY + 0.1);
    }
    double middle = (right + footX) / 2 + random.nextBellShaped(0, 0.05);
    s.to(middle, 0.5).to(footX, 1);
    if (random.nextBoolean(0.15)) {
      double half = random.nextDouble(0.12, 0.24);
      double tilt = random.nextBellShaped(0, 0.04);
      double y = random.nextDouble(0.42, 0.6);
      s.start(middle - half, y + tilt).to(middle + half, y - tilt);
    }
  }

  private static void eight(Skeleton s, SplitMix64 random) {
    double waist = random.nextDouble(0.38, 0.58);
    double upper = random.nextDouble(0.11, 0.28);
    double lower = random.nextDouble(0.11, 0.32);
    double cx = 0.32;
    double upperX = cx + random.nextBellShaped(0.05, 0.08);
    double style = random.nextDouble();
    if (style < 0.15) {
      // Two rings.
      s.arc(upperX, waist / 2, upper, waist / 2, random.nextBellShaped(0, 0.1), 0.5, 1.5);
      s.arc(cx, (1 + waist) / 2, lower, (1 - waist) / 2, random.nextBellShaped(0, 0.1), 0, 1);
      return;
    }
    double crossX = cx + random.nextBellShaped(0, 0.04);
    double upperY = waist * random.nextDouble(0.4, 0.6);
    double lowerY = waist + (1 - waist) * random.nextDouble(0.4, 0.65);
    if (style < 0.85) {
      // An S, and back up to where it began, or nearly.
      double startX = upperX + upper * random.nextDouble(0.5, 1.2);
      double startY = waist * random.nextDouble(0.1, 0.6);
      s.start(startX, startY);
      s.to(upperX + random.nextBellShaped(0, 0.03), 0);
      s.to(upperX - upper, upperY);
      s.to(crossX, waist);
      s.to(cx + lower, lowerY);
      s.to(cx + random.nextBellShaped(0, 0.03), 1);
      s.to(cx - lower, lowerY + random.nextBellShaped(0.02, 0.03));
      s.to(crossX + random.nextBellShaped(0, 0.03), waist + random.nextBellShaped(0.03, 0.03));
      s.to(startX + random.nextBellShaped(0.02, 0.05), startY + random.nextBellShaped(0.04, 0.05));
      if (random.nextBoolean(0.4)) {
        s.to(upperX + upper * random.nextDouble(0.3, 0.8), waist * random.nextDouble(0, 0.15));
      }
    } else {
      // Mirrored: the slope first, from the upper left or the crossing.
      s.start(crossX, waist);
      s.to(upperX + upper, upperY);
      s.to(upperX + random.nextBellShaped(0, 0.03), 0);
      s.to(upperX - upper, upperY);
      s.to(crossX, waist);
      s.to(cx + lower, lowerY);
      s.to(cx + random.nextBellShaped(0, 0.03), 1);
      s.to(cx - lower, lowerY);
      s.to(crossX + random.nextBellShaped(0, 0.03), waist + random.nextBellShaped(0, 0.03));
    }
  }

  private static void nine(Skeleton s, SplitMix64 random) {
    double rx = random.nextDouble(0.15, 0.3);
    double ry = random.nextDouble(0.17, 0.29);
    double right = 2 * rx;
    double joinX = right + random.nextBellShaped(0.02, 0.03);
    double joinY = ry * random.nextDouble(0.2, 0.9);
    double style = random.nextDouble();
    double closing = style < 0.45 ? random.nextDouble(0.68, 0.82) : random.nextDouble(0.6, 0.72);
    double lean = random.nextBellShaped(0.2, 0.2);
    // The loop: from the upper right, or from the top and so not closed.
    double from =
        random.nextBoolean(0.75) ? random.nextDouble(-0.24, -0.06) : random.nextDouble(-0.08, 0.02);
    s.arc(rx, ry, rx, ry, lean, from, closing);
    double footX = joinX + random.nextDouble(-0.32, 0.06);
    if (style < 0.45) {
      s.corner(joinX, joinY);
      s.to((joinX + footX) / 2 + random.nextBellShaped(0.02, 0.03), (1 + joinY) / 2).to(footX, 1);
    } else if (style < 0.82) {
      // Round over into the stem.
      s.to(joinX, joinY)
          .to(joinX + random.nextBellShaped(0.01, 0.02), joinY + random.nextDouble(0.1, 0.25));
      s.to((joinX + footX) / 2 + random.nextBellShaped(0.02, 0.03), 0.72).to(footX, 1);
    } else {
      // Curled.
      s.corner(joinX, joinY);
      s.to(joinX + random.nextBellShaped(0, 0.03), 0.6);
      s.to(joinX - random.nextDouble(0.15, 0.3), 1);
      s.to(joinX - random.nextDouble(0.4, 0.6), random.nextDouble(0.75, 0.95));
    }
  }
}
