package io.hindcast.ml.trl;

import io.hindcast.api.model.LabelSpec;
import io.hindcast.ml.RandomMarket;
import io.hindcast.ml.feature.Bar;
import io.hindcast.ml.feature.KnownBar;
import io.hindcast.ml.label.ArticleReactions;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * A generated market that mostly follows articles: one appears every 25 minutes, and in four of five cases the price
 * then moves in the direction of its words for 20 minutes. Falls may be rarer and larger than rises, as in real
 * markets.
 */
final class NewsDrivenMarket {

    static final LabelSpec LABEL = new LabelSpec(20, 0.6);

    private static final int APART = 25;
    private static final String[][] WORDS = {
        {"falls", "plunges", "hack", "ban", "fear", "outflow"},
        {"steady", "flat", "quiet", "waits", "range", "unchanged"},
        {"rises", "soars", "adoption", "record", "hope", "inflow"}
    };
    private static final String[] FILLERS = {
        "bitcoin", "the", "market", "on", "tuesday", "traders", "say", "as", "exchange", "week", "token", "after"
    };

    private final List<NewsArticle> articles = new ArrayList<>();
    private final List<KnownBar> bars = new ArrayList<>();

    NewsDrivenMarket(int count, long seed) {
        this(count, seed, 0.8, 1);
    }

    /**
     * @param follows share of the articles whose words the price follows; after the others it moves at random
     * @param falls factor by which falls are larger than rises, and rarer without informative articles
     */
    NewsDrivenMarket(int count, long seed, double follows, double falls) {
        RandomGenerator random = RandomMarket.random(seed);
        double close = 20_000;
        int minute = 0;
        for (int i = 0; i <= count; i++) {
            int mood = random.nextInt(3);
            boolean follow = random.nextDouble() < follows;
            int anything = random.nextInt(3);
            boolean rather = random.nextDouble() * falls >= 1;
            int move = follow ? mood : anything == 0 && rather ? 2 : anything;
            double drift = move == 1
                    ? (random.nextBoolean() ? 1 : -1) * random.nextDouble(0.0003, 0.0005)
                    : (move - 1) * (move == 0 ? falls : 1) * random.nextDouble(0.0008, 0.0018);
            if (i > 0) {
                articles.add(article(i, mood, RandomMarket.MIDNIGHT + minute * RandomMarket.MINUTE, random));
            }
            for (int k = 0; k < APART; k++) {
                double change = (k < LABEL.horizonBars() ? drift : 0) + 0.00002 * random.nextGaussian();
                close = Math.rint(close * (1 + change) * 100) / 100;
                long open = RandomMarket.MIDNIGHT + minute++ * RandomMarket.MINUTE;
                Bar bar = new Bar(open, close, close, close, close, 1, close, 1, 0.5, close / 2);
                bars.add(KnownBar.atClose(bar));
            }
        }
    }

    private static NewsArticle article(int number, int mood, long published, RandomGenerator random) {
        StringBuilder title = new StringBuilder("Bitcoin");
        for (int i = 0; i < 2; i++) {
            title.append(' ').append(WORDS[mood][random.nextInt(WORDS[mood].length)]);
        }
        StringBuilder body = new StringBuilder();
        for (int i = 0; i < 4 + random.nextInt(4); i++) {
            body.append(FILLERS[random.nextInt(FILLERS.length)]).append(' ');
        }
        body.append(WORDS[mood][random.nextInt(WORDS[mood].length)]);
        return new NewsArticle("https://example.org/" + number, title.toString(), body.toString(), published);
    }

    List<NewsArticle> articles() {
        return articles;
    }

    ArticleReactions reactions() {
        return new ArticleReactions(LABEL, bars);
    }
}
