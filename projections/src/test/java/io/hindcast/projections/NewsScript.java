package io.hindcast.projections;

import static io.hindcast.projections.MarketScript.at;

import io.hindcast.api.market.Symbol;
import io.hindcast.api.market.UtcDay;
import io.hindcast.api.model.LabelSpec;
import io.hindcast.api.model.ModelFamily;
import io.hindcast.api.model.ModelId;
import io.hindcast.api.model.ScorerSpec;
import io.hindcast.api.model.Slot;
import io.hindcast.api.model.Slots;
import io.hindcast.api.model.SlotsShifted;
import io.hindcast.api.model.VersionId;
import io.hindcast.api.news.ArticleContentFetched;
import io.hindcast.api.news.ArticleDiscovered;
import io.hindcast.api.news.ArticleId;
import io.hindcast.api.news.ArticleOrigin;
import io.hindcast.api.news.ArticleReactionMeasured;
import io.hindcast.api.news.ArticleRevised;
import io.hindcast.api.news.ArticleScored;
import io.hindcast.api.news.ArticleSymbolsAdded;
import io.hindcast.api.news.ArticleUrl;
import io.hindcast.api.news.HeadlineDayId;
import io.hindcast.api.news.HeadlineFiled;
import io.hindcast.api.news.NearDuplicate;
import io.hindcast.api.news.PublishedTime;
import io.hindcast.api.news.ReactionSpec;
import io.hindcast.api.news.VersionScore;
import io.hindcast.api.prediction.BackfillDayId;
import io.hindcast.api.prediction.BackfillScoresRecorded;
import io.hindcast.api.prediction.BackfilledScores;
import io.hindcast.api.prediction.PredictionOrigin;
import io.hindcast.api.prediction.Probabilities;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Adds events of articles about one market to a {@link MarketScript}. */
public final class NewsScript {

    public static final ScorerSpec SCORER = new ScorerSpec("onnxruntime", "1");

    private final MarketScript script;

    public NewsScript(MarketScript script) {
        this.script = script;
    }

    private ArticleUrl url(String name) {
        return new ArticleUrl("https://example.com/" + script.symbol() + "/" + name);
    }

    public ArticleId id(String name) {
        return ArticleId.of(url(name));
    }

    public VersionId version(int number) {
        return new ModelId(ModelFamily.TRL, script.symbol()).version(number);
    }

    private NewsScript event(String name, Object payload) {
        script.event("Article", id(name).toString(), payload);
        return this;
    }

    /** Adds an article about the market, seen when it was published. */
    public NewsScript article(String name, String title, String summary, Instant published) {
        return article(name, title, summary, published, published, Optional.empty());
    }

    public NewsScript article(
            String name,
            String title,
            String summary,
            Instant published,
            Instant firstSeen,
            Optional<NearDuplicate> duplicateOf) {
        HeadlineDayId day = HeadlineDayId.holding(firstSeen);
        ArticleId original = duplicateOf.map(NearDuplicate::original).orElse(id(name));
        script.event(
                "HeadlineDay",
                day + ":" + script.symbol(),
                new HeadlineFiled(day, id(name), title, List.of(script.symbol()), original, firstSeen));
        return event(
                name,
                new ArticleDiscovered(
                        id(name),
                        url(name),
                        "archive:test",
                        name.startsWith("herald") ? "Herald" : "Example",
                        List.of(script.symbol()),
                        title,
                        summary,
                        PublishedTime.stated(published),
                        firstSeen.equals(published) ? ArticleOrigin.HISTORY : ArticleOrigin.LIVE,
                        firstSeen,
                        duplicateOf));
    }

    public NewsScript body(String name, String body, Instant fetchedAt) {
        return event(name, new ArticleContentFetched(id(name), body, fetchedAt));
    }

    public NewsScript revised(String name, int revision, String title, String summary, Instant knownAt) {
        return event(name, new ArticleRevised(id(name), revision, title, summary, Optional.empty(), knownAt));
    }

    public NewsScript about(String name, Symbol symbol, Instant knownAt) {
        return event(name, new ArticleSymbolsAdded(id(name), "yahoo", List.of(symbol), knownAt));
    }

    public NewsScript measured(String name, double percent, Instant measuredAt) {
        return event(
                name,
                new ArticleReactionMeasured(
                        id(name),
                        script.symbol(),
                        ReactionSpec.DEFAULT,
                        new BigDecimal("40000.5"),
                        40000.5 * (1 + percent / 100),
                        720,
                        percent,
                        ReactionSpec.DEFAULT.signal(percent),
                        measuredAt));
    }

    /** Adds scores of the first {@code versions} versions; the n-th has {@code buy / n} as the probability of BUY. */
    public NewsScript scored(String name, int reading, int versions, double buy, Instant recordedAt) {
        List<VersionScore> scores = IntStream.rangeClosed(1, versions)
                .mapToObj(n ->
                        new VersionScore(version(n), SCORER, new Probabilities(1 - buy / n - 0.125, 0.125, buy / n)))
                .toList();
        return event(
                name,
                new ArticleScored(id(name), reading, scores, PredictionOrigin.LIVE, recordedAt, false, recordedAt));
    }

    /**
     * Adds a backfill's scores of texts that became known at the same moment.
     *
     * @param names of articles, followed by the number of the text unless it is 0
     */
    public NewsScript backfilled(int version, Instant knownAt, String... names) {
        int n = names.length;
        BackfillDayId day = new BackfillDayId(version(version), UtcDay.of(knownAt));
        script.event(
                "BackfillDay",
                day.toString(),
                new BackfillScoresRecorded(
                        day,
                        SCORER,
                        knownAt.plusSeconds(60),
                        new BackfilledScores(
                                Stream.of(names)
                                        .map(name -> id(name.substring(0, 1)))
                                        .toList(),
                                Stream.of(names)
                                        .map(name -> name.length() == 1 ? 0 : Integer.valueOf(name.substring(1)))
                                        .toList(),
                                Collections.nCopies(n, knownAt),
                                Collections.nCopies(n, knownAt),
                                Stream.of(names).map("c"::equals).toList(),
                                Collections.nCopies(n, 0.25),
                                Collections.nCopies(n, 0.5),
                                Collections.nCopies(n, 0.25))));
        return this;
    }

    /** Makes versions 1 to {@code number} live, the first as baseline and the last as current version. */
    public NewsScript models(int number, Instant trainedAt) {
        for (int n = 1; n <= number; n++) {
            String model = version(n).model().toString();
            script.event("Model", model, MarketScript.registered(version(n), new LabelSpec(720, 0.5), trainedAt));
            Map<Slot, Integer> live = new HashMap<>(Map.of(Slot.BASELINE, 1));
            if (n > 1) {
                live.put(Slot.CURRENT, n);
            }
            script.event("Model", model, new SlotsShifted(version(n), new Slots(live), trainedAt));
        }
        return this;
    }

    /** Adds articles that are corrected, repeated, seen late, about a second market, scored and measured. */
    void articles(LocalDate first, LocalDate last) {
        article("a", "Bitcoin rises", "It rose.", at(first, 100));
        article("b", "Bitcoin rises again", "", at(first, 200));
        article(
                "c",
                "Bitcoin rises again today",
                "",
                at(first, 190),
                at(first, 260),
                Optional.of(new NearDuplicate(id("b"), 0.75)));
        body("b", "A long text.\n\nIn paragraphs.", at(first, 201));
        scored("a", 0, 2, 0.5, at(first, 101)).scored("b", 0, 2, 0.25, at(first, 201));
        scored("b", 1, 2, 0.75, at(first, 202)).scored("c", 0, 1, 0.75, at(first, 261));
        // The lane of version 1 scored "c" before its backfill did, and scores "b" again after it.
        backfilled(3, at(first, 260), "c", "a").backfilled(1, at(first, 260), "c");
        backfilled(1, at(first, 400), "b2");
        about("a", new Symbol("XRPUSDT"), at(first, 300));
        revised("b", 1, "Bitcoin falls", "It fell.", at(first, 400)).scored("b", 2, 1, 0.125, at(first, 402));
        measured("a", 0.75, at(first, 820)).measured("b", -0.75, at(first, 921));
        article("d", "Quiet day", "Nothing happened.", at(last, 5));
        scored("d", 0, 2, 0.25, at(last, 5));
    }
}
