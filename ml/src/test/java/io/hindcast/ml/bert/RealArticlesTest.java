package io.hindcast.ml.bert;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.stream.Collectors;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/**
 * Tokens of real articles with BERT's own vocabulary, where these are available; the fixtures test the same on invented
 * ones.
 */
class RealArticlesTest {

    private static final String NEWS = "news-cointelegraph-cryptonews-cryptopotato-2021-10-2022-07.jsonl.gz";
    private static final String VOCABULARY = "bert-base-uncased-vocab.txt";

    private static Path shared(String name) {
        for (Path folder = Path.of("").toAbsolutePath(); folder != null; folder = folder.getParent()) {
            Path file = folder.resolve("shared/data").resolve(name);
            if (Files.isRegularFile(file)) {
                return file;
            }
        }
        return Assumptions.abort("no shared/data/" + name + " beside the project: not tested on it");
    }

    @Test
    void tokensMatchTheReference() throws IOException, NoSuchAlgorithmException {
        MessageDigest hash = MessageDigest.getInstance("SHA-256");
        long count = 0;
        try (TextTokens tokens = TextTokens.ofVocabulary(Files.readAllLines(shared(VOCABULARY)), true, 512);
                BufferedReader lines = new BufferedReader(new InputStreamReader(
                        new GZIPInputStream(Files.newInputStream(shared(NEWS))), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                JsonNode article = new JsonMapper().readTree(line);
                int[] ids = tokens.encode(ArticleText.of(
                        article.path("title").asText(), article.path("summary").asText()));
                count += ids.length;
                String text = Arrays.stream(ids).mapToObj(Integer::toString).collect(Collectors.joining(" "));
                hash.update((text + "\n").getBytes(StandardCharsets.US_ASCII));
            }
        }
        // transformers 5.24.0, BertTokenizerFast: the ids of each article by spaces, a line an article
        assertThat(count).isEqualTo(355_300);
        assertThat(HexFormat.of().formatHex(hash.digest()))
                .isEqualTo("136904e7af1b3cdb6463bbc9cf050086d254e629364ed2dfc44be97fbddd0ede");
    }
}
