package io.mnist4j.report;

import io.mnist4j.model.Build;
import io.mnist4j.sweep.SweepSummary;

/** The page of a sweep. */
final class SweepPage {
  private SweepPage() {}

  static String html(SweepSummary sweep) {
    PageWriter page = new PageWriter(sweep.directory().path().getFileName() + " - mnist4j");
    return page.end("Written by mnist4j " + Build.current().mnist4j() + ".");
  }
}
