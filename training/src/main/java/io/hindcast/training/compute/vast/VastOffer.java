package io.hindcast.training.compute.vast;

import com.fasterxml.jackson.databind.JsonNode;
import io.hindcast.api.rental.RentalOffer;
import io.hindcast.api.rental.Usd;
import java.math.BigDecimal;
import java.util.Comparator;
import java.util.Optional;

/** Reads offers, and compares them by the whole price of the first hour. */
final class VastOffer {

    /** Least first; of equal prices the lower number, so that the order is the same for everyone. */
    static final Comparator<RentalOffer> CHEAPEST_FIRST =
            Comparator.comparing(VastOffer::wholePrice).thenComparingLong(RentalOffer::offer);

    private static final BigDecimal UPLOAD_SHARE = new BigDecimal("0.1");
    private static final int MEGABYTES = 1000;

    private VastOffer() {}

    /** Returns the price of the first hour with storage and expected traffic. */
    static Usd wholePrice(RentalOffer offer) {
        return offer.perHour().plus(offer.traffic());
    }

    /** Reads an offer; empty if it does not fit, or does not state all that is asked for. */
    static Optional<RentalOffer> read(JsonNode row, VastProperties.Offers wanted) {
        return fits(row, wanted) ? Optional.of(price(row, wanted)) : Optional.empty();
    }

    /** The search asks for the same; an offer that does not fit all the same is not rented. */
    private static boolean fits(JsonNode row, VastProperties.Offers wanted) {
        return row.path("id").isIntegralNumber()
                && row.path("machine_id").isIntegralNumber()
                && isPrice(row.path("dph_total"))
                && isPrice(row.path("inet_down_cost"))
                && isPrice(row.path("inet_up_cost"))
                && row.path("gpu_ram").asDouble(0) >= wanted.gpuMemoryGigabytes() * (double) MEGABYTES
                && row.path("disk_space").asDouble(0) >= wanted.diskGigabytes()
                && row.path("reliability").asDouble(row.path("reliability2").asDouble(0)) >= wanted.reliability()
                && row.path("verification").asText("").equals("verified")
                && row.path("hosting_type").asInt(0) == 1
                && !row.path("rented").asBoolean(false);
    }

    private static boolean isPrice(JsonNode node) {
        return node.isNumber() && node.decimalValue().signum() >= 0;
    }

    private static RentalOffer price(JsonNode row, VastProperties.Offers wanted) {
        BigDecimal down = row.get("inet_down_cost").decimalValue().multiply(wanted.trafficGigabytes());
        BigDecimal up = row.get("inet_up_cost")
                .decimalValue()
                .multiply(wanted.trafficGigabytes())
                .multiply(UPLOAD_SHARE);
        return new RentalOffer(
                row.get("id").longValue(),
                row.get("machine_id").longValue(),
                row.path("gpu_name").asText("unknown GPU"),
                new Usd(row.get("dph_total").decimalValue()),
                new Usd(down.add(up)));
    }
}
