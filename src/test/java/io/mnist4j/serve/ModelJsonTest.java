package io.mnist4j.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.mnist4j.text.Json;
import java.util.List;
import org.junit.jupiter.api.Test;

class ModelJsonTest {

  @Test
  void saysWhatTheModelTakesAndWhatTheServerAllows() {
    assertEquals(
        "{\"file\":\"tiny.zip\",\"format\":\"mnist4j \",\"dataset\":\"unknown\","
            + "\"labels\":[\"0\",\"1\",\"2\"],"
            + "\"input\":{\"height\":2,\"width\":3,\"wholePictures\":false},"
            + "\"layers\":[{\"type\":\"OutputLayer\",\"parameters\":21}],\"parameters\":21,"
            + "\"metrics\":{},"
            + "\"limits\":{\"bodyBytes\":1048576,\"requestsPerSecond\":0,\"timeoutSeconds\":5},"
            + "\"collects\":false,\"compared\":[]}",
        Json.line(ModelJson.of(TinyModel.create(), List.of(), TinyModel.SETTINGS, false)));
  }
}
