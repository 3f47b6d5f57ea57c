package io.hindcast.projections;

import io.hindcast.api.market.CandlesRecorded;
import io.hindcast.api.market.GapConfirmed;
import io.hindcast.api.market.GapDetected;
import io.hindcast.api.market.GapRepaired;
import io.hindcast.api.market.MarketEvent;
import io.hindcast.api.market.MarketOpened;
import io.hindcast.api.market.MarketWentLive;
import io.hindcast.api.market.Symbol;
import io.hindcast.api.model.ModelEvent;
import io.hindcast.api.news.NewsEvent;
import io.hindcast.api.prediction.PredictionsRecorded;
import io.hindcast.api.training.TrainingEvent;
import io.hindcast.projections.market.CandleProjection;
import io.hindcast.projections.market.MarketProjection;
import io.hindcast.projections.model.ModelProjection;
import io.hindcast.projections.news.ArticleProjection;
import io.hindcast.projections.prediction.PredictionProjection;
import io.hindcast.projections.training.TrainingProjection;
import io.hindcast.readmodel.ReadModelBuild;
import io.hindcast.readmodel.TableWriter;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.TreeMap;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.EventHandlerInvoker;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.Segment;
import org.axonframework.messaging.unitofwork.CurrentUnitOfWork;
import org.axonframework.messaging.unitofwork.UnitOfWork;
import org.springframework.jdbc.core.JdbcOperations;

/**
 * Turns the log into the tables of one build. All events of a symbol, and of an article, are one sequence, in the order
 * of the log; what they write is collected and goes to the database at the end of the batch, in the transaction that
 * also moves the token.
 *
 * <p>An event that cannot be written stops its segment, which tries again and falls behind, for all to see: a read
 * model that had stepped over it would not be a function of the log any more.
 */
final class ReadModelProjector implements EventHandlerInvoker {

    /** Rows held back at most, so that a batch of whole days does not fill the memory. */
    private static final int MAX_BUFFERED_ROWS = 50_000;

    private static final String BATCH = ReadModelProjector.class.getName() + ".batch";

    private final TableWriter tables;
    private final MarketProjection markets;
    private final ModelProjection models;
    private final TrainingProjection trainings;
    private final ArticleProjection articles;

    ReadModelProjector(JdbcOperations jdbc, ReadModelBuild build) {
        this.tables = new TableWriter(jdbc, build);
        this.markets = new MarketProjection(tables);
        this.models = new ModelProjection(tables);
        this.trainings = new TrainingProjection(tables);
        this.articles = new ArticleProjection(tables);
    }

    @Override
    public boolean canHandleType(Class<?> type) {
        return MarketEvent.class.isAssignableFrom(type)
                || PredictionsRecorded.class.isAssignableFrom(type)
                || ModelEvent.class.isAssignableFrom(type)
                || TrainingEvent.class.isAssignableFrom(type)
                || NewsEvent.class.isAssignableFrom(type);
    }

    @Override
    public boolean canHandle(EventMessage<?> event, Segment segment) {
        return canHandleType(event.getPayloadType())
                && segment.matches(sequenceOf(event).hashCode());
    }

    @Override
    public void handle(EventMessage<?> event, Segment segment) {
        if (canHandle(event, segment)) {
            Batch batch = batch();
            batch.handle(event.getPayload());
        }
    }

    private Batch batch() {
        UnitOfWork<?> work = CurrentUnitOfWork.get().root();
        return work.getOrComputeResource(BATCH, key -> {
            Batch batch = new Batch();
            work.onPrepareCommit(ignored -> batch.flush());
            return batch;
        });
    }

    /**
     * The symbol or the article, by the aggregate's identity where that holds it, so that the thread that hands events
     * out need not read their payloads.
     */
    private static String sequenceOf(EventMessage<?> event) {
        if (event instanceof DomainEventMessage<?> domainEvent && domainEvent.getType() != null) {
            String[] parts = domainEvent.getAggregateIdentifier().split(":", 4);
            switch (domainEvent.getType()) {
                case "MarketDay" -> {
                    return parts[0];
                }
                case "Market", "PredictionDay", "Model", "TrainingProgram" -> {
                    return parts[1];
                }
                case "Article", "HeadlineDay" -> {
                    return domainEvent.getAggregateIdentifier();
                }
                default -> {
                    // Of another kind of aggregate: the payload knows.
                }
            }
        }
        return sequenceIn(event.getPayload());
    }

    private static String sequenceIn(Object payload) {
        return switch (payload) {
            case MarketEvent event -> event.symbol().value();
            case PredictionsRecorded event -> event.symbol().value();
            case ModelEvent event -> event.version().model().symbol().value();
            case TrainingEvent event -> event.symbol().value();
            case NewsEvent event -> event.articleId().value();
            default -> throw new IllegalArgumentException("no read model is made of " + payload.getClass());
        };
    }

    /** What one transaction writes, by symbol. */
    private final class Batch {

        private final NavigableMap<Symbol, OfSymbol> symbols = new TreeMap<>();

        private final class OfSymbol {
            final CandleProjection candles;
            final PredictionProjection predictions;

            OfSymbol(Symbol symbol) {
                candles = new CandleProjection(tables, symbol);
                predictions = new PredictionProjection(tables, symbol);
            }

            void flush() {
                predictions.flush(candles.flush());
            }
        }

        void handle(Object payload) {
            switch (payload) {
                case CandlesRecorded event -> {
                    OfSymbol of = of(event.symbol());
                    of.candles.add(event);
                    flushIfFull(of);
                }
                case PredictionsRecorded event -> {
                    OfSymbol of = of(event.symbol());
                    of.predictions.add(event);
                    flushIfFull(of);
                }
                case MarketOpened event -> markets.on(event);
                case MarketWentLive event -> markets.on(event);
                case GapDetected event -> markets.on(event);
                case GapRepaired event -> markets.on(event);
                case GapConfirmed event -> markets.on(event);
                case ModelEvent event -> models.on(event);
                case TrainingEvent event -> trainings.on(event);
                case NewsEvent event -> articles.on(event);
                default -> throw new IllegalArgumentException("no read model is made of " + payload.getClass());
            }
        }

        private OfSymbol of(Symbol symbol) {
            return Objects.requireNonNull(symbols.computeIfAbsent(symbol, OfSymbol::new));
        }

        private void flushIfFull(OfSymbol of) {
            if (of.candles.size() + of.predictions.size() >= MAX_BUFFERED_ROWS) {
                of.flush();
            }
        }

        void flush() {
            symbols.values().forEach(OfSymbol::flush);
        }
    }
}
