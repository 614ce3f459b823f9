package io.mnist4j.report.page;

/** What a figure of a page means, in a sentence for who sees it for the first time. */
public enum Meaning {
  ACCURACY(
      "Test accuracy",
      "The share of the test images, which the network did not learn from, that it names rightly;"
          + " with others it would be another figure, most likely within the interval."),
  INTERVAL(
      "95 % interval",
      "Where the true share is to be expected: other test images of the same kind would give another"
          + " figure, so two networks whose intervals overlap may be equally good."),
  TOP_3(
      "Top-3 accuracy",
      "The share of the test images whose class is among the three that the network holds most"
          + " likely."),
  LOSS(
      "Loss",
      "How far the network's answers are from the right ones, which is what training makes small; 0"
          + " is perfect, and mistakes that it is sure of cost most."),
  CALIBRATION_ERROR(
      "Calibration error",
      "How far the network's confidence is from how often it is right; at 0, nine in ten of the"
          + " answers that it is 90 % sure of are right."),
  PRECISION(
      "Precision", "The share of the images that were taken for this class that do belong to it."),
  RECALL("Recall", "The share of the images of this class that were taken for it."),
  F1(
      "F1",
      "The harmonic mean of precision and recall, which is high only where both are; 1 is best."),
  WORST_CLASS(
      "Worst class",
      "The class with the lowest F1, the harmonic mean of its precision and its recall, which is high"
          + " only where both are; 1 is best."),
  EPOCHS("Epochs", "How often the network went through all training images."),
  TRAINING(
      "Training",
      "The time of learning alone, validation not counted, and how many images a second that was."),
  PARAMETERS("Parameters", "How many numbers are learned: the weights and biases of all layers."),
  ENERGY(
      "Energy",
      "What the processors and cards of the machine took during the run, other programs included;"
          + " 3,600 joules are a watt-hour."),
  BEST_TRIAL(
      "Best trial",
      "By the part of the training images that judges trials; as the best of many it has had luck,"
          + " too, so the test accuracy is the fairer figure."),
  TRIALS(
      "Trials",
      "How many settings were tried; one that was pruned was stopped early, since others were better"
          + " after as many epochs."),
  SEARCH_TIME(
      "Time",
      "From the first trial to the last, without the last training; trials that ran side by side"
          + " count once."),
  ROUNDS(
      "Rounds",
      "How often the server sent its network to some clients, let them train it on their own images,"
          + " and joined what they returned."),
  ROUNDS_TO_TARGET(
      "Rounds to the target",
      "The first round after which the joined network named that share of the test images rightly;"
          + " fewer rounds are less waiting and less to send."),
  SENT(
      "Sent",
      "What would go over the network, parameters alone; here it is one machine or one cluster, and"
          + " the bytes are counted, not sent."),
  GAP(
      "Gap",
      "By how much the accuracy of the best group is above that of the worst; where the interval"
          + " holds 0, chance may have made it."),
  ERROR_RATIO(
      "Errors",
      "How many times as many errors the worst group has as the best one, for as many images."),
  GROUP(
      "Group",
      "A group is what the images have in common by the table of groups, such as who wrote them."),
  TRAINING_CURVE(
      "Training",
      "On the images that are learned from, as they pass; this curve improves even where the network"
          + " learns them by heart."),
  VALIDATION_CURVE(
      "Validation",
      "After each epoch, on images that are not learned from; where its loss rises while that of the"
          + " training falls, more epochs do harm (overfitting).");

  private final String term;
  private final String sentence;

  Meaning(String term, String sentence) {
    this.term = term;
    this.sentence = sentence;
  }

  /** What is explained. */
  public String term() {
    return term;
  }

  /** The explanation. */
  public String sentence() {
    return sentence;
  }
}
