package io.hindcast.simulator.synthetic;

import io.hindcast.api.market.PriceChange;
import io.hindcast.api.market.Symbol;
import io.hindcast.api.market.UtcDay;
import io.hindcast.api.news.ArticleUrl;
import io.hindcast.api.news.ReactionSpec;
import io.hindcast.api.prediction.Signal;
import io.hindcast.runtime.BoundedMap;
import io.hindcast.simulator.tape.TapeDay;
import io.hindcast.simulator.tape.TapeDay.Column;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Articles about a generated market that slightly predict it: {@value #INFORMED_PERCENT} percent take their tone from
 * the market's reaction in the twelve hours after them, as reactions are measured; the others, and one in ten of those,
 * take a random one. Articles depend on seed, symbol and day only, not on the order of requests. Thread-safe.
 */
public final class SyntheticNews {

    private static final int INFORMED_PERCENT = 40;
    private static final int DAYS_KEPT = 64;
    private static final int FEWEST_A_DAY = 16;
    private static final int SPREAD_A_DAY = 17;
    private static final long SALT = 0x6E657773L;
    private static final int HOLD = 1;
    private static final int TONES = NewsVocabulary.TONES.length;

    private final SyntheticTape tape;
    private final long seed;
    private final Map<LocalDate, List<SyntheticArticle>> kept = new BoundedMap<>(DAYS_KEPT);

    /**
     * Creates a generator; days are generated on request.
     *
     * @param tape market that the articles are about
     */
    public SyntheticNews(SyntheticTape tape, long seed) {
        this.tape = tape;
        this.seed = seed;
    }

    /** Returns the identity of this stream of articles: equal for equal articles. */
    public String channel() {
        return "synthetic:" + tape.symbol().value().toLowerCase(Locale.ROOT) + ":1:" + seed;
    }

    /** Returns the source of the articles, for people. */
    public String description() {
        return "generated articles 1 about " + tape.symbol() + ", seed " + seed;
    }

    /** Returns the earliest publication time. */
    public Instant first() {
        return tape.firstOpenTime();
    }

    /** Returns the articles published on a UTC day, in order of publication. */
    public synchronized List<SyntheticArticle> day(LocalDate day) {
        List<SyntheticArticle> held = kept.get(day);
        if (held == null) {
            held = generate(day);
            kept.put(day, held);
        }
        return held;
    }

    private List<SyntheticArticle> generate(LocalDate day) {
        TapeDay today = tape.day(day);
        TapeDay tomorrow = tape.day(day.plusDays(1));
        if (today == null || tomorrow == null) {
            return List.of();
        }
        Symbol symbol = tape.symbol();
        SeededRandom random = new SeededRandom(
                SeededRandom.mix(SeededRandom.mix(seed ^ SALT, symbol.value().hashCode()), day.toEpochDay()));
        FutureReactions reactions = new FutureReactions(today, tomorrow);
        int count = FEWEST_A_DAY + below(random, SPREAD_A_DAY);
        long[] seconds = new long[count];
        for (int i = 0; i < count; i++) {
            // Not in the first minute: the price before must be among the day's own bars.
            seconds[i] = 60L + below(random, 86_340);
        }
        Arrays.sort(seconds);
        Instant midnight = UtcDay.start(day);
        List<SyntheticArticle> articles = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            double percent = reactions.percent((int) (seconds[i] / 60));
            articles.add(article(random, symbol, day, i, midnight.plusSeconds(seconds[i]), percent));
        }
        return List.copyOf(articles);
    }

    private static SyntheticArticle article(
            SeededRandom random, Symbol symbol, LocalDate day, int number, Instant published, double percent) {
        boolean informed = random.uniform() * 100 < INFORMED_PERCENT;
        int truth = tone(ReactionSpec.DEFAULT.signal(percent));
        int any = below(random, TONES);
        int tone = informed && random.uniform() < 0.9 ? truth : any;
        String base = symbol.baseAsset();
        String voice = pick(random, NewsVocabulary.VOICES);
        String title = voice + " " + String.format(Locale.ROOT, pick(random, NewsVocabulary.TONES[tone]), base) + " "
                + pick(random, NewsVocabulary.OCCASIONS);
        int remark = random.uniform() < 0.8 ? tone : HOLD;
        String summary = pick(random, NewsVocabulary.REMARKS[remark]) + " " + pick(random, NewsVocabulary.FILLERS);
        ArticleUrl url = new ArticleUrl(String.format(
                Locale.ROOT,
                "https://synthetic.invalid/%s/%s/%02d-%s",
                symbol.value().toLowerCase(Locale.ROOT),
                day,
                number,
                title.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-")));
        return new SyntheticArticle(published, url, "Synthetic Wire", symbol, title, summary);
    }

    private static int tone(Signal signal) {
        return switch (signal) {
            case SELL -> 0;
            case HOLD -> HOLD;
            case BUY -> 2;
        };
    }

    private static int below(SeededRandom random, int bound) {
        return (int) (random.uniform() * bound);
    }

    private static String pick(SeededRandom random, String[] of) {
        return of[below(random, of.length)];
    }

    /** The market's reactions to articles in each minute of a day. */
    private static final class FutureReactions {

        private static final int DAY = 1440;
        private static final int WINDOW =
                Math.toIntExact(ReactionSpec.DEFAULT.window().toMinutes());

        private final double[] close = new double[2 * DAY];
        private final double[] sum = new double[2 * DAY + 1];

        FutureReactions(TapeDay today, TapeDay tomorrow) {
            for (int minute = 0; minute < 2 * DAY; minute++) {
                TapeDay day = minute < DAY ? today : tomorrow;
                close[minute] = day.unscaled(Column.CLOSE, minute % DAY) * StrictMath.pow(10, -day.scale(Column.CLOSE));
                sum[minute + 1] = sum[minute] + close[minute];
            }
        }

        /**
         * Returns the reaction to an article in this minute, from 1, in percent: bars before it have closed, its own
         * and later ones have not.
         */
        double percent(int minute) {
            double base = close[minute - 1];
            double mean = (sum[minute + WINDOW] - sum[minute]) / WINDOW;
            return PriceChange.percent(base, mean);
        }
    }
}
