package io.mnist4j.federated;

import io.mnist4j.config.ConfigKey;
import io.mnist4j.config.Key;
import io.mnist4j.data.store.DataSpec;
import io.mnist4j.federated.clients.Clients;
import io.mnist4j.federated.clients.IidClients;
import io.mnist4j.federated.strategy.FedavgStrategy;
import io.mnist4j.federated.strategy.Strategy;
import io.mnist4j.model.NetworkSpec;
import io.mnist4j.model.layers.Batchnorm;
import io.mnist4j.run.Experiment;
import java.util.Objects;

/** Everything that decides what a simulation of federated learning computes. */
public record Federation(
    @Key("what is learned from") DataSpec data,
    @Key("what is trained") NetworkSpec model,
    @Key("whose the training images are") Clients clients,
    @Key(value = "share of the clients that train in a round", min = 0, aboveMin = true, max = 1)
        double fraction,
    @Key(
            value = "probability that a chosen client does not answer",
            min = 0,
            max = 1,
            belowMax = true)
        double dropouts,
    @Key("what a client does in a round") LocalTraining local,
    @Key("how the server joins what the clients return") Strategy strategy,
    @Key("that no client's images can be told from the network") ClientPrivacy privacy,
    @Key(value = "at most", min = 1, max = 1_000_000) int rounds,
    @Key(value = "accuracy after which no round follows; 0 for none", min = 0, max = 1)
        double targetAccuracy,
    @Key("of the weights, the clients and the order of the images") long seed) {
  /** A hundred clients, of whom ten take a pass over their images in each round. */
  public static final Federation DEFAULT =
      new Federation(
          DataSpec.DEFAULT,
          NetworkSpec.DEFAULT,
          IidClients.DEFAULT,
          0.1,
          0,
          LocalTraining.DEFAULT,
          FedavgStrategy.DEFAULT,
          ClientPrivacy.DEFAULT,
          100,
          0,
          1);

  /**
   * @throws IllegalArgumentException if a value is out of range; the message begins with its key
   */
  public Federation {
    Objects.requireNonNull(data, "data");
    Objects.requireNonNull(model, "model");
    Objects.requireNonNull(clients, "clients");
    Objects.requireNonNull(local, "local");
    Objects.requireNonNull(strategy, "strategy");
    Objects.requireNonNull(privacy, "privacy");
    ConfigKey.requireInRange(Federation.class, fraction, dropouts, rounds, targetAccuracy, seed);
    requireSuitable(privacy, strategy, model);
    if (data.folds() > 0) {
      throw new IllegalArgumentException("data.folds must be 0: a federation is one training");
    }
    if (strategy.usesControls() && !local.isPlainDescent()) {
      throw new IllegalArgumentException(
          "strategy scaffold needs local.optimizer.name sgd, whose step its control variates correct");
    }
  }

  private static void requireSuitable(ClientPrivacy privacy, Strategy strategy, NetworkSpec model) {
    if (privacy.isOn() && strategy.usesControls()) {
      throw new IllegalArgumentException(
          "privacy does not go with strategy scaffold, whose control variates have no noise");
    }
    if (privacy.isOn() && model.layers().stream().anyMatch(Batchnorm.class::isInstance)) {
      throw new IllegalArgumentException(
          "privacy does not go with batchnorm, whose running averages are no gradients");
    }
  }

  /** The training of one client, as far as it is an experiment. */
  public Experiment experiment() {
    return new Experiment(data, model, local.training(), seed);
  }

  /** The same on other data. */
  Federation withData(DataSpec other) {
    return new Federation(
        other,
        model,
        clients,
        fraction,
        dropouts,
        local,
        strategy,
        privacy,
        rounds,
        targetAccuracy,
        seed);
  }
}
