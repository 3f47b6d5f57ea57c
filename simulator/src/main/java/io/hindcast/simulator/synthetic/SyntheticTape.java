package io.hindcast.simulator.synthetic;

import io.hindcast.api.market.MarketOrigin;
import io.hindcast.api.market.Symbol;
import io.hindcast.api.market.UtcDay;
import io.hindcast.runtime.BoundedMap;
import io.hindcast.simulator.tape.Tape;
import io.hindcast.simulator.tape.TapeDay;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A generated market without end. Each day has a seeded random of its own, derived from seed, symbol and date, and
 * starts in the state in which the day before ended, so the same seed and origin give the same bars in any order of
 * requests. All states are kept (a hundred bytes a day), the bars of a limited number of days. Thread-safe.
 */
public final class SyntheticTape implements Tape {

    private static final int DAYS_KEPT = 96;

    private final Symbol symbol;
    private final long seed;
    private final LocalDate origin;
    private final DayGenerator generator;
    /** Element {@code i} is the state at the start of day {@code origin + i}. */
    private final List<MarketState> states = new ArrayList<>();

    private final Map<LocalDate, TapeDay> kept = new BoundedMap<>(DAYS_KEPT);

    /**
     * Creates a market; days are generated on request.
     *
     * @param origin first day of the market
     */
    public SyntheticTape(Symbol symbol, long seed, LocalDate origin) {
        this.symbol = symbol;
        this.seed = seed;
        this.origin = origin;
        double price = firstPrice(symbol);
        this.generator = new DayGenerator(price);
        states.add(MarketState.at(price));
    }

    @Override
    public Symbol symbol() {
        return symbol;
    }

    @Override
    public MarketOrigin origin() {
        return MarketOrigin.SYNTHETIC;
    }

    @Override
    public String description() {
        return "generated market 1, seed " + seed + ", from " + origin;
    }

    @Override
    public Instant firstOpenTime() {
        return UtcDay.start(origin);
    }

    @Override
    public Optional<Instant> lastOpenTime() {
        return Optional.empty();
    }

    @Override
    public synchronized @Nullable TapeDay day(LocalDate day) {
        if (day.isBefore(origin)) {
            return null;
        }
        TapeDay held = kept.get(day);
        if (held != null) {
            return held;
        }
        int index = Math.toIntExact(day.toEpochDay() - origin.toEpochDay());
        for (int i = states.size() - 1; i < index; i++) {
            generate(i);
        }
        return generate(index);
    }

    private TapeDay generate(int index) {
        LocalDate day = origin.plusDays(index);
        SeededRandom random = new SeededRandom(
                SeededRandom.mix(SeededRandom.mix(seed, symbol.value().hashCode()), day.toEpochDay()));
        DayGenerator.Generated generated = generator.generate(day, states.get(index), random);
        if (states.size() == index + 1) {
            states.add(generated.state());
        }
        kept.put(day, generated.bars());
        return generated.bars();
    }

    private static double firstPrice(Symbol symbol) {
        if (symbol.value().startsWith("BTC")) {
            return 42_000;
        }
        return symbol.value().startsWith("ETH") ? 2_300 : 100;
    }
}
