package io.hindcast.projections;

import io.hindcast.api.audit.AuditEvent;
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
import io.hindcast.api.prediction.BackfillDayRecorded;
import io.hindcast.api.prediction.BackfillEvent;
import io.hindcast.api.prediction.BackfillScoresRecorded;
import io.hindcast.api.prediction.PredictionsRecorded;
import io.hindcast.api.rental.RentalBudgetId;
import io.hindcast.api.rental.RentalEvent;
import io.hindcast.api.training.TrainingEvent;
import io.hindcast.api.training.TrainingProgressRecorded;
import io.hindcast.projections.audit.AuditProjection;
import io.hindcast.projections.market.CandleProjection;
import io.hindcast.projections.market.MarketProjection;
import io.hindcast.projections.model.ModelProjection;
import io.hindcast.projections.news.ArticleProjection;
import io.hindcast.projections.prediction.BackfillDays;
import io.hindcast.projections.prediction.PredictionProjection;
import io.hindcast.projections.rental.RentalProjection;
import io.hindcast.projections.training.TrainingProjection;
import io.hindcast.readmodel.ReadModelBuild;
import io.hindcast.readmodel.TableWriter;
import java.time.Instant;
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
 * Writes the events of the log to the tables of one build. Events of a symbol, and of an article, are handled in the
 * order of the log by one thread; candles and predictions are collected and written at the end of the batch, in the
 * transaction that also stores the token.
 *
 * <p>Axon calls {@link #canHandle} on the coordinator's thread and {@link #handle} on the workers' threads, one worker
 * per segment; a batch belongs to one worker's unit of work.
 *
 * <p>An event that cannot be written makes its segment retry and fall behind, which metrics and health show: a read
 * model that skipped it would no longer be a function of the log.
 */
final class ReadModelProjector implements EventHandlerInvoker {

    /** Most rows collected before they are written, so that a batch of whole days does not fill the memory. */
    private static final int MAX_BUFFERED_ROWS = 50_000;

    private static final String BATCH = ReadModelProjector.class.getName() + ".batch";

    private final TableWriter tables;
    private final MarketProjection markets;
    private final ModelProjection models;
    private final TrainingProjection training;
    private final RentalProjection rentals;
    private final AuditProjection audits;
    private final ArticleProjection articles;
    private final BackfillDays backfillDays;

    ReadModelProjector(JdbcOperations jdbc, ReadModelBuild build) {
        this.tables = new TableWriter(jdbc, build);
        this.markets = new MarketProjection(tables);
        this.models = new ModelProjection(tables);
        this.training = new TrainingProjection(tables);
        this.rentals = new RentalProjection(tables);
        this.audits = new AuditProjection(tables);
        this.articles = new ArticleProjection(tables);
        this.backfillDays = new BackfillDays(tables);
    }

    @Override
    public boolean canHandleType(Class<?> type) {
        return MarketEvent.class.isAssignableFrom(type)
                || PredictionsRecorded.class.isAssignableFrom(type)
                || BackfillEvent.class.isAssignableFrom(type)
                || ModelEvent.class.isAssignableFrom(type)
                || TrainingEvent.class.isAssignableFrom(type)
                || TrainingProgressRecorded.class.isAssignableFrom(type)
                || RentalEvent.class.isAssignableFrom(type)
                || AuditEvent.class.isAssignableFrom(type)
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
            batch.handle(event);
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
     * Returns the symbol or the article of an event. It is taken from the aggregate's identifier where that contains
     * it, so that the coordinator's thread does not deserialize payloads.
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
                case "BackfillDay", "Audit" -> {
                    return parts[2];
                }
                case "Article", "HeadlineDay", "RentalBudget" -> {
                    return domainEvent.getAggregateIdentifier();
                }
                default -> {
                    // Other aggregates do not have it in their identifier.
                }
            }
        }
        return sequenceIn(event.getPayload());
    }

    /** Returns an event's number in the stream of its aggregate. */
    private static long sequence(EventMessage<?> event) {
        if (event instanceof DomainEventMessage<?> domainEvent) {
            return domainEvent.getSequenceNumber();
        }
        throw new IllegalArgumentException(event.getPayloadType() + " is not an event of an aggregate");
    }

    private static String sequenceIn(Object payload) {
        return switch (payload) {
            case MarketEvent event -> event.symbol().value();
            case PredictionsRecorded event -> event.symbol().value();
            case BackfillEvent event ->
                event.backfillDay().version().model().symbol().value();
            case ModelEvent event -> event.version().model().symbol().value();
            case TrainingEvent event -> event.symbol().value();
            case TrainingProgressRecorded event -> event.run().symbol().value();
            case RentalEvent _ -> RentalBudgetId.ID;
            case AuditEvent event -> event.symbol().value();
            case NewsEvent event -> event.articleId().value();
            default -> throw new IllegalArgumentException("no read model is built from " + payload.getClass());
        };
    }

    /** The rows that one transaction writes, by symbol. */
    private final class Batch {

        private final NavigableMap<Symbol, SymbolBatch> symbols = new TreeMap<>();

        private final class SymbolBatch {
            final CandleProjection candles;
            final PredictionProjection predictions;

            SymbolBatch(Symbol symbol) {
                candles = new CandleProjection(tables, symbol);
                predictions = new PredictionProjection(tables, symbol);
            }

            void flush() {
                predictions.flush(candles.flush());
            }
        }

        void handle(EventMessage<?> message) {
            Instant wall = message.getTimestamp();
            Object payload = message.getPayload();
            switch (payload) {
                case CandlesRecorded event -> {
                    SymbolBatch batch = batch(event.symbol());
                    batch.candles.add(event);
                    flushIfFull(batch);
                }
                case PredictionsRecorded event -> {
                    SymbolBatch batch = batch(event.symbol());
                    batch.predictions.add(event);
                    flushIfFull(batch);
                }
                case BackfillDayRecorded event -> {
                    SymbolBatch batch =
                            batch(event.backfillDay().version().model().symbol());
                    batch.predictions.add(event);
                    backfillDays.add(event.backfillDay(), event.recordedAt());
                    flushIfFull(batch);
                }
                case BackfillScoresRecorded event -> {
                    articles.on(event);
                    backfillDays.add(event.backfillDay(), event.recordedAt());
                }
                case MarketOpened event -> markets.on(event);
                case MarketWentLive event -> markets.on(event);
                case GapDetected event -> markets.on(event);
                case GapRepaired event -> markets.on(event);
                case GapConfirmed event -> markets.on(event);
                case ModelEvent event -> models.on(event, sequence(message), wall);
                case TrainingEvent event -> training.on(event, wall);
                case TrainingProgressRecorded event -> training.on(event);
                case RentalEvent event -> rentals.on(event);
                case AuditEvent event -> audits.on(event);
                case NewsEvent event -> articles.on(event);
                default -> throw new IllegalArgumentException("no read model is built from " + payload.getClass());
            }
        }

        private SymbolBatch batch(Symbol symbol) {
            return Objects.requireNonNull(symbols.computeIfAbsent(symbol, SymbolBatch::new));
        }

        private void flushIfFull(SymbolBatch batch) {
            if (batch.candles.size() + batch.predictions.size() >= MAX_BUFFERED_ROWS) {
                batch.flush();
            }
        }

        void flush() {
            symbols.values().forEach(SymbolBatch::flush);
        }
    }
}
