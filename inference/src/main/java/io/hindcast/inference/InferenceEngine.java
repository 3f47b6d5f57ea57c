package io.hindcast.inference;

import io.hindcast.inference.article.ArticleFollower;
import io.hindcast.inference.backfill.BackfillFollower;
import io.hindcast.inference.prediction.CandleFollower;
import io.hindcast.inference.reaction.ReactionMeasurer;
import io.hindcast.inference.replay.AuditFollower;
import org.springframework.context.SmartLifecycle;

/**
 * The event handlers of this room with the threads and models that they use. They are not beans themselves, because
 * Axon's Spring support would register them a second time.
 *
 * <p>Spring starts and stops the threads; {@link #close} frees everything and is called last.
 */
final class InferenceEngine implements SmartLifecycle, AutoCloseable {

    private final CandleFollower candles;
    private final ArticleFollower articles;
    private final ReactionMeasurer reactions;
    private final BackfillFollower backfills;
    private final AuditFollower audits;

    InferenceEngine(
            CandleFollower candles,
            ArticleFollower articles,
            ReactionMeasurer reactions,
            BackfillFollower backfills,
            AuditFollower audits) {
        this.candles = candles;
        this.articles = articles;
        this.reactions = reactions;
        this.backfills = backfills;
        this.audits = audits;
    }

    CandleFollower candles() {
        return candles;
    }

    ArticleFollower articles() {
        return articles;
    }

    ReactionMeasurer reactions() {
        return reactions;
    }

    BackfillFollower backfills() {
        return backfills;
    }

    AuditFollower audits() {
        return audits;
    }

    @Override
    public void start() {
        articles.start();
        reactions.start();
        backfills.start();
        audits.start();
    }

    @Override
    public void stop() {
        articles.stop();
        reactions.stop();
        backfills.stop();
        audits.stop();
    }

    @Override
    public boolean isRunning() {
        return articles.isRunning() || reactions.isRunning() || backfills.isRunning() || audits.isRunning();
    }

    @Override
    public void close() {
        candles.close();
        backfills.close();
        audits.close();
    }
}
