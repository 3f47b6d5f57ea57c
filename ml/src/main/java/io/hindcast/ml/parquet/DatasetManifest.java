package io.hindcast.ml.parquet;

import io.hindcast.api.HindcastJson;
import io.hindcast.api.model.ArtifactRef;
import io.hindcast.api.model.FeatureSetRef;
import io.hindcast.api.model.LabelSpec;
import io.hindcast.api.model.LogPosition;
import io.hindcast.ml.dataset.RowRange;
import io.hindcast.ml.dataset.Split;
import io.hindcast.ml.hash.Sha256;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.IntToLongFunction;

/**
 * Description of a stored dataset. Its SHA-256 is the dataset's digest: it contains those of the parts, and everything
 * else that a training can read.
 *
 * @param format {@value #FORMAT}
 * @param features feature sets of the rows
 * @param label outcome of the rows
 * @param period open times of the samples
 * @param split parts of the samples
 * @param counts sizes of the parts
 * @param sources where the dataset comes from
 * @param parts {@value #ROWS}, {@value #BARS} and, if the cycle trains on articles, {@value #ARTICLES}: Parquet files,
 *     each with digest and size
 */
public record DatasetManifest(
        int format,
        Features features,
        LabelSpec label,
        Period period,
        Parts split,
        Counts counts,
        Sources sources,
        SortedMap<String, ArtifactRef> parts) {

    public static final int FORMAT = 1;

    /** The part with the rows: {@link RowsFile}. */
    public static final String ROWS = "rows";

    /** The part with every revision of every bar: {@link BarsFile}. */
    public static final String BARS = "bars";

    /** The part with the articles: {@link ArticlesFile}. */
    public static final String ARTICLES = "articles";

    public DatasetManifest {
        parts = Collections.unmodifiableSortedMap(new TreeMap<>(parts));
        if (format != FORMAT) {
            throw new IllegalArgumentException(
                    "dataset of format " + format + ", expected " + FORMAT + ": another version of Hindcast wrote it");
        }
    }

    /**
     * Feature sets of the rows.
     *
     * @param chosen set that models of bars are trained on
     * @param columns sets whose features the rows have, each a prefix of the last one's
     * @param newsShare share of the training samples with news, 0 to 1
     */
    public record Features(FeatureSetRef chosen, List<FeatureSetRef> columns, double newsShare) {
        public Features {
            columns = List.copyOf(columns);
        }
    }

    /**
     * The period of the samples, both inclusive.
     *
     * @param from open time of the first bar
     * @param to open time of the last bar; outcomes reach no further
     */
    public record Period(Instant from, Instant to) {}

    /** Samples of training, validation and test. */
    public record Parts(Part train, Part validation, Part test) {

        public static Parts of(Split split, IntToLongFunction time) {
            return new Parts(
                    Part.of(split.train(), time), Part.of(split.validation(), time), Part.of(split.test(), time));
        }

        /** Returns the split in sample numbers. */
        public Split rows() {
            return new Split(train.range(), validation.range(), test.range());
        }
    }

    /**
     * A part of the samples.
     *
     * @param first number of its first sample, from 0
     * @param rows number of samples
     * @param from open time of the first one
     * @param to open time of the last one
     */
    public record Part(int first, int rows, Instant from, Instant to) {

        static Part of(RowRange range, IntToLongFunction time) {
            return new Part(
                    range.from(),
                    range.size(),
                    Instant.ofEpochMilli(time.applyAsLong(range.from())),
                    Instant.ofEpochMilli(time.applyAsLong(range.to() - 1)));
        }

        RowRange range() {
            return new RowRange(first, first + rows);
        }
    }

    /**
     * Sizes of the parts.
     *
     * @param samples rows with a label
     * @param rows rows, those in windows only included
     * @param bars bars, each revision counted
     * @param articles articles
     */
    public record Counts(long samples, long rows, long bars, long articles) {}

    /**
     * Where the dataset comes from.
     *
     * @param position last candle event of which it has a bar
     * @param days for each market day of which it has a bar, the sequence of the last such event
     */
    public record Sources(LogPosition position, SortedMap<String, Long> days) {
        public Sources {
            days = Collections.unmodifiableSortedMap(new TreeMap<>(days));
        }
    }

    /** Returns the digest of the dataset. */
    public String digest() {
        return Sha256.hex(toJson());
    }

    /** Returns the manifest as JSON; the same manifest gives the same bytes. */
    public byte[] toJson() {
        try {
            return HindcastJson.mapper().writeValueAsBytes(this);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @throws IllegalArgumentException if the bytes are no manifest of this format */
    public static DatasetManifest fromJson(byte[] json) {
        try {
            return HindcastJson.mapper().readValue(json, DatasetManifest.class);
        } catch (IOException e) {
            throw new IllegalArgumentException("not a dataset's manifest: " + e.getMessage(), e);
        }
    }
}
