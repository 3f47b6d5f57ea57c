package io.hindcast.ml.memory;

import io.hindcast.api.model.LabelSpec;
import io.hindcast.api.model.LogPosition;
import io.hindcast.api.model.ModelFamily;
import io.hindcast.ml.RandomMarket;
import io.hindcast.ml.dataset.Dataset;
import io.hindcast.ml.dataset.DatasetBuilder;
import io.hindcast.ml.feature.Bar;
import io.hindcast.ml.feature.FeatureSet;
import io.hindcast.ml.feature.KnownBar;
import io.hindcast.ml.hub.DownloadProgress;
import io.hindcast.ml.hub.HubSettings;
import io.hindcast.ml.hub.ModelHub;
import io.hindcast.ml.lightgbm.LightGbmParameters;
import io.hindcast.ml.lightgbm.LightGbmTrainer;
import io.hindcast.ml.model.ModelBundle;
import io.hindcast.ml.score.Scorer;
import io.hindcast.ml.serve.ScorerEngines;
import io.hindcast.ml.train.TrainedModel;
import io.hindcast.ml.train.TrainingControl;
import io.hindcast.ml.trl.BaseEncoder;
import io.hindcast.ml.trl.NewsArticle;
import io.hindcast.ml.trl.TrlParameters;
import io.hindcast.ml.trl.TrlTraining;
import io.hindcast.ml.tst.TstParameters;
import io.hindcast.ml.tst.TstTrainer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Trains a model of a family repeatedly in one process, as the platform does, and prints the resident memory after each
 * training: {@code java -cp … io.hindcast.ml.memory.Trainings lightgbm 50 4000}.
 */
final class Trainings {

    private static final LogPosition POSITION = new LogPosition("BTCUSDT:1m:2024-03-08", 3);

    private final ModelFamily family;
    private final int size;
    private final TstParameters tst =
            TstParameters.preset(System.getProperty("tst", "tst-small")).withEpochs(1, 20);
    private final TrlParameters trl = TrlParameters.SMALL
            .withBase(new BaseEncoder.Local(
                    Integer.getInteger("vocabulary", 200),
                    Integer.getInteger("layers", 1),
                    2,
                    Integer.getInteger("width", 32),
                    2,
                    16,
                    2e-3))
            .withMaxTokens(Integer.getInteger("tokens", 24))
            .withEpochs(1, 1e-2);

    /** @param size number of bars, or of articles */
    Trainings(ModelFamily family, int size) {
        this.family = family;
        this.size = size;
    }

    /** Trains once, from bars to scores of the stored bundle, and keeps no reference to any result. */
    void cycle(int number) {
        TrainedModel model = train(number);
        ModelBundle bundle = ModelBundle.read(model.bundle(POSITION).toBytes());
        try (Scorer scorer = ScorerEngines.open(bundle)) {
            bundle.checkGolden(scorer);
        }
    }

    private TrainedModel train(int number) {
        return switch (family) {
            case LIGHTGBM ->
                new LightGbmTrainer()
                        .train(
                                dataset(1, number),
                                LightGbmParameters.DEFAULT.withRounds(20),
                                number,
                                TrainingControl.NONE);
            case TST -> new TstTrainer().train(dataset(tst.shape().bars(), number), tst, number, TrainingControl.NONE);
            case TRL -> {
                ModelHub hub = new ModelHub(HubSettings.of(Map.of("HF_HUB_OFFLINE", "1"), Path.of("target/no-hub")));
                yield new TrlTraining(hub, DownloadProgress.NONE)
                        .train(articles(number), bars(size * 60 + 1_440, number), trl, number, TrainingControl.NONE);
            }
        };
    }

    private Dataset dataset(int window, int number) {
        return new DatasetBuilder(FeatureSet.priceV1(), LabelSpec.DEFAULT, window)
                .build(
                        bars(size, number),
                        Instant.ofEpochMilli(RandomMarket.MIDNIGHT),
                        Instant.ofEpochMilli(RandomMarket.MIDNIGHT + (size - 1) * RandomMarket.MINUTE));
    }

    private static List<KnownBar> bars(int count, int number) {
        List<Bar> bars = RandomMarket.bars(RandomMarket.MIDNIGHT, count, number);
        return RandomMarket.asHistory(bars);
    }

    private List<NewsArticle> articles(int number) {
        var random = RandomMarket.random(number);
        List<NewsArticle> articles = new ArrayList<>();
        for (int i = 1; i <= size; i++) {
            String words = List.of("bitcoin", "rises", "falls", "miners", "sell", "market")
                    .get(random.nextInt(6));
            articles.add(new NewsArticle(
                    "https://example.org/" + i,
                    "Bitcoin " + words + " again",
                    "The " + words + " of the hour " + random.nextInt(50),
                    RandomMarket.MIDNIGHT + i * 60L * RandomMarket.MINUTE));
        }
        return articles;
    }

    /** Returns the kilobytes that belong to this process alone, without mapped files. */
    static long residentKilobytes() {
        try {
            return Files.readAllLines(Path.of("/proc/self/status")).stream()
                    .filter(line -> line.startsWith("RssAnon:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                    .findFirst()
                    .orElseThrow();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static long heapMegabytes() {
        System.gc();
        Runtime runtime = Runtime.getRuntime();
        return (runtime.totalMemory() - runtime.freeMemory()) >> 20;
    }

    /** Returns the peak growth during one cycle, in megabytes: live objects, and memory outside the heap. */
    static long[] peak(Runnable cycle) throws InterruptedException {
        long heapBefore = heapMegabytes();
        long residentBefore = residentKilobytes() >> 10;
        Thread worker = Thread.ofPlatform().start(cycle);
        long heap = 0;
        long resident = 0;
        while (worker.isAlive()) {
            heap = Math.max(heap, heapMegabytes());
            resident = Math.max(resident, residentKilobytes() >> 10);
            worker.join(5);
        }
        return new long[] {heap - heapBefore, resident - residentBefore};
    }

    /**
     * Runs each cycle on a new thread, as with pools that release idle threads, with other threads holding native
     * memory in between.
     */
    @SuppressWarnings("SystemOut") // prints for people
    private static void onThreads(ModelFamily family, int cycles, int size) throws InterruptedException {
        Trainings trainings = new Trainings(family, size);
        for (int i = 1; i <= cycles; i++) {
            int number = i;
            Thread thread = Thread.ofPlatform().start(() -> trainings.cycle(number));
            thread.join();
            if (Boolean.getBoolean("trim")) {
                NativeMemory.trim();
            }
            long heap = heapMegabytes();
            System.out.printf(
                    "%s cycle %d: %d MB resident, %d MB of heap live%n", family, i, residentKilobytes() >> 10, heap);
        }
    }

    @SuppressWarnings("SystemOut") // prints for people
    public static void main(String[] arguments) throws InterruptedException {
        ModelFamily family = ModelFamily.valueOf(arguments[0].toUpperCase(java.util.Locale.ROOT));
        if (arguments[1].equals("threads")) {
            onThreads(family, Integer.parseInt(arguments[2]), Integer.parseInt(arguments[3]));
            return;
        }
        if (arguments[1].equals("peak")) {
            new Trainings(family, 3_000).cycle(1);
            for (int i = 2; i < arguments.length; i++) {
                Trainings training = new Trainings(family, Integer.parseInt(arguments[i]));
                long[] peak = peak(() -> training.cycle(1));
                System.out.printf(
                        "%s of %s: %d MB of heap, %d MB outside%n", arguments[0], arguments[i], peak[0], peak[1]);
            }
            return;
        }
        Trainings trainings = new Trainings(family, Integer.parseInt(arguments[2]));
        int cycles = Integer.parseInt(arguments[1]);
        for (int i = 1; i <= cycles; i++) {
            trainings.cycle(i);
            long heap = heapMegabytes();
            System.out.printf(
                    "%s cycle %d: %d MB resident, %d MB of heap live%n",
                    arguments[0], i, residentKilobytes() >> 10, heap);
        }
    }
}
