package io.mnist4j.report.plot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mnist4j.report.plot.DrawnShape.Anchor;
import io.mnist4j.report.plot.DrawnShape.Dash;
import io.mnist4j.report.plot.DrawnShape.PlotPoint;
import java.io.StringReader;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.xml.sax.InputSource;

class SvgTest {

  @Test
  void numbersHaveTwoDecimalsAtMost() {
    assertEquals("3", Svg.number(3));
    assertEquals("-0.5", Svg.number(-0.5));
    assertEquals("0.13", Svg.number(0.1251));
    assertEquals("0", Svg.number(0.004));
  }

  @Test
  void fileBringsItsPaperAndItsColours() throws Exception {
    Element svg = draw().getDocumentElement();
    assertEquals("http://www.w3.org/2000/svg", svg.getAttribute("xmlns"));
    assertEquals("0 0 100 50", svg.getAttribute("viewBox"));
    assertEquals("p-title p-text", svg.getAttribute("aria-labelledby"));
    assertEquals("A title", text(svg, "title"));
    assertEquals("A description", text(svg, "desc"));
    assertTrue(text(svg, "style").contains(".f-blue{fill:#0072b2}"), text(svg, "style"));
    Element paper = element(svg, "rect");
    assertEquals("f-paper", paper.getAttribute("class"));
    assertEquals("100", paper.getAttribute("width"));
  }

  @Test
  void lines() throws Exception {
    List<PlotPoint> points = List.of(new PlotPoint(1, 2.5), new PlotPoint(3, 4));
    Element solid = element(draw(new DrawnShape.Line(points, Ink.BLUE, 2, Dash.SOLID)), "polyline");
    assertEquals("1,2.5 3,4", solid.getAttribute("points"));
    assertEquals("s-blue", solid.getAttribute("class"));
    assertFalse(solid.hasAttribute("stroke-dasharray"));
    Element dashed =
        element(draw(new DrawnShape.Line(points, Ink.BLUE, 2, Dash.DASHED)), "polyline");
    assertEquals("7 4", dashed.getAttribute("stroke-dasharray"));
  }

  @Test
  void discsTellWhatTheyStandFor() throws Exception {
    Document silent = draw(new DrawnShape.Disc(1, 2, 3, Ink.GREEN, ""));
    assertEquals(0, element(silent, "circle").getElementsByTagName("title").getLength());
    Element telling = element(draw(new DrawnShape.Disc(1, 2, 3, Ink.GREEN, "a < b")), "circle");
    assertEquals("a < b", text(telling, "title"));
    assertEquals("3", telling.getAttribute("r"));
  }

  @Test
  void texts() throws Exception {
    Element text =
        element(
            draw(new DrawnShape.Label(1, 2, "<&\"'>\u0007", Ink.TEXT, 12, Anchor.END, true)),
            "text");
    assertEquals("<&\"'>\ufffd", text.getTextContent(), "what XML cannot write is replaced");
    assertEquals("end", text.getAttribute("text-anchor"));
    assertEquals("rotate(-90 1 2)", text.getAttribute("transform"));
    Element usual =
        element(draw(new DrawnShape.Label(1, 2, "a", Ink.TEXT, 12, Anchor.START, false)), "text");
    assertFalse(usual.hasAttribute("text-anchor"));
    assertFalse(usual.hasAttribute("transform"));
  }

  @Test
  void bitmapsAndRectangles() throws Exception {
    Png png = Png.grey(2, 1, new byte[2]);
    Element image = element(draw(new DrawnShape.Bitmap(0, 0, 20, 10, png)), "image");
    assertEquals(png.dataUri(), image.getAttribute("href"));
    Document two = draw(new DrawnShape.Rectangle(0, 0, 2, 1, Ink.BLUE, 0.5, ""));
    Element box = (Element) two.getElementsByTagName("rect").item(1);
    assertEquals("0.5", box.getAttribute("fill-opacity"));
  }

  private static Document draw(DrawnShape... shapes) throws Exception {
    Drawing drawing = new Drawing("p", "A title", "A description", 100, 50, List.of(shapes));
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new InputSource(new StringReader(Svg.file(drawing))));
  }

  private static Element element(Document document, String name) {
    return element(document.getDocumentElement(), name);
  }

  private static Element element(Element parent, String name) {
    return (Element) parent.getElementsByTagName(name).item(0);
  }

  private static String text(Element parent, String name) {
    return element(parent, name).getTextContent();
  }
}
