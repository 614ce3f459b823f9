import io.mnist4j.api.SearchResult;
import io.mnist4j.api.SettingsSearch;
import io.mnist4j.api.TrainedRun;
import io.mnist4j.api.Training;
import io.mnist4j.api.TrainingWatch;
import java.nio.file.Files;
import java.nio.file.Path;

/** Searches for a network that is good and small: SWEEP FOLDER. */
public class SearchSettings {
  public static void main(String[] args) throws Exception {
    Path folder = Path.of(args[1]);
    SettingsSearch search = SettingsSearch.begin(Path.of(args[0]), folder);
    SearchResult best = search.run(trial -> {
      Path run = folder.resolve("run-" + trial.number());
      TrainedRun trained = Training.into(run).config(trial.config()).run(TrainingWatch.SILENT);
      double accuracy = trained.epochs().get(trained.bestEpoch() - 1).validationAccuracy();
      return accuracy - Files.size(trained.model()) / 1e8; // a megabyte costs a percent
    }).orElseThrow();
    System.out.printf("%s: %.4f%n", best.settings(), best.value());
  }
}
