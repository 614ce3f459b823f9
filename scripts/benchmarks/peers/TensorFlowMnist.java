import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.TensorFlow;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Gradients;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.op.core.Variable;
import org.tensorflow.op.random.RandomUniform;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt64;

/** The recipe in TensorFlow Java: one graph, run once for each batch. */
class TensorFlowMnist implements Recipe.Epoch {
  private static final float BETA1 = 0.9f;
  private static final float BETA2 = 0.999f;
  private static final int TEST_BATCH = 1000;

  private final Recipe recipe;
  private final IdxFiles train;
  private final IdxFiles test;
  private final Placeholder<TFloat32> images;
  private final Placeholder<TFloat32> targets;
  private final Placeholder<TFloat32> beta1Power;
  private final Placeholder<TFloat32> beta2Power;
  private final List<Op> updates = new ArrayList<>();
  private final Operand<TInt64> predictions;
  private final Session session;
  private long steps;

  private TensorFlowMnist(Graph graph, Recipe recipe, IdxFiles train, IdxFiles test) {
    this.recipe = recipe;
    this.train = train;
    this.test = test;
    Ops tf = Ops.create(graph);
    images = tf.placeholder(TFloat32.class, Placeholder.shape(Shape.of(-1, train.width())));
    targets = tf.placeholder(TFloat32.class, Placeholder.shape(Shape.of(-1, train.classes())));
    beta1Power = tf.placeholder(TFloat32.class, Placeholder.shape(Shape.scalar()));
    beta2Power = tf.placeholder(TFloat32.class, Placeholder.shape(Shape.scalar()));
    List<Variable<TFloat32>> parameters = new ArrayList<>();
    Operand<TFloat32> output = images;
    int inputs = train.width();
    for (int units : recipe.hidden()) {
      output = tf.nn.relu(dense(tf, output, inputs, units, parameters));
      inputs = units;
    }
    Operand<TFloat32> logits = dense(tf, output, inputs, train.classes(), parameters);
    Operand<TFloat32> losses = tf.nn.softmaxCrossEntropyWithLogits(logits, targets).loss();
    Gradients gradients = tf.gradients(tf.math.mean(losses, tf.constant(0)), parameters);
    for (int i = 0; i < parameters.size(); i++) {
      updates.add(adam(tf, parameters.get(i), gradients.dy(i)));
    }
    predictions = tf.math.argMax(logits, tf.constant(1));
    session = new Session(graph);
  }

  private Operand<TFloat32> dense(
      Ops tf, Operand<TFloat32> input, int inputs, int units, List<Variable<TFloat32>> parameters) {
    float glorot = (float) Math.sqrt(6.0 / (inputs + units));
    Operand<TFloat32> uniform =
        tf.random.randomUniform(
            tf.array(inputs, units), TFloat32.class, RandomUniform.seed(recipe.seed()));
    Variable<TFloat32> weights =
        tf.variable(tf.math.mul(tf.math.sub(uniform, tf.constant(0.5f)), tf.constant(2 * glorot)));
    Variable<TFloat32> biases = tf.variable(zeros(tf, Shape.of(units)));
    parameters.addAll(List.of(weights, biases));
    return tf.nn.biasAdd(tf.linalg.matMul(input, weights), biases);
  }

  private static Operand<TFloat32> zeros(Ops tf, Shape shape) {
    return tf.fill(tf.constant(shape), tf.constant(0f));
  }

  private Op adam(Ops tf, Variable<TFloat32> parameter, Operand<TFloat32> gradient) {
    Shape shape = parameter.asOutput().shape();
    return tf.train.applyAdam(
        parameter,
        tf.variable(zeros(tf, shape)),
        tf.variable(zeros(tf, shape)),
        beta1Power,
        beta2Power,
        tf.constant(1e-3f),
        tf.constant(BETA1),
        tf.constant(BETA2),
        tf.constant(1e-7f),
        gradient);
  }

  @Override
  public void train(int[] order) {
    for (int from = 0; from < order.length; from += recipe.batchSize()) {
      int[] rows =
          Arrays.copyOfRange(order, from, Math.min(from + recipe.batchSize(), order.length));
      steps++;
      try (TFloat32 x = tensor(train.pixels(rows), rows.length);
          TFloat32 y = tensor(train.oneHot(rows, train.classes()), rows.length);
          TFloat32 power1 = TFloat32.scalarOf((float) Math.pow(BETA1, steps));
          TFloat32 power2 = TFloat32.scalarOf((float) Math.pow(BETA2, steps))) {
        Session.Runner runner =
            session
                .runner()
                .feed(images, x)
                .feed(targets, y)
                .feed(beta1Power, power1)
                .feed(beta2Power, power2);
        updates.forEach(runner::addTarget);
        runner.run().close();
      }
    }
  }

  private static TFloat32 tensor(float[] values, int rows) {
    return TFloat32.tensorOf(
        Shape.of(rows, values.length / rows), DataBuffers.of(values, true, false));
  }

  @Override
  public double accuracy() {
    int right = 0;
    for (int from = 0; from < test.count(); from += TEST_BATCH) {
      int first = from;
      int[] rows = new int[Math.min(TEST_BATCH, test.count() - from)];
      Arrays.setAll(rows, i -> first + i);
      try (TFloat32 x = tensor(test.pixels(rows), rows.length);
          Result result = session.runner().feed(images, x).fetch(predictions).run()) {
        TInt64 predicted = (TInt64) result.get(0);
        for (int i = 0; i < rows.length; i++) {
          right += predicted.getLong(i) == test.labels()[from + i] ? 1 : 0;
        }
      }
    }
    return (double) right / test.count();
  }

  public static void main(String[] args) throws Exception {
    Recipe recipe = Recipe.of(args);
    IdxFiles train = IdxFiles.read(recipe.folder(), "train");
    IdxFiles test = IdxFiles.read(recipe.folder(), "t10k");
    try (Graph graph = new Graph()) {
      TensorFlowMnist program = new TensorFlowMnist(graph, recipe, train, test);
      try (Session session = program.session) {
        session.initialize();
        recipe.run(train.count(), program, Map.of("TensorFlow", TensorFlow.version()));
        session.save(recipe.model());
      }
    }
  }
}
