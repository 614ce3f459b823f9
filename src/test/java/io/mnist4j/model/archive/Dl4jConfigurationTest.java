package io.mnist4j.model.archive;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mnist4j.model.layers.Avgpool2d;
import io.mnist4j.model.layers.Batchnorm;
import io.mnist4j.model.layers.Conv2d;
import io.mnist4j.model.layers.Dense;
import io.mnist4j.model.layers.Dropout;
import io.mnist4j.model.layers.LayerSpec;
import io.mnist4j.model.layers.Maxpool2d;
import io.mnist4j.model.layers.Shape;
import java.io.IOException;
import java.lang.reflect.Modifier;
import java.util.List;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.junit.jupiter.api.Test;
import org.nd4j.shade.jackson.databind.ObjectMapper;

/** What is between a file and DL4J's reader of networks. */
class Dl4jConfigurationTest {
  /** A name that is spelled wrong would refuse honest models. */
  @Test
  void allowedClassesAreThere() throws Exception {
    assertTrue(Dl4jConfiguration.ALLOWED.size() > 100);
    for (String name : Dl4jConfiguration.ALLOWED) {
      Class<?> type = Class.forName(name, false, getClass().getClassLoader());
      assertFalse(Modifier.isAbstract(type.getModifiers()), name);
      assertTrue(name.matches("org\\.(deeplearning4j|nd4j)\\..*"), name);
    }
  }

  /** A layer that is not among them could be trained, and its model not be read again. */
  @Test
  void everyLayerOfOursIsAllowed() {
    for (LayerSpec layer :
        List.of(
            Dense.DEFAULT,
            Conv2d.DEFAULT,
            Maxpool2d.DEFAULT,
            Avgpool2d.DEFAULT,
            Dropout.DEFAULT,
            Batchnorm.DEFAULT)) {
      NeuralNetConfiguration.ListBuilder network = new NeuralNetConfiguration.Builder().list();
      boolean image = layer.needsImage();
      layer.addTo(network, image ? new Shape.Image(28, 28, 1) : new Shape.Flat(784));
      Class<?> type = network.getLayerwise().get(0).getLayer().getClass();
      assertTrue(LayerSpec.dl4jLayers().contains(type), layer.key());
      assertTrue(Dl4jConfiguration.ALLOWED.contains(type.getName()), layer.key());
    }
  }

  @Test
  void honestTextComesThroughAsItIs() throws Exception {
    String json =
        """
        {"confs": [{"layer": {"@class": "org.deeplearning4j.nn.conf.layers.DenseLayer",
          "nin": 784, "nout": 128, "layerName": "block1.dense"}, "seed": -8888888888888888888,
          "variables": ["W", "b"]}], "vertexInputs": {"block1.out": ["block1.dense"]},
          "networkInputs": ["in.put"], "iterationCount": 99999999}
        """;
    ObjectMapper mapper = new ObjectMapper();
    assertEquals(mapper.readTree(json), mapper.readTree(Dl4jConfiguration.judged(json)));
  }

  @Test
  void namesOfClassesInListsAreRefused() {
    for (String list :
        new String[] {"[\"a.B\"]", "[\"a.B\", {}]", "[\"AB\", {}]", "[{}, \"AB\"]"}) {
      IOException e =
          assertThrows(
              IOException.class, () -> Dl4jConfiguration.judged("{\"layer\": %s}".formatted(list)));
      assertTrue(e.getMessage().contains("where DL4J has none"), e.getMessage());
    }
  }
}
