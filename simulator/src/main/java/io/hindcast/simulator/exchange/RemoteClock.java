package io.hindcast.simulator.exchange;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Clock of a simulated exchange in another process: read once a second and extrapolated in between, accurate to half a
 * round trip. While the other process does not answer the clock runs on at its last speed. Thread-safe.
 */
public final class RemoteClock implements InstantSource, AutoCloseable {

    /** Path at which the simulator answers with its clock. */
    static final String PATH = "/simulator/clock";

    private static final Logger log = LoggerFactory.getLogger(RemoteClock.class);
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Duration ANSWER = Duration.ofSeconds(2);

    private final URI url;
    private final LongSupplier nanoTime;
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(ANSWER).build();
    private final SimulatedClock clock;
    private final ScheduledExecutorService reader = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("market-clock").factory());
    private boolean unanswered;

    /**
     * Creates a clock from a first reading.
     *
     * @param restUrl base address of the simulated exchange's REST interface
     * @throws IOException if it does not answer
     */
    public RemoteClock(URI restUrl) throws IOException, InterruptedException {
        this(restUrl, System::nanoTime);
    }

    RemoteClock(URI restUrl, LongSupplier nanoTime) throws IOException, InterruptedException {
        this.url = restUrl.resolve(PATH);
        this.nanoTime = nanoTime;
        Reading first = read();
        this.clock = new SimulatedClock(first.market(), first.speed(), nanoTime);
        follow(first);
        var _ = reader.scheduleWithFixedDelay(this::readAgain, 1, 1, TimeUnit.SECONDS);
    }

    /**
     * A reading of the other clock.
     *
     * @param market market time, corrected by half the round trip
     * @param error market time by which that may be wrong
     */
    private record Reading(Instant market, double speed, boolean running, Duration error) {}

    @Override
    public Instant instant() {
        return clock.instant();
    }

    /** Returns the speed in candles a second of wall time. */
    public double speed() {
        return clock.speed();
    }

    @Override
    public void close() {
        reader.shutdownNow();
        http.shutdownNow();
    }

    /** Returns the simulator's answer with its clock. */
    static String reading(SimulatedClock clock) {
        return "{\"marketTime\":" + clock.instant().toEpochMilli() + ",\"speed\":" + clock.speed() + ",\"running\":"
                + (clock.running() && !clock.ended()) + "}";
    }

    private void readAgain() {
        try {
            follow(read());
            unanswered = false;
        } catch (IOException | RuntimeException e) {
            if (!unanswered) {
                log.warn("The market clock at {} does not answer; it is extrapolated here: {}", url, e.toString());
            }
            unanswered = true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Reading read() throws IOException, InterruptedException {
        long sent = nanoTime.getAsLong();
        HttpResponse<String> answer =
                http.send(HttpRequest.newBuilder(url).timeout(ANSWER).build(), HttpResponse.BodyHandlers.ofString());
        long half = (nanoTime.getAsLong() - sent) / 2;
        if (answer.statusCode() != 200) {
            throw new IOException(url + " answered " + answer.statusCode());
        }
        JsonNode json = parsed(answer.body());
        double speed = json.path("speed").asDouble();
        boolean running = json.path("running").asBoolean();
        Duration passed = running ? Duration.ofNanos((long) (half * 60 * speed)) : Duration.ZERO;
        Instant shown = Instant.ofEpochMilli(json.path("marketTime").asLong());
        return new Reading(shown.plus(passed), speed, running, passed.plusMillis(1));
    }

    private JsonNode parsed(String body) throws IOException {
        try {
            return JSON.readTree(body);
        } catch (JsonProcessingException e) {
            throw new IOException(url + " is not the clock of a simulated exchange: it answered " + body, e);
        }
    }

    /** Sets the clock only if it is certainly wrong, so that it runs evenly. */
    private void follow(Reading reading) {
        if (reading.speed() != clock.speed()) {
            clock.speed(reading.speed());
        }
        Duration off = Duration.between(clock.instant(), reading.market()).abs();
        if (off.compareTo(reading.error()) > 0 || reading.running() != clock.running()) {
            clock.set(reading.market());
        }
        if (reading.running() && !clock.running()) {
            clock.run();
        } else if (!reading.running() && clock.running()) {
            clock.hold();
        }
    }
}
