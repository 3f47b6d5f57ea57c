package io.hindcast.sagas.training;

import static io.hindcast.api.model.ModelFamily.LIGHTGBM;
import static io.hindcast.api.model.ModelFamily.TST;
import static io.hindcast.sagas.training.CycleEvents.BTC;
import static io.hindcast.sagas.training.CycleEvents.NOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hindcast.api.Refusal;
import io.hindcast.api.RefusedException;
import io.hindcast.api.market.FindMarket;
import io.hindcast.api.market.Interval;
import io.hindcast.api.market.MarketOrigin;
import io.hindcast.api.market.MarketView;
import io.hindcast.api.model.LabelSpec;
import io.hindcast.api.training.RequestTrainingCycle;
import io.hindcast.api.training.RetrainSymbol;
import io.hindcast.api.training.TrainingCycleView;
import io.hindcast.api.training.TrainingSpec;
import io.hindcast.api.training.TrainingState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.axonframework.commandhandling.SimpleCommandBus;
import org.axonframework.commandhandling.gateway.DefaultCommandGateway;
import org.axonframework.queryhandling.DefaultQueryGateway;
import org.axonframework.queryhandling.SimpleQueryBus;
import org.junit.jupiter.api.Test;

class RetrainingHandlerTest {

    private static final Instant LAST = NOON.minusSeconds(60);
    private static final RetrainSymbol RETRAIN = new RetrainSymbol(BTC, NOON);

    private final List<RequestTrainingCycle> requests = new ArrayList<>();
    private final SimpleCommandBus commands = SimpleCommandBus.builder().build();
    private final SimpleQueryBus queries = SimpleQueryBus.builder().build();
    private final RetrainingHandler handler = new RetrainingHandler(
            new TrainingPlan(List.of(LIGHTGBM, TST), LabelSpec.DEFAULT, Duration.ofDays(30)),
            DefaultCommandGateway.builder().commandBus(commands).build(),
            DefaultQueryGateway.builder().queryBus(queries).build());

    private void held(Optional<Instant> first, Optional<Instant> last) {
        var _ = queries.<MarketView>subscribe(
                FindMarket.class.getName(),
                MarketView.class,
                query -> new MarketView(
                        BTC,
                        Interval.ONE_MINUTE,
                        MarketOrigin.EXCHANGE,
                        "host",
                        Optional.empty(),
                        first,
                        last,
                        Optional.empty(),
                        0));
        var _ = commands.subscribe(RequestTrainingCycle.class.getName(), message -> {
            requests.add((RequestTrainingCycle) message.getPayload());
            return 4;
        });
    }

    private static RequestTrainingCycle request(Instant from) {
        return new RequestTrainingCycle(
                BTC,
                "requested",
                List.of(LIGHTGBM, TST),
                new TrainingSpec(LabelSpec.DEFAULT, from, LAST, LAST.getEpochSecond()),
                NOON);
    }

    @Test
    void requestsCycleOnNewestDataAndAnswersWithIt() {
        Instant from = LAST.minus(Duration.ofDays(30));
        held(Optional.of(from.minusSeconds(60)), Optional.of(LAST));

        TrainingCycleView begun = handler.handle(RETRAIN);
        assertThat(begun)
                .isEqualTo(new TrainingCycleView(
                        BTC,
                        4,
                        "requested",
                        TrainingState.RUNNING,
                        NOON,
                        Optional.empty(),
                        from,
                        LAST,
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        begun.wall(),
                        List.of()));
        assertThat(requests).containsExactly(request(from));
    }

    @Test
    void trainsOnAllDataIfThereIsLessThanTheHistoryWanted() {
        Instant first = LAST.minus(Duration.ofDays(3));
        held(Optional.of(first), Optional.of(LAST));

        handler.handle(RETRAIN);

        assertThat(requests).containsExactly(request(first));
    }

    @Test
    void refusesMarketWithoutCandles() {
        held(Optional.empty(), Optional.empty());

        assertThatThrownBy(() -> handler.handle(RETRAIN)).hasMessageContaining("NO_CANDLES");
        assertThat(requests).isEmpty();
    }

    @Test
    void refusalOfTheQueryReachesTheUser() {
        var _ = queries.<MarketView>subscribe(FindMarket.class.getName(), MarketView.class, query -> {
            throw RefusedException.of("REBUILDING", "read model", "being built", "a moment's patience");
        });

        assertThatThrownBy(() -> handler.handle(RETRAIN))
                .satisfies(e -> assertThat(RefusedException.in(e))
                        .extracting(Refusal::code)
                        .isEqualTo("REBUILDING"));
    }
}
