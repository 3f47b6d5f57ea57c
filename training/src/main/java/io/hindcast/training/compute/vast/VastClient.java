package io.hindcast.training.compute.vast;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.hindcast.api.rental.RentalOffer;
import io.hindcast.training.compute.MachineRequest;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The five calls of the API that renting needs. Each checks the shape of its answer: an answer that is not what was
 * asked for is unclear, never nothing.
 *
 * @see <a href="https://docs.vast.ai/api-reference/introduction">the documented API</a>
 */
final class VastClient implements AutoCloseable {

    private static final int OFFERS = 40;
    private static final int ROWS_OF_A_PAGE = 25;
    private static final int MOST_PAGES = 40;
    private static final int MEGABYTES = 1000;

    private final VastApi api;
    private final VastSettings settings;

    VastClient(VastApi api, VastSettings settings) {
        this.api = api;
        this.settings = settings;
    }

    /** Returns offers that fit, cheapest first, whatever their price. */
    List<RentalOffer> search() {
        JsonNode body = api.call(VastCall.SEARCH, "POST", "/api/v0/bundles/", Optional.of(query()))
                .body();
        JsonNode rows = body.path("offers");
        if (!rows.isArray()) {
            throw unclear("the search has no list of offers");
        }
        List<RentalOffer> offers = new ArrayList<>();
        for (JsonNode row : rows) {
            VastOffer.read(row, settings.properties().offers()).ifPresent(offers::add);
        }
        offers.sort(VastOffer.CHEAPEST_FIRST);
        return offers;
    }

    private JsonNode query() {
        VastProperties.Offers offers = settings.properties().offers();
        ObjectNode query = VastApi.JSON.createObjectNode();
        query.putObject("verified").put("eq", true);
        query.putObject("rentable").put("eq", true);
        query.putObject("rented").put("eq", false);
        query.putObject("external").put("eq", false);
        query.putObject("datacenter").put("eq", true);
        query.putObject("gpu_ram").put("gte", offers.gpuMemoryGigabytes() * MEGABYTES);
        query.putObject("disk_space").put("gte", offers.diskGigabytes());
        query.putObject("reliability").put("gte", offers.reliability());
        query.putObject("cuda_max_good").put("gte", offers.cuda());
        query.putArray("order").addArray().add("dph_total").add("asc");
        query.put("type", "on-demand");
        // Without it, prices are those of 5 GB of storage.
        query.put("allocated_storage", offers.diskGigabytes());
        query.put("limit", OFFERS);
        return query;
    }

    /**
     * Rents a machine.
     *
     * @return the contract
     * @throws VastException which is unclear unless certainly nothing was created
     */
    long create(RentalOffer offer, String label, MachineRequest request, String machine) {
        ObjectNode body = VastApi.JSON.createObjectNode();
        body.put("image", settings.image());
        body.put("label", label);
        body.put("disk", settings.properties().offers().diskGigabytes());
        body.put("runtype", "args");
        ArrayNode arguments = body.putArray("args");
        List.of("--platform", request.platform().toString(), "--machine", machine)
                .forEach(arguments::add);
        body.putObject("env").put("HINDCAST_WORKER_TOKEN", request.token());
        body.put("target_state", "running");
        // Otherwise a machine that is not free is kept for later, stopped, and its storage is charged.
        body.put("cancel_unavail", true);
        VastApi.Answer answer =
                api.call(VastCall.CREATE, "PUT", "/api/v0/asks/" + offer.offer() + "/", Optional.of(body));
        if (answer.status() != 200 || answer.isError("no_such_ask")) {
            throw new VastException(VastException.Kind.TAKEN, "offer " + offer.offer() + " is not to be had any more");
        }
        JsonNode success = answer.body().path("success");
        if (success.isBoolean() && !success.booleanValue()) {
            throw new VastException(
                    VastException.Kind.REFUSED, "the rental was refused" + api.explained(answer.body()));
        }
        if (!success.asBoolean() || !answer.body().path("new_contract").isIntegralNumber()) {
            throw unclear("the answer to create has no contract");
        }
        return answer.body().get("new_contract").longValue();
    }

    /** Looks at an instance; empty if there is none of this contract. */
    Optional<VastInstance> show(long contract) {
        VastApi.Answer answer =
                api.call(VastCall.SHOW, "GET", "/api/v0/instances/" + contract + "/?owner=me", Optional.empty());
        JsonNode row = answer.body().path("instances");
        if (answer.status() != 200 || row.isNull()) {
            return Optional.empty();
        }
        return Optional.of(VastInstance.read(row)
                .filter(instance -> instance.id() == contract)
                .orElseThrow(() -> unclear("the answer to show is not instance " + contract)));
    }

    /**
     * Returns all instances of the account, from as many pages as there are.
     *
     * @throws VastException if the listing is not complete: its pages must agree in their total, and hold that many
     */
    Map<Long, VastInstance> list() {
        Map<Long, VastInstance> all = new TreeMap<>();
        String query = "limit=" + ROWS_OF_A_PAGE + "&order_by=" + encoded("[{\"col\":\"id\",\"dir\":\"asc\"}]");
        String token = "";
        for (int page = 0; page < MOST_PAGES; page++) {
            String next = token.isEmpty() ? query : query + "&after_token=" + encoded(token);
            JsonNode body = api.call(VastCall.LIST, "GET", "/api/v1/instances/?" + next, Optional.empty())
                    .body();
            addRows(body, all);
            token = body.path("next_token").asText("");
            if (token.isEmpty() || body.path("next_token").isNull()) {
                return complete(body, all);
            }
        }
        throw unclear("the listing has more than " + MOST_PAGES + " pages");
    }

    private static void addRows(JsonNode body, Map<Long, VastInstance> all) {
        if (!body.path("instances").isArray() || !body.path("success").asBoolean(true)) {
            throw unclear("a page of the listing has no list of instances");
        }
        for (JsonNode row : body.get("instances")) {
            VastInstance instance =
                    VastInstance.read(row).orElseThrow(() -> unclear("a row of the listing has no id or no label"));
            all.put(instance.id(), instance);
        }
    }

    private static Map<Long, VastInstance> complete(JsonNode body, Map<Long, VastInstance> all) {
        JsonNode total = body.path("total_instances");
        if (!total.isIntegralNumber() || total.intValue() != all.size()) {
            throw unclear("the listing holds " + all.size() + " instances of " + total.asText("an unknown number"));
        }
        return all;
    }

    /** Asks for the destruction of an instance; there may be none any more. */
    void destroy(long contract) {
        api.call(
                VastCall.DESTROY,
                "DELETE",
                "/api/v0/instances/" + contract + "/",
                Optional.of(VastApi.JSON.createObjectNode()));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static VastException unclear(String message) {
        return new VastException(VastException.Kind.UNCLEAR, message);
    }

    @Override
    public void close() {
        api.close();
    }
}
