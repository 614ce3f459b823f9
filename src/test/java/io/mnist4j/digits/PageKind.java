package io.mnist4j.digits;

import java.util.ArrayList;
import java.util.List;

/**
 * A combination of what pages differ in.
 *
 * @param row whether several digits stand in a row, or there is one alone
 */
record PageKind(PagePaper paper, PagePen pen, PageCamera camera, boolean row) {

  /**
   * Each paper with each pen, and with cameras that change from one to the next.
   *
   * @param turn which camera comes first: another one gives other combinations
   */
  static List<PageKind> all(int turn) {
    List<PageKind> kinds = new ArrayList<>();
    for (PagePaper paper : PagePaper.values()) {
      for (PagePen pen : PagePen.values()) {
        int number = paper.ordinal() + pen.ordinal() + turn;
        PageCamera camera = PageCamera.values()[number % PageCamera.values().length];
        boolean boxed = paper == PagePaper.BOX || paper == PagePaper.BOXES;
        // A picture that is cut to the ink shows neither boxes nor the desk.
        if (pen != PagePen.CROPPED || !(boxed || paper == PagePaper.DESK)) {
          boolean row = paper == PagePaper.BOXES || (paper != PagePaper.BOX && number % 3 == 0);
          kinds.add(new PageKind(paper, pen, camera, row));
        }
      }
    }
    return kinds;
  }

  @Override
  public String toString() {
    return "%s %s %s %s".formatted(paper, pen, camera, row ? "ROW" : "SINGLE").toLowerCase();
  }
}
