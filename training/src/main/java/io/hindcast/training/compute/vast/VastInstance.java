package io.hindcast.training.compute.vast;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.Optional;

/**
 * An instance: a container on a rented machine.
 *
 * @param id its contract
 * @param label empty without one
 * @param status its {@code actual_status}; {@code created} while there is none
 * @param message its {@code status_msg}, shortened
 * @param perHour its {@code dph_total}, US dollars; empty if it is not given
 */
record VastInstance(long id, String label, String status, String message, Optional<BigDecimal> perHour) {

    private static final int LONGEST = 200;

    /** Reads a row; empty if it is none. */
    static Optional<VastInstance> read(JsonNode row) {
        JsonNode label = row.path("label");
        if (!row.path("id").isIntegralNumber() || !(label.isTextual() || label.isNull())) {
            return Optional.empty();
        }
        JsonNode price = row.path("dph_total");
        return Optional.of(new VastInstance(
                row.get("id").longValue(),
                label.asText(""),
                row.path("actual_status").isTextual() ? row.get("actual_status").textValue() : "created",
                shortened(row.path("status_msg").asText("")),
                price.isNumber() ? Optional.of(price.decimalValue()) : Optional.empty()));
    }

    private static String shortened(String text) {
        String line = text.strip().replaceAll("\\s*\\R\\s*", " / ");
        return line.length() <= LONGEST ? line : line.substring(0, LONGEST) + "…";
    }
}
