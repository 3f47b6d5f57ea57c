package io.hindcast.bench.running;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.hindcast.app.HindcastProcess;
import io.hindcast.app.local.DataFolder;
import io.hindcast.console.Console;
import io.hindcast.simulator.exchange.ExchangeSimulator;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.sql.DataSource;
import org.springframework.util.FileSystemUtils;

/** The platform with all roles in this process, on a generated market and a temporary data folder. */
final class RunningDemo implements AutoCloseable {

    static final String SYMBOL = "BTCUSDT";

    private static final JsonMapper JSON = JsonMapper.builder().build();

    final HttpClient http = HttpClient.newHttpClient();
    private final Path folder;
    private final HindcastProcess process;

    RunningDemo(int historyDays, int trainingDays, double speed) throws IOException {
        System.setProperty("axoniq.update-checker.disabled", "true");
        folder = Files.createTempDirectory("hindcast-bench");
        Map<String, String> properties = new LinkedHashMap<>();
        properties.put("server.port", "0");
        properties.put("hindcast.simulator.enabled", "true");
        properties.put("hindcast.feeds.symbols", SYMBOL);
        properties.put("hindcast.simulator.seed", "1");
        properties.put("hindcast.feeds.history-days", Integer.toString(historyDays));
        properties.put("hindcast.sagas.history-days", Integer.toString(trainingDays));
        // Trained quickly, so that no training runs during the measurement.
        properties.put("hindcast.sagas.families", "LIGHTGBM");
        properties.put("hindcast.simulator.speed", Double.toString(speed));
        process =
                HindcastProcess.start(DataFolder.open(folder.resolve("data")), properties, Console.ofProcess(), false);
    }

    ExchangeSimulator exchange() {
        return process.context().getBean(ExchangeSimulator.class);
    }

    DataSource database() {
        return process.context().getBean(DataSource.class);
    }

    URI at(String scheme, String path) {
        return URI.create(scheme + "://127.0.0.1:" + process.port() + path);
    }

    /** Returns a GraphQL request. */
    HttpRequest request(String query, Map<String, ?> variables) {
        try {
            String body = JSON.writeValueAsString(Map.of("query", query, "variables", variables));
            return HttpRequest.newBuilder(at("http", "/graphql"))
                    .header("Content-Type", "application/json")
                    .POST(HttpRequest.BodyPublishers.ofString(body))
                    .build();
        } catch (IOException e) {
            throw new IllegalArgumentException(query, e);
        }
    }

    JsonNode ask(String query) throws IOException, InterruptedException {
        JsonNode answer = JSON.readTree(http.send(request(query, Map.of()), HttpResponse.BodyHandlers.ofString())
                .body());
        if (answer.has("errors")) {
            throw new IllegalStateException(query + " was answered by " + answer.get("errors"));
        }
        return answer.get("data");
    }

    /** Blocks until a version holds a slot. */
    void awaitLive() throws IOException, InterruptedException {
        while (!ask("{ models(symbol: \"" + SYMBOL + "\") { versions { slot } } }")
                .findValuesAsText("slot")
                .contains("BASELINE")) {
            Thread.sleep(200);
        }
    }

    @Override
    public void close() throws IOException {
        http.close();
        process.close();
        FileSystemUtils.deleteRecursively(folder);
    }
}
