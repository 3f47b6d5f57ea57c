package io.hindcast.query;

import static io.hindcast.projections.MarketScript.at;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.hindcast.api.HindcastJson;
import io.hindcast.api.RefusedException;
import io.hindcast.api.comparison.FindComparison;
import io.hindcast.api.comparison.FindCoverage;
import io.hindcast.api.comparison.FindDisagreements;
import io.hindcast.api.comparison.FindRollingScores;
import io.hindcast.api.market.FindCandles;
import io.hindcast.api.market.FindGaps;
import io.hindcast.api.market.FindMarket;
import io.hindcast.api.market.FindMarkets;
import io.hindcast.api.market.Symbol;
import io.hindcast.api.model.FindBackfills;
import io.hindcast.api.model.FindModelEvents;
import io.hindcast.api.model.FindModelVersion;
import io.hindcast.api.model.FindModels;
import io.hindcast.api.model.FindSlots;
import io.hindcast.api.model.ModelFamily;
import io.hindcast.api.news.FindArticle;
import io.hindcast.api.news.FindArticles;
import io.hindcast.api.news.FindSentiment;
import io.hindcast.api.prediction.FindPerformance;
import io.hindcast.api.prediction.FindPredictions;
import io.hindcast.api.prediction.FindSignals;
import io.hindcast.api.prediction.PerformanceKind;
import io.hindcast.api.training.FindLearningCurves;
import io.hindcast.api.training.FindTrainingCycles;
import io.hindcast.api.training.TrainingRunId;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.Function;
import org.axonframework.messaging.responsetypes.ResponseTypes;
import org.axonframework.queryhandling.GenericQueryMessage;
import org.junit.jupiter.api.Test;

/** The answer of every query as of a moment is the answer that it gave at that moment, whatever is recorded later. */
class TimeTravelTest {

    private static final Instant FROM = at(RandomPast.HISTORY, 0);
    private static final Instant TO = at(RandomPast.LIVE, 2 * 1440);

    /** Every query that takes a moment, by a description. */
    private static Map<String, Function<Optional<Instant>, Object>> queries(RandomPast past) {
        Symbol symbol = past.script.symbol();
        Map<String, Function<Optional<Instant>, Object>> queries = new LinkedHashMap<>();
        queries.put("markets", FindMarkets::new);
        queries.put("market", asOf -> new FindMarket(symbol, asOf));
        for (int points : new int[] {600, 300, 100, 10, 3}) {
            queries.put("candles " + points, asOf -> new FindCandles(symbol, FROM, TO, points, asOf));
            queries.put("signals " + points, asOf -> new FindSignals(symbol, FROM, TO, points, asOf));
        }
        Instant noon = at(RandomPast.LIVE, 720);
        Instant evening = at(RandomPast.LIVE, 1080);
        queries.put("bars", asOf -> new FindCandles(symbol, noon, evening, 360, asOf));
        queries.put("signals of bars", asOf -> new FindSignals(symbol, noon, evening, 360, asOf));
        queries.put("sentiment", asOf -> new FindSentiment(symbol, FROM, TO, 80, asOf));
        queries.put("gaps", asOf -> new FindGaps(symbol, 500, Optional.empty(), asOf));
        queries.put(
                "predictions",
                asOf -> new FindPredictions(symbol, Optional.empty(), noon, evening, asOf, 2000, Optional.empty()));
        queries.put(
                "predictions of version 2",
                asOf -> new FindPredictions(
                        symbol, Optional.of(past.script.version(2)), noon, evening, asOf, 2000, Optional.empty()));
        queries.put("performance", asOf -> new FindPerformance(symbol, FROM, TO, 0.001, false, asOf));
        queries.put(
                "performance of part of a day, with late predictions",
                asOf -> new FindPerformance(
                        symbol, at(RandomPast.LIVE, 77), at(RandomPast.LIVE, 1777), 0.001, true, asOf));
        queries.put("comparison", asOf -> comparison(past, asOf));
        queries.put("disagreements", asOf -> new FindDisagreements(comparison(past, asOf), 100, Optional.empty()));
        queries.put(
                "coverage",
                asOf -> new FindCoverage(past.script.version(1), noon, evening, TO, PerformanceKind.LIVE, 0.001, asOf));
        queries.put("rolling scores", asOf -> new FindRollingScores(past.script.version(2), FROM, TO, 2, 0.001, asOf));
        queries.put("models", asOf -> new FindModels(symbol, asOf));
        queries.put("version 2", asOf -> new FindModelVersion(past.script.version(2), asOf));
        queries.put("slots", asOf -> new FindSlots(symbol, asOf));
        queries.put(
                "model history",
                asOf -> new FindModelEvents(symbol, Optional.empty(), Optional.empty(), 200, Optional.empty(), asOf));
        queries.put(
                "backfills", asOf -> new FindBackfills(List.of(past.script.version(1), past.script.version(2)), asOf));
        queries.put("cycles", asOf -> new FindTrainingCycles(symbol, 50, Optional.empty(), asOf));
        queries.put(
                "learning curves",
                asOf -> new FindLearningCurves(new TrainingRunId(symbol, 1, ModelFamily.LIGHTGBM, 1), asOf));
        queries.put("articles", asOf -> articles(Optional.empty(), Optional.empty(), asOf));
        queries.put(
                "articles about another symbol",
                asOf -> articles(Optional.of(new Symbol("XRPUSDT")), Optional.empty(), asOf));
        queries.put("search", asOf -> articles(Optional.of(symbol), Optional.of("falling bitcoin"), asOf));
        queries.put("article", asOf -> new FindArticle(past.news.id("n0"), asOf));
        return queries;
    }

    private static FindComparison comparison(RandomPast past, Optional<Instant> asOf) {
        return new FindComparison(
                past.script.version(1),
                past.script.version(2),
                FROM,
                TO,
                Optional.empty(),
                PerformanceKind.LANE,
                PerformanceKind.LANE,
                0.001,
                asOf);
    }

    private static FindArticles articles(Optional<Symbol> symbol, Optional<String> text, Optional<Instant> asOf) {
        return new FindArticles(
                symbol, Optional.empty(), Optional.empty(), Optional.empty(), text, true, 500, Optional.empty(), asOf);
    }

    private static Map<String, String> answers(TestQueries queries, RandomPast past, Optional<Instant> asOf) {
        Map<String, String> answers = new LinkedHashMap<>();
        queries(past).forEach((name, query) -> answers.put(name, answer(queries, query.apply(asOf))));
        return answers;
    }

    private static String answer(TestQueries queries, Object query) {
        var response = queries.bus
                .query(new GenericQueryMessage<>(query, ResponseTypes.instanceOf(Object.class)))
                .join();
        if (response.isExceptional()) {
            // Such as a comparison while there is nothing to compare: a refusal is an answer like any other.
            return Objects.requireNonNull(RefusedException.in(response.exceptionResult()))
                    .message();
        }
        try {
            return HindcastJson.mapper().writeValueAsString(response.getPayload());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void whatWasAnsweredOnceIsAnsweredAgainAsOfThatMoment() {
        // One past is enough for every build; more can be asked for with -Dhindcast.pasts=20.
        for (long seed = 1; seed <= Long.getLong("hindcast.pasts", 1); seed++) {
            try (TestQueries queries = new TestQueries(Duration.ZERO)) {
                compare(queries, new RandomPast(seed), seed);
            }
        }
    }

    private static void compare(TestQueries queries, RandomPast past, long seed) {
        NavigableMap<Instant, Map<String, String>> recorded = new TreeMap<>();
        Map<String, String> empty = answers(queries, past, Optional.empty());
        SplittableRandom random = new SplittableRandom(seed);
        while (past.hasNext()) {
            queries.publish(past.next());
            queries.marketTime = past.now();
            recorded.put(past.now(), answers(queries, past, Optional.empty()));
            // A moment at which nobody asked: the answer must not change later either.
            Instant before = past.now().minusSeconds(1 + random.nextInt(7200));
            recorded.putIfAbsent(before, answers(queries, past, Optional.of(before)));
        }
        queries.marketTime = TO.plus(Duration.ofDays(30));
        recorded.forEach((moment, answers) -> answers(queries, past, Optional.of(moment))
                .forEach((name, answer) -> assertThat(answer)
                        .as("%s as of %s, seed %d", name, moment, seed)
                        .isEqualTo(answers.get(name))));
        assertThat(recorded.lastEntry().getValue())
                .allSatisfy((name, answer) -> assertThat(recorded.values().stream()
                                .map(answers -> answers.get(name))
                                .distinct())
                        .as("answers to %s, which is to change in time", name)
                        .hasSizeGreaterThan(1));
        Map<String, String> now = answers(queries, past, Optional.empty());
        assertThat(answers(queries, past, Optional.of(TO.plus(Duration.ofDays(3000)))))
                .isEqualTo(now);
        assertThat(answers(queries, past, Optional.of(FROM.minus(Duration.ofDays(1)))))
                .isEqualTo(empty);
    }
}
