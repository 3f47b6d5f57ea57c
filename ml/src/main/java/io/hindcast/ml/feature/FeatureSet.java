package io.hindcast.ml.feature;

import io.hindcast.api.model.FeatureSetRef;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * What a model sees of the market: named features in a fixed order, computed from bars by one implementation that
 * training, live scoring and replay share.
 *
 * <p><b>Scale-free.</b> No feature is a price; doubling every price changes none of them.
 *
 * <p><b>Runs.</b> The features of bar <i>t</i> are a function of the unbroken run of one-minute bars that ends at
 * <i>t</i>, begins no earlier than midnight UTC of <i>day(t) − anchorDays</i>, and holds for each minute the revision
 * known when <i>t</i> was. A missing minute ends a run: after it every indicator starts anew, windowed and recursive
 * alike, and is {@code NaN} for its {@link Feature#unstableBars} bars. Nothing is ever filled in. {@code NaN} also
 * stands for what is undefined in itself, such as the taker-buy ratio of a minute without a trade; each formula says
 * where. No feature is ever infinite.
 *
 * <p><b>News.</b> What articles say is no matter of runs: it is the {@link io.hindcast.api.news.Sentiment} of the
 * moment when the bar became known, whatever bars are missing.
 *
 * <p>Sums are taken in an order fixed by the start of the run, and logarithms and roots by {@link StrictMath}, so the
 * same bars give the same bits on every machine.
 */
public final class FeatureSet {

    private static final List<FeatureSet> ALL = List.of(
            new FeatureSet("price-v1", 1, 1, PriceFold.FEATURES, List.of(), PriceFold::new),
            new FeatureSet("price-news-v1", 1, 1, PriceFold.FEATURES, KnownNews.FEATURES, PriceFold::new));

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
        this.hash = sha256(definition);
    }

    /** Price, volume and calendar features of one-minute bars, anchored one day back. */
    public static FeatureSet priceV1() {
        return ALL.getFirst();
    }

    /** Those of {@link #priceV1} and what was known of the news when the bar was. */
    public static FeatureSet priceNewsV1() {
        return ALL.getLast();
    }

    /**
     * The feature set that a stored model names.
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

    /** For people, such as {@code price-v1}. */
    public String name() {
        return name;
    }

    /** Sha-256, 64 hexadecimal digits, over {@link #definition()}. */
    public String hash() {
        return hash;
    }

    public FeatureSetRef ref() {
        return new FeatureSetRef(name, hash);
    }

    /** Column names, in order. */
    public List<String> names() {
        return names;
    }

    /** Columns with formula and warm-up, in order. */
    public List<Feature> features() {
        return features;
    }

    /** Number of columns. */
    public int size() {
        return names.size();
    }

    /** k: state for UTC day D is a fold from midnight of D − k. */
    public int anchorDays() {
        return anchorDays;
    }

    /** The full definition as text: name, interval, anchor, formula version and every feature in order. */
    public String definition() {
        return definition;
    }

    /** Whether scores of articles change anything: its last columns are made of them. */
    public boolean readsNews() {
        return foldSize < size();
    }

    /** How many of the columns, the first ones, are made of bars. */
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

    private static String sha256(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
