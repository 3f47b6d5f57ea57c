package io.hindcast.inference;

import io.hindcast.api.RefusedException;
import io.hindcast.api.market.CandlesRecorded;
import io.hindcast.api.market.FindMarkets;
import io.hindcast.api.market.Interval;
import io.hindcast.api.market.MarketOrigin;
import io.hindcast.api.market.MarketView;
import io.hindcast.api.market.MarketViews;
import io.hindcast.api.market.MarketWentLive;
import io.hindcast.api.market.PriceChange;
import io.hindcast.api.news.ApplyScore;
import io.hindcast.api.news.ArticleContentFetched;
import io.hindcast.api.news.ArticleDiscovered;
import io.hindcast.api.news.ArticleId;
import io.hindcast.api.news.ArticleOrigin;
import io.hindcast.api.news.ArticleReactionMeasured;
import io.hindcast.api.news.ArticleScored;
import io.hindcast.api.news.ArticleUrl;
import io.hindcast.api.news.FindUnmeasuredArticles;
import io.hindcast.api.news.HeadlineDayId;
import io.hindcast.api.news.HeadlineFiled;
import io.hindcast.api.news.MeasureArticleReaction;
import io.hindcast.api.news.PublishedTime;
import io.hindcast.api.news.RecordArticleScores;
import io.hindcast.api.news.ScoreTookEffect;
import io.hindcast.api.news.UnmeasuredArticle;
import io.hindcast.api.news.UnmeasuredArticles;
import io.hindcast.api.news.VersionScore;
import io.hindcast.api.prediction.PredictionOrigin;
import io.hindcast.api.prediction.PredictionsReceipt;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.axonframework.queryhandling.QueryHandler;
import org.jspecify.annotations.Nullable;

/** News of a {@link TestPlatform}: answers of its read models, with a given delay, and the aggregates' rules. */
final class TestNews {

    private final TestPlatform platform;
    /** Number of the latest measurements that the read models do not show yet. */
    volatile int behind;

    TestNews(TestPlatform platform) {
        this.platform = platform;
    }

    ArticleId article(String name, Instant published, Instant firstSeen) {
        ArticleUrl url = new ArticleUrl("https://example.com/" + name.replace(' ', '-'));
        ArticleId id = ArticleId.of(url);
        HeadlineDayId day = HeadlineDayId.holding(firstSeen);
        platform.append(day.toString(), new HeadlineFiled(day, id, name, List.of(TestPlatform.BTC), id, firstSeen));
        platform.append(
                id.toString(),
                new ArticleDiscovered(
                        id,
                        url,
                        "archive:test",
                        "Example",
                        List.of(TestPlatform.BTC),
                        name,
                        "",
                        PublishedTime.stated(published),
                        firstSeen.equals(published) ? ArticleOrigin.HISTORY : ArticleOrigin.LIVE,
                        firstSeen,
                        Optional.empty()));
        return id;
    }

    void body(ArticleId id, String body, Instant fetchedAt) {
        platform.append(id.toString(), new ArticleContentFetched(id, body, fetchedAt));
    }

    List<ArticleScored> scored() {
        return platform.events().stream()
                .map(event -> event.getPayload())
                .filter(ArticleScored.class::isInstance)
                .map(ArticleScored.class::cast)
                .toList();
    }

    /** Rule of the article: a version scores a text once. */
    PredictionsReceipt record(RecordArticleScores command) {
        synchronized (platform) {
            List<VersionScore> fresh = command.scores().stream()
                    .filter(score -> scored().stream()
                            .noneMatch(held -> held.articleId().equals(command.articleId())
                                    && held.reading() == command.reading()
                                    && held.scores().stream()
                                            .anyMatch(one -> one.version().equals(score.version()))))
                    .toList();
            if (!fresh.isEmpty()) {
                platform.append(
                        command.articleId().toString(),
                        new ArticleScored(
                                command.articleId(),
                                command.reading(),
                                fresh,
                                PredictionOrigin.LIVE,
                                discovered(command.articleId()).firstSeenAt(),
                                false,
                                command.recordedAt()));
            }
            return new PredictionsReceipt(fresh.size(), command.scores().size() - fresh.size());
        }
    }

    private ArticleDiscovered discovered(ArticleId id) {
        return platform.events().stream()
                .map(event -> event.getPayload())
                .filter(ArticleDiscovered.class::isInstance)
                .map(ArticleDiscovered.class::cast)
                .filter(article -> article.articleId().equals(id))
                .findFirst()
                .orElseThrow();
    }

    List<ScoreTookEffect> effects() {
        return platform.events().stream()
                .map(event -> event.getPayload())
                .filter(ScoreTookEffect.class::isInstance)
                .map(ScoreTookEffect.class::cast)
                .toList();
    }

    /** Rule of the sentiment day: a text takes effect once. */
    boolean apply(ApplyScore command) {
        synchronized (platform) {
            boolean held = effects().stream()
                    .anyMatch(score -> score.sentimentDay().equals(command.sentimentDay())
                            && score.articleId().equals(command.articleId())
                            && score.reading() == command.reading());
            if (!held) {
                platform.append(
                        command.sentimentDay().toString(),
                        new ScoreTookEffect(
                                command.sentimentDay(),
                                command.articleId(),
                                command.reading(),
                                command.version(),
                                command.firstSeen(),
                                command.from(),
                                command.value()));
            }
            return !held;
        }
    }

    List<ArticleReactionMeasured> measured() {
        return platform.events().stream()
                .map(event -> event.getPayload())
                .filter(ArticleReactionMeasured.class::isInstance)
                .map(ArticleReactionMeasured.class::cast)
                .toList();
    }

    @QueryHandler
    public UnmeasuredArticles handle(FindUnmeasuredArticles query) {
        List<ArticleReactionMeasured> all = measured();
        Set<ArticleId> known = new HashSet<>();
        all.subList(0, Math.max(0, all.size() - behind)).forEach(one -> known.add(one.articleId()));
        Comparator<UnmeasuredArticle> order =
                Comparator.comparing(UnmeasuredArticle::publishedAt).thenComparing(UnmeasuredArticle::articleId);
        List<UnmeasuredArticle> found = new ArrayList<>();
        platform.events().forEach(event -> {
            if (event.getPayload() instanceof ArticleDiscovered article
                    && !known.contains(article.articleId())
                    && !article.published().at().isAfter(query.publishedBy())) {
                found.add(new UnmeasuredArticle(
                        article.articleId(), article.published().at()));
            }
        });
        return new UnmeasuredArticles(found.stream()
                .sorted(order)
                .filter(article -> query.after()
                        .map(after -> order.compare(article, after) > 0)
                        .orElse(true))
                .limit(query.first())
                .toList());
    }

    @QueryHandler
    public MarketViews handle(FindMarkets query) {
        Instant last = null;
        Instant liveFrom = null;
        for (var event : platform.events()) {
            if (event.getPayload() instanceof CandlesRecorded recorded) {
                Instant open = recorded.candles()
                        .openTime(recorded.day(), recorded.candles().size() - 1);
                last = last == null || open.isAfter(last) ? open : last;
            } else if (event.getPayload() instanceof MarketWentLive live) {
                liveFrom = live.liveFrom();
            }
        }
        return new MarketViews(List.of(new MarketView(
                TestPlatform.BTC,
                Interval.ONE_MINUTE,
                MarketOrigin.ARCHIVE,
                "test",
                Optional.ofNullable(liveFrom),
                Optional.empty(),
                Optional.ofNullable(last),
                Optional.empty(),
                0)));
    }

    @Nullable Object measure(MeasureArticleReaction command) {
        synchronized (platform) {
            ArticleDiscovered article = discovered(command.articleId());
            Instant over = article.published().at().plus(command.spec().window());
            if (command.measuredAt().isBefore(over)) {
                throw RefusedException.of("WINDOW_OPEN", "measuredAt", command.measuredAt(), over + " or later");
            }
            if (measured().stream().noneMatch(one -> one.articleId().equals(command.articleId()))) {
                double base = command.baseClose().doubleValue();
                double percent = PriceChange.percent(base, command.meanClose());
                platform.append(
                        command.articleId().toString(),
                        new ArticleReactionMeasured(
                                command.articleId(),
                                command.symbol(),
                                command.spec(),
                                command.baseClose(),
                                command.meanClose(),
                                command.bars(),
                                percent,
                                command.spec().signal(percent),
                                command.measuredAt()));
            }
            return null;
        }
    }
}
