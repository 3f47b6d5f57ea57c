package io.hindcast.inference.reaction;

import io.hindcast.api.Refusal;
import io.hindcast.api.RefusedException;
import io.hindcast.api.market.Symbol;
import io.hindcast.api.model.LabelSpec;
import io.hindcast.api.news.MeasureArticleReaction;
import io.hindcast.api.news.ReactionSpec;
import io.hindcast.api.news.UnmeasuredArticle;
import io.hindcast.ml.label.ArticleReaction;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Measures a market's reaction to one article and has it recorded. */
final class ReactionRecorder {

    private static final Logger log = LoggerFactory.getLogger(ReactionRecorder.class);

    /** Time for which a window with missing bars waits for their repair. */
    static final Duration GRACE = Duration.ofHours(1);

    private static final long ANSWER_SECONDS = 10;

    private final ReactionSpec spec;
    private final LabelSpec label;
    private final LiveMarkets markets;
    private final CommandGateway commands;
    private final InstantSource marketClock;
    private final Counter measured;

    ReactionRecorder(
            ReactionSpec spec,
            LabelSpec label,
            LiveMarkets markets,
            CommandGateway commands,
            InstantSource marketClock,
            MeterRegistry meters) {
        this.spec = spec;
        this.label = label;
        this.markets = markets;
        this.commands = commands;
        this.marketClock = marketClock;
        this.measured = Counter.builder("hindcast.news.reactions")
                .description("Reactions of markets to articles that were measured")
                .register(meters);
    }

    /**
     * Measures a reaction unless missing bars may still arrive.
     *
     * @param time market time that the symbol's bars have reached
     * @return false if the article must be looked at again later
     */
    boolean record(Symbol symbol, UnmeasuredArticle article, ReactionWindows windows, Instant time)
            throws InterruptedException, ExecutionException, TimeoutException {
        Instant over = article.publishedAt().plus(spec.window());
        Optional<ArticleReaction> found = windows.after(article.publishedAt());
        boolean complete = found.isPresent() && found.get().bars() >= label.horizonBars();
        if (!complete && time.isBefore(over.plus(GRACE))) {
            return false;
        }
        if (found.isPresent()) {
            ArticleReaction reaction = found.get();
            send(new MeasureArticleReaction(
                    article.articleId(),
                    symbol,
                    spec,
                    BigDecimal.valueOf(reaction.base()),
                    reaction.mean(),
                    reaction.bars(),
                    measuredAt(symbol, over)));
        } else {
            log.info(
                    "The reaction of {} to {} cannot be measured: too many bars are missing",
                    symbol,
                    article.articleId());
        }
        return true;
    }

    /** A window that ended before the market went live counts as known at its end, any other when it is measured. */
    private Instant measuredAt(Symbol symbol, Instant over)
            throws InterruptedException, ExecutionException, TimeoutException {
        Instant floor = over.truncatedTo(ChronoUnit.MILLIS);
        Instant earliest = floor.equals(over) ? over : floor.plusMillis(1);
        Instant liveFrom = markets.liveFrom(symbol);
        Instant now = marketClock.instant();
        return earliest.isAfter(liveFrom) && now.isAfter(earliest) ? now : earliest;
    }

    private void send(MeasureArticleReaction command)
            throws InterruptedException, ExecutionException, TimeoutException {
        try {
            commands.send(command).get(ANSWER_SECONDS, TimeUnit.SECONDS);
            measured.increment();
        } catch (ExecutionException e) {
            Refusal refusal = RefusedException.in(e);
            if (refusal == null) {
                throw e;
            }
            log.warn("A reaction was refused: {}", refusal.message());
        }
    }
}
