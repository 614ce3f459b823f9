package io.mnist4j.config;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

class YamlDocumentTest {
  @Test
  void isReadAsItWasWritten() {
    Map<String, Object> inner = new LinkedHashMap<>();
    inner.put("name", "a: b # c");
    inner.put("values", List.of("no", "1e3", "12:30", "", "é\n\"", "- x", "null", "{}"));
    inner.put("share", 0.9803);
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("plain", "apache-2.0");
    document.put("list", List.of(inner, Map.of("list", List.of(Map.of("deep", true)))));
    document.put("none", List.of());
    document.put("nothing", Map.of());
    document.put("count", 3);
    String yaml = YamlDocument.of(document);
    assertEquals(document, new Load(LoadSettings.builder().build()).loadFromString(yaml), yaml);
  }

  @Test
  void looksAsPeopleWriteIt() {
    Map<String, Object> task = new LinkedHashMap<>();
    task.put("type", "image-classification");
    task.put("metrics", List.of(Map.of("value", 0.5)));
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("tags", List.of("a", "no"));
    document.put("results", List.of(task));
    assertEquals(
        "tags:\n- a\n- \"no\"\nresults:\n- type: image-classification\n  metrics:\n  - value: 0.5\n",
        YamlDocument.of(document));
  }
}
