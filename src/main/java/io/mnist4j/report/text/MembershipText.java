package io.mnist4j.report.text;

import io.mnist4j.run.membership.MembershipAttack;
import io.mnist4j.run.membership.MembershipReport;

/** How well attacks tell the images that a model learned from, as plain text. */
public final class MembershipText {
  private static final String ROW = "%-20s  %-18s  %7s  %7s  %9s  %-17s  %6s%n";

  private MembershipText() {}

  /** A table of the attacks, then what privacy leaves to any. */
  public static String of(MembershipReport report) {
    StringBuilder text = new StringBuilder();
    text.append(
        NumberText.format(
            "Which of %s images did %s learn from? %,d members (accuracy %.4f) and %,d others"
                + " (accuracy %.4f)%n",
            report.dataset(),
            report.model(),
            report.members(),
            report.trainAccuracy(),
            report.others(),
            report.testAccuracy()));
    text.append(NumberText.format(ROW, "attack", "by", "TPR", "FPR", "advantage", "95 %", "AUC"));
    for (MembershipAttack attack : report.attacks()) {
      text.append(
          NumberText.format(
              ROW,
              attack.name(),
              attack.source(),
              NumberText.share(attack.named().value()),
              NumberText.share(attack.falselyNamed().value()),
              NumberText.format("%.4f", attack.advantage()),
              NumberText.format("%.4f to %.4f", attack.low(), attack.high()),
              NumberText.share(attack.auc())));
    }
    text.append(
        NumberText.format("Advantage is TPR - FPR: 0 is guessing, 1 tells all members apart%n"));
    text.append(
        report.largestAdvantage() == null
            ? NumberText.format("The training was not private: nothing bounds other attacks%n")
            : NumberText.format(
                "Trained within epsilon %.4f at delta %s: no attack has an advantage above %.4f%n",
                report.epsilon(), report.deltaText(), report.largestAdvantage()));
    return text.toString();
  }
}
