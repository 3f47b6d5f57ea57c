package io.hindcast.api.news;

import io.hindcast.api.market.Symbol;
import io.hindcast.api.prediction.PredictionOrigin;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.axonframework.serialization.Revision;

/**
 * Versions of one symbol scored a text of an article; those that did so together are in one event.
 *
 * @param reading number of the text: 0 as discovered, n after its n-th change, be it that the body was fetched or that
 *     something was corrected
 * @param scores one or more, each version once
 * @param origin of all scores
 * @param firstSeen when the article was known here to be about the symbol
 * @param repeats whether the article repeats the news of another one, in which case bars never see its scores
 * @param recordedAt market time
 */
@Revision("1")
public record ArticleScored(
        ArticleId articleId,
        int reading,
        List<VersionScore> scores,
        PredictionOrigin origin,
        Instant firstSeen,
        boolean repeats,
        Instant recordedAt)
        implements NewsEvent {

    /**
     * Time after a text became known within which its score counts as live. A later score has seen a noticeable part of
     * the twelve hours that it predicts.
     */
    public static final Duration LIVE_WITHIN = Duration.ofMinutes(5);

    public ArticleScored {
        scores = List.copyOf(scores);
    }

    public TextId text() {
        return new TextId(articleId, reading);
    }

    /** Returns the symbol whose bars may come to see these scores. */
    public Symbol symbol() {
        return scores.getFirst().version().model().symbol();
    }

    @Override
    public Instant knownAt() {
        return recordedAt;
    }
}
