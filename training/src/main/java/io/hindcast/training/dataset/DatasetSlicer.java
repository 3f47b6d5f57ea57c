package io.hindcast.training.dataset;

import io.hindcast.api.market.Symbol;
import io.hindcast.api.market.UtcDay;
import io.hindcast.api.model.ArtifactRef;
import io.hindcast.api.model.FeatureSetRef;
import io.hindcast.api.model.ModelFamily;
import io.hindcast.api.news.ScoreTookEffect;
import io.hindcast.api.news.Sentiment;
import io.hindcast.api.training.DatasetRef;
import io.hindcast.api.training.TrainingCycleRequested;
import io.hindcast.api.training.TrainingSpec;
import io.hindcast.artifacts.ArtifactStore;
import io.hindcast.history.market.CandleLog;
import io.hindcast.history.news.SentimentLog;
import io.hindcast.ml.dataset.RowSink;
import io.hindcast.ml.dataset.RowStream;
import io.hindcast.ml.dataset.Split;
import io.hindcast.ml.feature.FeatureSet;
import io.hindcast.ml.feature.KnownBar;
import io.hindcast.ml.parquet.ArticlesFile;
import io.hindcast.ml.parquet.BarsFile;
import io.hindcast.ml.parquet.DatasetManifest;
import io.hindcast.ml.parquet.RowsFile;
import io.hindcast.training.TrainingProperties;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;

/**
 * Slices the dataset of a training cycle out of the log, day by day in bounded memory, and stores it. The same events
 * give the same bytes. News features are chosen if a large enough share of the training samples has any news; otherwise
 * a model could only learn that news is missing. Thread-safe.
 */
public final class DatasetSlicer {

    private final CandleLog candles;
    private final SentimentLog sentiment;
    private final ArticleSlicer articles;
    private final ArtifactStore artifacts;
    private final TrainingProperties settings;

    public DatasetSlicer(
            CandleLog candles,
            SentimentLog sentiment,
            ArticleSlicer articles,
            ArtifactStore artifacts,
            TrainingProperties settings) {
        this.candles = candles;
        this.sentiment = sentiment;
        this.articles = articles;
        this.artifacts = artifacts;
        this.settings = settings;
    }

    /**
     * Slices and stores.
     *
     * @param cancelled checked before every day
     * @throws IllegalArgumentException if nothing or too little is recorded
     * @throws java.util.concurrent.CancellationException once {@code cancelled} returns true
     * @throws io.hindcast.artifacts.ArtifactStoreException if it cannot be stored
     */
    public DatasetRef slice(TrainingCycleRequested cycle, BooleanSupplier cancelled) {
        try {
            Path folder = Files.createTempDirectory("hindcast-dataset-");
            try {
                return store(folder, write(folder, cycle, cancelled));
            } finally {
                for (String part : List.of(DatasetManifest.ROWS, DatasetManifest.BARS, DatasetManifest.ARTICLES)) {
                    Files.deleteIfExists(folder.resolve(part));
                }
                Files.deleteIfExists(folder);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What is known of a dataset once its files are written. */
    private record Written(
            DatasetManifest.Features features,
            TrainingSpec spec,
            DatasetManifest.Parts split,
            DatasetManifest.Counts counts,
            DatasetManifest.Sources sources) {}

    private Written write(Path folder, TrainingCycleRequested cycle, BooleanSupplier cancelled) {
        TrainingSpec spec = cycle.spec();
        Symbol symbol = cycle.symbol();
        LocalDate firstDay = stream(FeatureSet.priceNewsV1(), spec, row -> {}).firstDay();
        SourceDays days = SourceDays.of(candles, symbol, firstDay, spec.dataTo(), cancelled);
        List<Sentiment.Score> scores = scores(symbol, spec, days);
        FeatureSet columns = scores.isEmpty() ? FeatureSet.priceV1() : FeatureSet.priceNewsV1();
        SampleLog samples = new SampleLog(spec.label(), columns);
        long rows;
        long bars;
        try (RowsFile.Writer rowsFile = new RowsFile.Writer(folder.resolve(DatasetManifest.ROWS), columns);
                BarsFile.Writer barsFile = new BarsFile.Writer(folder.resolve(DatasetManifest.BARS))) {
            RowStream stream = stream(columns, spec, row -> {
                samples.add(row);
                rowsFile.accept(row);
            });
            scores.forEach(stream::score);
            for (LocalDate day = firstDay; !day.isAfter(UtcDay.of(spec.dataTo())); day = day.plusDays(1)) {
                SourceDays.check(cancelled);
                List<KnownBar> ofDay = days.bars(day);
                ofDay.forEach(barsFile::add);
                stream.day(day, ofDay);
            }
            stream.finish();
            rows = rowsFile.rows();
            bars = barsFile.rows();
        }
        if (samples.rows() < settings.data().minRows()) {
            throw new IllegalArgumentException("too little data: " + samples.rows() + " rows from " + spec.dataFrom()
                    + " to " + spec.dataTo() + ", needs " + settings.data().minRows() + " or more");
        }
        Split split = settings.evaluation().settings().splitter().split(samples);
        return new Written(
                features(columns, samples.newsShare(split.train())),
                spec,
                DatasetManifest.Parts.of(split, samples::time),
                new DatasetManifest.Counts(samples.rows(), rows, bars, writeArticles(folder, cycle, cancelled)),
                new DatasetManifest.Sources(days.position(), days.sequences()));
    }

    private static RowStream stream(FeatureSet features, TrainingSpec spec, RowSink sink) {
        return new RowStream(features, spec.label(), spec.dataFrom(), spec.dataTo(), sink);
    }

    private List<Sentiment.Score> scores(Symbol symbol, TrainingSpec spec, SourceDays days) {
        LocalDate first =
                UtcDay.of(stream(FeatureSet.priceNewsV1(), spec, row -> {}).newsNeededFrom());
        return sentiment.days(symbol, first, UtcDay.of(days.latestKnownAt())).stream()
                .map(ScoreTookEffect::score)
                .filter(score -> score.from() <= days.latestKnownAt().toEpochMilli())
                .toList();
    }

    private DatasetManifest.Features features(FeatureSet columns, double newsShare) {
        List<FeatureSetRef> sets = new ArrayList<>(List.of(FeatureSet.priceV1().ref()));
        if (columns.readsNews()) {
            sets.add(columns.ref());
        }
        boolean news = columns.readsNews() && newsShare >= settings.data().minNewsShare();
        return new DatasetManifest.Features(news ? sets.getLast() : sets.getFirst(), sets, newsShare);
    }

    private long writeArticles(Path folder, TrainingCycleRequested cycle, BooleanSupplier cancelled) {
        if (!cycle.families().contains(ModelFamily.TRL)) {
            return 0;
        }
        TrainingSpec spec = cycle.spec();
        try (ArticlesFile.Writer file = new ArticlesFile.Writer(folder.resolve(DatasetManifest.ARTICLES))) {
            articles.slice(cycle.symbol(), spec.dataFrom(), spec.dataTo(), cancelled, file::add);
            return file.rows();
        }
    }

    private DatasetRef store(Path folder, Written written) throws IOException {
        SortedMap<String, ArtifactRef> parts = new TreeMap<>();
        for (String part : List.of(DatasetManifest.ROWS, DatasetManifest.BARS, DatasetManifest.ARTICLES)) {
            if (Files.exists(folder.resolve(part))) {
                parts.put(part, artifacts.put(folder.resolve(part)));
            }
        }
        // One that was stored already may have been purged with another dataset meanwhile.
        for (ArtifactRef part : parts.values()) {
            if (!artifacts.exists(part)) {
                throw new IllegalStateException("part " + part.sha256() + " was purged while the dataset was sliced");
            }
        }
        DatasetManifest manifest = new DatasetManifest(
                DatasetManifest.FORMAT,
                written.features,
                written.spec.label(),
                new DatasetManifest.Period(written.spec.dataFrom(), written.spec.dataTo()),
                written.split,
                written.counts,
                written.sources,
                parts);
        return new DatasetRef(
                artifacts.put(manifest.toJson()),
                written.sources.position(),
                written.counts.rows(),
                written.counts.bars(),
                written.counts.articles(),
                written.features.chosen());
    }
}
