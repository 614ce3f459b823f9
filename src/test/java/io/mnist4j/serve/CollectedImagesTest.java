package io.mnist4j.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mnist4j.model.Provenance;
import io.mnist4j.serve.http.Problem;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CollectedImagesTest {
  @TempDir Path folder;

  private static byte[] json(String label, String image) {
    return "{\"label\": \"%s\", \"image\": %s}"
        .formatted(label, image)
        .getBytes(StandardCharsets.UTF_8);
  }

  private CollectedImages images() throws Exception {
    return CollectedImages.in(folder, Provenance.unknown(3, 2, 3, "test"));
  }

  @Test
  void pictureIsKeptOnceUnderItsLastName() throws Exception {
    CollectedImages images = images();
    CollectedImages.Saved wrong = images.save(json("1", "[0,1,2,3,4,255]"));
    assertTrue(wrong.saved().startsWith("1/"), wrong.saved());
    assertEquals(255, ImageIO.read(folder.resolve(wrong.saved()).toFile()).getRGB(2, 1) & 255);
    CollectedImages.Saved right = images.save(json("2", "[0,1,2,3,4,255]"));
    assertEquals(1, right.pictures());
    assertFalse(Files.exists(folder.resolve(wrong.saved())));
    assertEquals(2, images.save(json("2", "[9,1,2,3,4,255]")).pictures());
    assertEquals(2, images().save(json("2", "[9,1,2,3,4,255]")).pictures());
  }

  /** Else a network that goes on with them would have an output for each class that there is. */
  @Test
  void classesWithoutPicturesAreNamed() throws Exception {
    images().save(json("1", "[0,1,2,3,4,255]"));
    images().save(json("2", "[9,1,2,3,4,255]"));
    assertEquals(List.of("0", "1", "2"), Files.readAllLines(folder.resolve("classes.txt")));
    Files.writeString(folder.resolve("classes.txt"), "2\n1\n");
    images().save(json("1", "[7,1,2,3,4,255]"));
    assertEquals("2\n1\n", Files.readString(folder.resolve("classes.txt")));
  }

  @Test
  void whatIsNoPictureOfTheModelIsRefused() throws Exception {
    CollectedImages images = images();
    String six = "[0,1,2,3,4,5]";
    for (byte[] wrong :
        List.of(
            json("7", six),
            json("../1", six),
            json("1", "[0,1]"),
            json("1", "[0,1,2,3,4,256]"),
            json("1", "[0,1,2,3,4,0.5]"),
            "{".getBytes(StandardCharsets.UTF_8),
            "[]".getBytes(StandardCharsets.UTF_8))) {
      assertEquals(400, assertThrows(Problem.class, () -> images.save(wrong)).status());
    }
    assertEquals(List.of(), List.of(folder.toFile().list()));
  }

  @Test
  void isServedWhereItIsAskedFor() throws Exception {
    List<Throwable> failures = new ArrayList<>();
    CollectedImages images = images();
    try (PredictionServer server =
        PredictionServer.start(
            TinyModel.create(),
            List.of(),
            TinyModel.SETTINGS,
            Optional.of(images),
            line -> {},
            failures::add)) {
      HttpResponse<String> saved = post(server.uri(), json("1", "[0,1,2,3,4,5]"));
      assertEquals(200, saved.statusCode(), saved.body());
      assertTrue(saved.body().matches("\\{\"saved\":\"1/[0-9a-f]{16}.png\",\"pictures\":1}\n"));
      assertEquals(400, post(server.uri(), json("9", "[0]")).statusCode());
      assertEquals(413, post(server.uri(), new byte[5_000]).statusCode());
    }
    try (PredictionServer server =
        PredictionServer.start(
            TinyModel.create(),
            List.of(),
            TinyModel.SETTINGS,
            Optional.empty(),
            line -> {},
            failures::add)) {
      assertEquals(404, post(server.uri(), json("1", "[0,1,2,3,4,5]")).statusCode());
    }
    assertEquals(List.of(), failures);
  }

  private static HttpResponse<String> post(URI server, byte[] body) throws Exception {
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(server.resolve("/v1/collect"))
                .POST(BodyPublishers.ofByteArray(body))
                .build(),
            BodyHandlers.ofString());
  }
}
