package io.hindcast.inference.news;

import io.hindcast.api.market.CandleSource;
import io.hindcast.api.market.CandlesRecorded;
import io.hindcast.api.model.LogPosition;
import io.hindcast.api.model.ModelEvent;
import io.hindcast.api.model.ModelFamily;
import io.hindcast.api.news.ArticleContentFetched;
import io.hindcast.api.news.ArticleDiscovered;
import io.hindcast.api.news.ArticleOrigin;
import io.hindcast.api.news.ArticleRevised;
import io.hindcast.api.news.ArticleSymbolsAdded;
import io.hindcast.inference.prediction.CandleFollower;
import org.axonframework.config.ProcessingGroup;
import org.axonframework.eventhandling.DisallowReplay;
import org.axonframework.eventhandling.EventHandler;
import org.axonframework.eventhandling.SequenceNumber;

/**
 * Wakes those who work on articles. Events only say that there is something to do: what it is, the log says, also after
 * any stop, so nothing of it is in this processor's batch, which candles wait for.
 */
@ProcessingGroup(CandleFollower.PROCESSOR)
@DisallowReplay
public final class NewsHandler {

    private final ReactionMeasurer reactions;
    private final ArticleFollower articles;

    public NewsHandler(ReactionMeasurer reactions, ArticleFollower articles) {
        this.reactions = reactions;
        this.articles = articles;
    }

    /** A market's time is the latest close of a bar that is no history, for history comes in any order. */
    @EventHandler
    public void on(CandlesRecorded event, @SequenceNumber long sequence) {
        articles.candlesRecorded(
                event.symbol(), new LogPosition(event.marketDay().toString(), sequence));
        int rows = event.candles().size();
        if (event.source() != CandleSource.HISTORY && rows > 0) {
            reactions.marketReached(
                    event.symbol(),
                    event.candles().openTime(event.day(), rows - 1).plusSeconds(60));
        }
    }

    @EventHandler
    public void on(ModelEvent event) {
        if (event.version().model().family() == ModelFamily.TRL) {
            articles.modelsChanged(event.version().model().symbol());
        }
    }

    /** History is left to versions that make up for it. */
    @EventHandler
    public void on(ArticleDiscovered event) {
        if (event.origin() == ArticleOrigin.LIVE) {
            articles.read(event.articleId());
        }
    }

    @EventHandler
    public void on(ArticleSymbolsAdded event) {
        articles.read(event.articleId());
    }

    @EventHandler
    public void on(ArticleContentFetched event) {
        articles.read(event.articleId());
    }

    @EventHandler
    public void on(ArticleRevised event) {
        articles.read(event.articleId());
    }
}
