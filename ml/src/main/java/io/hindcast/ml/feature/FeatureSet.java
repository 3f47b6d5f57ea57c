package io.hindcast.ml.feature;

import io.hindcast.api.model.FeatureSetRef;
import io.hindcast.ml.hash.Sha256;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Named features of the market in a fixed order, computed from bars by one implementation that training, live scoring
 * and replay share. Immutable and thread-safe.
 *
 * <p><b>Scale-free.</b> No feature is a price: doubling every price changes none of them.
 *
 * <p><b>Runs.</b> The features of bar <i>t</i> are a function of the unbroken run of one-minute bars that ends at
 * <i>t</i>, begins no earlier than midnight UTC of <i>day(t) − anchorDays</i>, and holds for each minute the revision
 * known when <i>t</i> was. A missing minute ends a run: after it every indicator restarts, windowed and recursive
 * alike, and is {@code NaN} for its {@link Feature#unstableBars} bars. Gaps are never filled. {@code NaN} also marks
 * undefined values, such as the taker-buy ratio of a minute without a trade; each formula states where. No feature is
 * ever infinite.
 *
 * <p><b>News.</b> News features do not depend on runs: they are the {@link io.hindcast.api.news.Sentiment} at the
 * moment when the bar became known, whichever bars are missing.
 *
 * <p>Sums are taken in an order fixed by the start of the run, and logarithms and roots by {@link StrictMath}, so the
 * same bars give the same bits on every machine.
 */
public final class FeatureSet {

    private static final List<FeatureSet> ALL = List.of(
            new FeatureSet("price-v1", 1, 1, PriceFold.FEATURES, List.of(), PriceFold::new),
            new FeatureSet("price-news-v1", 1, 1, PriceFold.FEATURES, NewsFeatures.FEATURES, PriceFold::new));

    private final String name;
    private final int anchorDays;
    private final List<Feature> features;
    private final List<String> names;
    private final String definition;
    private final String hash;
    private final int foldSize;
    private final Supplier<FeatureFold> fold;

    FeatureSet(
            String name,
            int anchorDays,
            int formulaVersion,
            List<Feature> ofBars,
            List<Feature> ofNews,
            Supplier<FeatureFold> fold) {
        this.name = name;
        this.anchorDays = anchorDays;
        this.features = Stream.concat(ofBars.stream(), ofNews.stream()).toList();
        this.foldSize = ofBars.size();
        this.names = features.stream().map(Feature::name).toList();
        this.fold = fold;
        StringBuilder text = new StringBuilder()
                .append("feature-set ")
                .append(name)
                .append("\ninterval 1m\nanchor-days ")
                .append(anchorDays)
                .append("\nformula-version ")
                .append(formulaVersion)
                .append("\nmissing-bar restarts-the-run\n");
        for (Feature feature : features) {
            text.append(feature.name())
                    .append(" = ")
                    .append(feature.formula())
                    .append(" ; unstable ")
                    .append(feature.unstableBars())
                    .append('\n');
        }
        this.definition = text.toString();
        this.hash = Sha256.hex(definition.getBytes(StandardCharsets.UTF_8));
    }

    /** Returns price, volume and calendar features of one-minute bars, anchored one day back. */
    public static FeatureSet priceV1() {
        return ALL.getFirst();
    }

    /** Returns the features of {@link #priceV1} and the news sentiment at the moment when the bar became known. */
    public static FeatureSet priceNewsV1() {
        return ALL.getLast();
    }

    /**
     * Returns the feature set to which a stored model refers.
     *
     * @throws IllegalArgumentException if this version of the library has no set of that name, or defines it
     *     differently
     */
    public static FeatureSet of(FeatureSetRef ref) {
        for (FeatureSet set : ALL) {
            if (set.name.equals(ref.name())) {
                if (!set.hash.equals(ref.hash())) {
                    throw new IllegalArgumentException("feature set " + ref.name() + " has hash " + set.hash
                            + " here, expected " + ref.hash() + ": it was made with another definition");
                }
                return set;
            }
        }
        throw new IllegalArgumentException("feature set '" + ref.name() + "' is not known here, expected one of "
                + ALL.stream().map(FeatureSet::name).toList());
    }

    /** Returns the name, such as {@code price-v1}. */
    public String name() {
        return name;
    }

    /** Returns the SHA-256 of {@link #definition()}, 64 hexadecimal digits. */
    public String hash() {
        return hash;
    }

    public FeatureSetRef ref() {
        return new FeatureSetRef(name, hash);
    }

    /** Returns the column names, in order. */
    public List<String> names() {
        return names;
    }

    /** Returns the columns with formula and warm-up, in order. */
    public List<Feature> features() {
        return features;
    }

    /** Returns the number of columns. */
    public int size() {
        return names.size();
    }

    /** Returns the anchor k in days: state for UTC day D is a fold from midnight of D − k. */
    public int anchorDays() {
        return anchorDays;
    }

    /** Returns the full definition as text: name, interval, anchor, formula version and every feature in order. */
    public String definition() {
        return definition;
    }

    /** Returns whether the last columns are computed from article scores. */
    public boolean readsNews() {
        return foldSize < size();
    }

    /** Returns the number of columns that are computed from bars, which come first. */
    int foldSize() {
        return foldSize;
    }

    FeatureFold newFold() {
        return fold.get();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof FeatureSet set && set.hash.equals(hash);
    }

    @Override
    public int hashCode() {
        return hash.hashCode();
    }

    @Override
    public String toString() {
        return name + "@" + hash.substring(0, 12);
    }
}
