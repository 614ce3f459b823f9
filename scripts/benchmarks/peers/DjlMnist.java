import ai.djl.Model;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.Parameter;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.core.Linear;
import ai.djl.training.DefaultTrainingConfig;
import ai.djl.training.GradientCollector;
import ai.djl.training.Trainer;
import ai.djl.training.initializer.XavierInitializer;
import ai.djl.training.loss.Loss;
import ai.djl.training.optimizer.Optimizer;
import ai.djl.training.tracker.Tracker;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;

/**
 * The recipe in DJL on its PyTorch engine, with a plain loop instead of EasyTrain, which is slower.
 */
class DjlMnist implements Recipe.Epoch {
  private final Trainer trainer;
  private final int batchSize;
  private final NDArray images;
  private final NDArray labels;
  private final NDArray testImages;
  private final NDArray testLabels;

  private DjlMnist(Trainer trainer, int batchSize, IdxFiles train, IdxFiles test) {
    this.trainer = trainer;
    this.batchSize = batchSize;
    images = images(train);
    labels = labels(train);
    testImages = images(test);
    testLabels = labels(test);
  }

  private NDArray images(IdxFiles files) {
    return trainer.getManager().create(files.pixels(), new Shape(files.count(), files.width()));
  }

  private NDArray labels(IdxFiles files) {
    long[] classes = new long[files.count()];
    Arrays.setAll(classes, i -> files.labels()[i]);
    return trainer.getManager().create(classes);
  }

  @Override
  public void train(int[] order) {
    for (int from = 0; from < order.length; from += batchSize) {
      int[] rows = Arrays.copyOfRange(order, from, Math.min(from + batchSize, order.length));
      try (NDManager manager = trainer.getManager().newSubManager()) {
        NDIndex indices = new NDIndex("{}", manager.create(rows).toType(DataType.INT64, false));
        NDList batch = new NDList(images.get(manager, indices));
        NDList targets = new NDList(labels.get(manager, indices));
        try (GradientCollector collector = trainer.newGradientCollector()) {
          NDList output = trainer.forward(batch);
          output.attach(manager);
          NDArray loss = trainer.getLoss().evaluate(targets, output);
          loss.attach(manager);
          collector.backward(loss);
        }
        trainer.step();
      }
    }
  }

  @Override
  public double accuracy() {
    try (NDManager manager = trainer.getManager().newSubManager()) {
      NDList output = trainer.evaluate(new NDList(testImages));
      output.attach(manager);
      NDArray right = output.singletonOrThrow().argMax(1).eq(testLabels);
      return (double) right.countNonzero().getLong() / testLabels.size();
    }
  }

  public static void main(String[] args) throws Exception {
    Recipe recipe = Recipe.of(args);
    IdxFiles train = IdxFiles.read(recipe.folder(), "train");
    IdxFiles test = IdxFiles.read(recipe.folder(), "t10k");
    Engine.getInstance().setRandomSeed((int) recipe.seed());
    SequentialBlock network = new SequentialBlock();
    for (int units : recipe.hidden()) {
      network.add(Linear.builder().setUnits(units).build()).add(Activation::relu);
    }
    network.add(Linear.builder().setUnits(train.classes()).build());
    XavierInitializer glorot =
        new XavierInitializer(
            XavierInitializer.RandomType.UNIFORM, XavierInitializer.FactorType.AVG, 3);
    DefaultTrainingConfig training =
        new DefaultTrainingConfig(Loss.softmaxCrossEntropyLoss())
            .optInitializer(glorot, Parameter.Type.WEIGHT)
            .optOptimizer(
                Optimizer.adam()
                    .optLearningRateTracker(Tracker.fixed(1e-3f))
                    .optEpsilon(1e-7f)
                    .build());
    try (Model model = Model.newInstance("mnist")) {
      model.setBlock(network);
      try (Trainer trainer = model.newTrainer(training)) {
        trainer.initialize(new Shape(recipe.batchSize(), train.width()));
        DjlMnist program = new DjlMnist(trainer, recipe.batchSize(), train, test);
        Engine engine = Engine.getInstance();
        recipe.run(
            train.count(), program, Map.of("DJL's " + engine.getEngineName(), engine.getVersion()));
      }
      model.save(Files.createDirectories(Path.of(recipe.model())), "mnist");
    }
  }
}
