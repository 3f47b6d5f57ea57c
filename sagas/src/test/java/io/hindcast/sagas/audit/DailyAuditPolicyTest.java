package io.hindcast.sagas.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.hindcast.api.audit.AuditId;
import io.hindcast.api.audit.RequestAudit;
import io.hindcast.api.market.Candle;
import io.hindcast.api.market.CandleSource;
import io.hindcast.api.market.Candles;
import io.hindcast.api.market.CandlesRecorded;
import io.hindcast.api.market.Interval;
import io.hindcast.api.market.MarketDayId;
import io.hindcast.api.market.Symbol;
import io.hindcast.api.market.UtcDay;
import io.hindcast.api.model.Slot;
import io.hindcast.api.model.Slots;
import io.hindcast.api.model.SlotsShifted;
import io.hindcast.api.model.VersionId;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.axonframework.commandhandling.SimpleCommandBus;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.axonframework.commandhandling.gateway.DefaultCommandGateway;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.eventsourcing.eventstore.EmbeddedEventStore;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.eventsourcing.eventstore.inmemory.InMemoryEventStorageEngine;
import org.junit.jupiter.api.Test;

class DailyAuditPolicyTest {

    private static final Symbol BTC = new Symbol("BTCUSDT");
    private static final VersionId FIRST = VersionId.parse("lightgbm:BTCUSDT:1");
    private static final VersionId SECOND = VersionId.parse("lightgbm:BTCUSDT:2");
    private static final LocalDate MAY_1 = LocalDate.parse("2022-05-01");

    private final EventStore log = EmbeddedEventStore.builder()
            .storageEngine(new InMemoryEventStorageEngine())
            .build();
    private final List<AuditId> requested = new ArrayList<>();
    private final CommandGateway commands = gateway();
    private DailyAuditPolicy policy = new DailyAuditPolicy(true, log);

    private CommandGateway gateway() {
        SimpleCommandBus bus = SimpleCommandBus.builder().build();
        bus.subscribe(RequestAudit.class.getName(), message -> {
            requested.add(((RequestAudit) message.getPayload()).audit());
            return null;
        });
        return DefaultCommandGateway.builder().commandBus(bus).build();
    }

    private void live(int sequence, Map<Slot, Integer> slots) {
        log.publish(new GenericDomainEventMessage<>(
                "Model",
                FIRST.model().toString(),
                sequence,
                new SlotsShifted(FIRST, new Slots(slots), Instant.parse("2022-04-01T00:00:00Z"))));
    }

    private void candleAt(String close, CandleSource source) {
        Instant open = Instant.parse(close).minus(Interval.ONE_MINUTE.length());
        BigDecimal one = BigDecimal.ONE;
        Candle candle = new Candle(open, one, one, one, one, one, one, 1, one, one);
        policy.on(
                new CandlesRecorded(
                        new MarketDayId(BTC, Interval.ONE_MINUTE, UtcDay.of(open)),
                        source,
                        Instant.parse(close),
                        Candles.of(UtcDay.of(open), List.of(candle)),
                        List.of(0)),
                commands);
    }

    @Test
    void dayOfEachLiveVersionIsReplayedOnceItIsOver() {
        live(0, Map.of(Slot.BASELINE, 1));
        live(1, Map.of(Slot.BASELINE, 1, Slot.CURRENT, 2));
        candleAt("2022-05-02T00:59:00Z", CandleSource.LIVE);
        requested.clear();
        candleAt("2022-05-02T01:00:00Z", CandleSource.LIVE);
        candleAt("2022-05-02T01:01:00Z", CandleSource.LIVE);
        assertThat(requested).containsExactly(AuditId.scheduled(FIRST, MAY_1), AuditId.scheduled(SECOND, MAY_1));
    }

    @Test
    void startRequestsTheLatestDayThatIsOver() {
        live(0, Map.of(Slot.BASELINE, 1));
        candleAt("2022-05-02T14:00:00Z", CandleSource.LIVE);
        policy = new DailyAuditPolicy(true, log);
        candleAt("2022-05-02T14:01:00Z", CandleSource.LIVE);
        assertThat(requested).containsExactly(AuditId.scheduled(FIRST, MAY_1), AuditId.scheduled(FIRST, MAY_1));
    }

    @Test
    void importedHistoryAndAMarketWithoutVersionsRequestNothing() {
        candleAt("2022-05-02T14:00:00Z", CandleSource.LIVE);
        live(0, Map.of(Slot.BASELINE, 1));
        candleAt("2022-05-03T14:00:00Z", CandleSource.HISTORY);
        assertThat(requested).isEmpty();
    }

    @Test
    void canBeSwitchedOff() {
        policy = new DailyAuditPolicy(false, log);
        live(0, Map.of(Slot.BASELINE, 1));
        candleAt("2022-05-02T14:00:00Z", CandleSource.LIVE);
        assertThat(requested).isEmpty();
    }
}
