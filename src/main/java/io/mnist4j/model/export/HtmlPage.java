package io.mnist4j.model.export;

import io.mnist4j.files.AtomicFile;
import io.mnist4j.model.Provenance;
import io.mnist4j.model.TrainedModel;
import io.mnist4j.text.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The page that the server shows, as one file with the network in it: it opens from a disk, and
 * asks nobody.
 */
final class HtmlPage {
  /** The page, its style and its script, where the server has them. */
  private static final String PAGE = "/io/mnist4j/serve/page/";

  /** What the page says of the model, in the names of the server's answer. */
  private record About(
      String file,
      String dataset,
      List<String> labels,
      int height,
      int width,
      boolean wholePictures,
      long parameters,
      Map<String, Double> metrics) {}

  private record EmbeddedNetwork(
      About about, Map<String, Object> config, Map<String, String> weights) {}

  private HtmlPage() {}

  /** Writes the page. */
  static void write(Path target, TrainedModel model, TorchModel torch) throws IOException {
    Provenance provenance = model.provenance();
    Map<String, String> weights = new LinkedHashMap<>();
    torch
        .weights()
        .forEach(
            (name, values) ->
                weights.put(name, Base64.getEncoder().encodeToString(TorchModel.bytes(values))));
    About about =
        new About(
            String.valueOf(target.getFileName()),
            provenance.dataset(),
            provenance.labels(),
            provenance.height(),
            provenance.width(),
            provenance.learnedWholePictures(),
            model.network().numParams(),
            provenance.metrics());
    // Nothing in the text may end the element that it is in.
    String network =
        Json.line(new EmbeddedNetwork(about, torch.config(), weights)).replace("<", "\\u003c");
    String html =
        text(PAGE + "page.html")
            .replaceFirst("(?m)^<link rel=\"icon\".*\\R", "")
            .replace(
                "<link rel=\"stylesheet\" href=\"/page.css\">",
                "<style>\n%s</style>".formatted(text(PAGE + "page.css")))
            .replaceFirst("(?m)^<script src=.*\\R", "")
            // Why a network says what it says takes its gradients, which the page does not have.
            .replace(
                "<figure>\n        <canvas id=\"why\"",
                "<figure hidden>\n        <canvas id=\"why\"")
            .replaceFirst("(?s)<noscript>.*</noscript>\n", "")
            .replace(
                "</body>",
                "<script type=\"application/json\" id=\"network\">%s</script>\n<script>\n%s</script>\n<script>\n%s</script>\n</body>"
                    .formatted(network, text("network.js"), text(PAGE + "page.js")));
    AtomicFile.write(target, html);
  }

  private static String text(String resource) {
    try (InputStream in = HtmlPage.class.getResourceAsStream(resource)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("the program's own files are always there", e);
    }
  }
}
