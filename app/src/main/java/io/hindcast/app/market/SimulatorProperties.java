package io.hindcast.app.market;

import io.hindcast.api.RefusedException;
import java.nio.file.Path;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of the simulated exchange.
 *
 * @param enabled whether it replaces Binance
 * @param archive file or folder of klines to play; absent for a generated market
 * @param seed seed of the generated market
 * @param origin first day of the generated market
 * @param speed candles per second of wall time, above 0, at most 10,000
 * @param port port of the REST interface, 0 for any free one
 * @param streamPort port of the WebSocket streams, 0 for any free one
 * @param importDirectly whether history is read from the archive instead of over REST
 */
@ConfigurationProperties("hindcast.simulator")
public record SimulatorProperties(
        @DefaultValue("false") boolean enabled,
        @Nullable Path archive,
        @DefaultValue("1") long seed,
        @DefaultValue("2024-01-01") LocalDate origin,
        @DefaultValue("1") double speed,
        @DefaultValue("0") int port,
        @DefaultValue("0") int streamPort,
        @DefaultValue("false") boolean importDirectly) {

    /** Refuses an impossible speed. */
    public SimulatorProperties {
        if (!(speed > 0 && speed <= 10_000)) {
            throw RefusedException.of(
                    "BAD_SPEED", "hindcast.simulator.speed", speed, "above 0 and at most 10000 candles a second");
        }
    }
}
