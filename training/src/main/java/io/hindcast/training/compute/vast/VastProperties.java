package io.hindcast.training.compute.vast;

import java.math.BigDecimal;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of machines rented from Vast.ai.
 *
 * @param apiKey key of the account; it goes to {@code url} and nowhere else
 * @param url address of the API
 * @param image container image of the worker, with its tag
 * @param count machines at a time
 * @param cycleLimitUsd most that a training cycle may cost, US dollars
 * @param monthLimitUsd most that a calendar month (UTC) may cost, US dollars
 * @param offers machines that may be rented
 * @param times waits and limits of time
 */
@ConfigurationProperties("hindcast.training.worker.vast")
public record VastProperties(
        Optional<String> apiKey,
        @DefaultValue("https://console.vast.ai") URI url,
        Optional<String> image,
        @DefaultValue("3") int count,
        Optional<BigDecimal> cycleLimitUsd,
        Optional<BigDecimal> monthLimitUsd,
        @DefaultValue Offers offers,
        @DefaultValue Times times) {

    private static final String PREFIX = "hindcast.training.worker.vast.";

    public VastProperties {
        apiKey = apiKey.map(String::strip).filter(key -> !key.isEmpty());
        if (apiKey.isPresent()) {
            requireLimit("cycle-limit-usd", cycleLimitUsd);
            requireLimit("month-limit-usd", monthLimitUsd);
        }
        if (count < 1) {
            throw new IllegalArgumentException(PREFIX + "count was " + count + ", expected 1 or more");
        }
    }

    private static void requireLimit(String name, Optional<BigDecimal> limit) {
        if (limit.isEmpty() || limit.get().signum() <= 0) {
            throw new IllegalArgumentException(PREFIX + name + " was "
                    + limit.map(BigDecimal::toPlainString).orElse("not set")
                    + ", expected US dollars, more than 0: a key without limits could spend without end");
        }
    }

    /**
     * Machines that may be rented.
     *
     * @param maxPriceUsd highest price of the first hour with storage and expected traffic, US dollars
     * @param gpuMemoryGigabytes least memory of the GPU
     * @param diskGigabytes disk that is rented
     * @param reliability least reliability, 0 to 1
     * @param cuda least version of CUDA
     * @param trafficGigabytes expected download of a run: image and dataset; a tenth of it is expected as upload
     */
    public record Offers(
            @DefaultValue("0.25") BigDecimal maxPriceUsd,
            @DefaultValue("11") int gpuMemoryGigabytes,
            @DefaultValue("30") int diskGigabytes,
            @DefaultValue("0.98") double reliability,
            @DefaultValue("12.8") double cuda,
            @DefaultValue("8") BigDecimal trafficGigabytes) {

        public Offers {
            if (maxPriceUsd.signum() <= 0) {
                throw new IllegalArgumentException(
                        PREFIX + "offers.max-price-usd was " + maxPriceUsd + ", expected more than 0");
            }
            if (gpuMemoryGigabytes < 1 || diskGigabytes < 1 || trafficGigabytes.signum() < 0) {
                throw new IllegalArgumentException(PREFIX + "offers was " + gpuMemoryGigabytes
                        + " GB of GPU memory, " + diskGigabytes + " GB of disk, " + trafficGigabytes
                        + " GB of traffic, expected 1 or more of the former and no less than 0 of the latter");
            }
            if (!(reliability >= 0 && reliability <= 1)) {
                throw new IllegalArgumentException(
                        PREFIX + "offers.reliability was " + reliability + ", expected 0 to 1");
            }
        }
    }

    /**
     * Waits and limits of time.
     *
     * @param request longest time for an answer of the API
     * @param look time between two looks at a machine
     * @param search time between two searches while no offer fits
     * @param appear time in which a machine may appear after a request without a clear answer
     * @param confirm least time between the two listings that show that a machine is gone
     * @param offline time without a sign of the machine's host after which it is given up
     */
    public record Times(
            @DefaultValue("20s") Duration request,
            @DefaultValue("10s") Duration look,
            @DefaultValue("60s") Duration search,
            @DefaultValue("3m") Duration appear,
            @DefaultValue("5s") Duration confirm,
            @DefaultValue("2m") Duration offline) {

        public Times {
            for (Duration time : new Duration[] {request, look, search, appear, confirm, offline}) {
                if (!time.isPositive()) {
                    throw new IllegalArgumentException(PREFIX + "times had " + time + ", expected more than 0");
                }
            }
        }
    }

    /** Returns a text without the key. */
    @Override
    public String toString() {
        return "Vast.ai at " + url;
    }
}
