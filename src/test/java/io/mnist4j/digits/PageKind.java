package io.mnist4j.digits;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

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
    PageCamera[] cameras = PageCamera.values();
    int first = turn;
    for (PagePaper paper : PagePaper.values()) {
      int number = first++;
      for (PagePen pen : PagePen.values()) {
        PageCamera camera = cameras[number % cameras.length];
        boolean boxed = paper == PagePaper.BOX || paper == PagePaper.BOXES;
        // A picture that is cut to the ink shows neither boxes nor the desk.
        if (pen != PagePen.CROPPED || !(boxed || paper == PagePaper.DESK)) {
          boolean row = paper == PagePaper.BOXES || (paper != PagePaper.BOX && number % 3 == 0);
          kinds.add(new PageKind(paper, pen, camera, row));
        }
        number++;
      }
    }
    return kinds;
  }

  @Override
  public String toString() {
    return "%s %s %s %s"
        .formatted(paper, pen, camera, row ? "ROW" : "SINGLE")
        .toLowerCase(Locale.ROOT);
  }
}
