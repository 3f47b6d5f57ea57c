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
 * A market that does what articles say, mostly: every 25 minutes one appears, and in the 20 minutes after it the price
 * goes where its words point, in four of five. Falls may be rarer and larger than rises, as they are where markets are.
 */
final class TalkingMarket {

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

    TalkingMarket(int count, long seed) {
        this(count, seed, 0.8, 1);
    }

    /**
     * @param follows share of the articles whose words the price follows; after the others it goes anywhere
     * @param falls how many times larger falls are than rises, and how many times rarer where nothing is said
     */
    TalkingMarket(int count, long seed, double follows, double falls) {
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
