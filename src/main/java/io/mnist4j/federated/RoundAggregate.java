package io.mnist4j.federated;

import io.mnist4j.federated.clients.Dealing;
import io.mnist4j.federated.clients.RoundRandom;
import io.mnist4j.federated.strategy.Strategy;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** Joins what the clients of a round return, one after another. */
final class RoundAggregate {
  private final ServerState server;
  private final Federation federation;
  private final Strategy strategy;
  private final double[] sum;

  /** Of the changes of the clients' control variates; null where there are none. */
  private final double[] controlSum;

  private final SortedMap<Integer, float[]> newControls = new TreeMap<>();
  private double weights;
  private double losses;
  private long images;
  private int answered;

  RoundAggregate(ServerState server, Federation federation) {
    this.server = server;
    this.federation = federation;
    strategy = federation.strategy();
    sum = new double[server.parameters().length];
    controlSum = strategy.usesControls() ? new double[sum.length] : null;
  }

  /** Takes one in. The order decides about the last bits. */
  void add(ClientUpdate update) {
    ClientPrivacy privacy = federation.privacy();
    boolean alike = privacy.isOn() || !strategy.weighsByImages();
    float[] before = server.parameters();
    float[] after = update.parameters();
    double weight = alike ? 1 : update.images();
    if (privacy.isOn()) {
      weight = Math.min(1, privacy.clip() / norm(before, after));
    }
    for (int i = 0; i < sum.length; i++) {
      sum[i] += weight * ((double) after[i] - before[i]);
    }
    weights += weight;
    losses += update.loss() * update.images();
    images += update.images();
    answered++;
    if (controlSum != null) {
      float[] old = server.controls().get(update.client());
      float[] control = update.control();
      for (int i = 0; i < sum.length; i++) {
        controlSum[i] += (double) control[i] - (old == null ? 0 : old[i]);
      }
      newControls.put(update.client(), control);
    }
  }

  private static double norm(float[] before, float[] after) {
    double squares = 0;
    for (int i = 0; i < before.length; i++) {
      double change = (double) after[i] - before[i];
      squares += change * change;
    }
    return Math.sqrt(squares);
  }

  /** Adds noise to the sum of clipped updates, and makes its expectation that of a mean. */
  private void addNoise(int clients, int round) {
    ClientPrivacy privacy = federation.privacy();
    RoundRandom random = new RoundRandom(federation.seed(), RoundRandom.Purpose.NOISE, round);
    double deviation = privacy.noiseMultiplier() * privacy.clip();
    for (int i = 0; i < sum.length; i++) {
      sum[i] += deviation * random.nextGaussian();
    }
    weights = federation.fraction() * clients;
  }

  int answered() {
    return answered;
  }

  /** Mean of the clients' losses, weighted by their images; null where none has answered. */
  Double loss() {
    return answered == 0 ? null : (Double) (losses / images);
  }

  /**
   * The server after the round. Where no client has answered and no noise is added, it is as it
   * was.
   *
   * @param statistics which parameters are running statistics, whose mean is taken as it is
   * @param clients of the federation
   * @param round from 1
   */
  ServerState finish(boolean[] statistics, int clients, int round) {
    if (federation.privacy().isOn()) {
      addNoise(clients, round);
    } else if (answered == 0) {
      return server;
    }
    float[] parameters = new float[sum.length];
    for (int i = 0; i < sum.length; i++) {
      double delta = sum[i] / weights;
      float before = server.parameters()[i];
      parameters[i] =
          statistics[i]
              ? (float) (before + delta)
              : strategy.step(before, delta, server.states(), i);
    }
    if (controlSum == null) {
      return new ServerState(parameters, server.states(), null, server.controls());
    }
    float[] control = new float[sum.length];
    for (int i = 0; i < sum.length; i++) {
      control[i] = (float) (server.control()[i] + controlSum[i] / clients);
    }
    SortedMap<Integer, float[]> controls = new TreeMap<>(server.controls());
    controls.putAll(newControls);
    return new ServerState(parameters, server.states(), control, controls);
  }

  /** The clients of a round that answer. */
  record Participants(List<Integer> chosen, List<Integer> answering) {
    Participants {
      chosen = List.copyOf(chosen);
      answering = List.copyOf(answering);
    }

    /**
     * Draws them: a fixed number of all, without repetition; with privacy each by itself.
     *
     * @param count of the federation's clients
     */
    static Participants draw(Federation federation, int count, int round) {
      RoundRandom choice = new RoundRandom(federation.seed(), RoundRandom.Purpose.CHOICE, round);
      List<Integer> chosen = new ArrayList<>();
      if (federation.privacy().isOn()) {
        for (int client = 0; client < count; client++) {
          if (choice.nextBoolean(federation.fraction())) {
            chosen.add(client);
          }
        }
      } else {
        int[] order = Dealing.shuffled(count, choice);
        for (int i = 0; i < perRound(federation, count); i++) {
          chosen.add(order[i]);
        }
      }
      chosen.sort(null);
      RoundRandom dropouts =
          new RoundRandom(federation.seed(), RoundRandom.Purpose.DROPOUTS, round);
      List<Integer> answering =
          chosen.stream().filter(c -> !dropouts.nextBoolean(federation.dropouts())).toList();
      return new Participants(chosen, answering);
    }

    /** How many clients a round has: at least one (McMahan et al., 2017, Algorithm 1). */
    static int perRound(Federation federation, int count) {
      return (int) Math.max(1, Math.round(federation.fraction() * count));
    }
  }
}
