import io.mnist4j.api.DigitModel;
import io.mnist4j.api.TestFigures;
import io.mnist4j.api.TrainedEpoch;
import io.mnist4j.api.TrainedRun;
import io.mnist4j.api.Training;
import io.mnist4j.api.TrainingWatch;
import java.nio.file.Path;

/** Trains for so many seconds at most, then tests: CONFIG FOLDER SECONDS. */
public class TrainModel {
  public static void main(String[] args) throws Exception {
    long end = System.nanoTime() + Long.parseLong(args[2]) * 1_000_000_000;
    TrainingWatch watch = new TrainingWatch() {
      @Override public void onEpoch(TrainedEpoch epoch) {
        System.out.printf("epoch %d: %.4f%n", epoch.epoch(), epoch.validationAccuracy());
      }

      @Override public boolean cancelled() {
        return System.nanoTime() > end; // run() throws CancellationException, resume() goes on
      }
    };
    TrainedRun run = Training.into(Path.of(args[1])).config(Path.of(args[0])).set("seed", 7).run(watch);
    TestFigures test = DigitModel.load(run.model()).evaluate(run.dataset());
    System.out.printf("%.4f of %d %s images%n", test.accuracy(), test.images(), test.dataset());
  }
}
