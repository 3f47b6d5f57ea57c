package io.hindcast.api.kline;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class DecimalTextTest {

    private final DecimalText decimal = new DecimalText();

    private boolean reads(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return decimal.read(bytes, 0, bytes.length);
    }

    @Test
    void readsDecimalsLikeBigDecimalWithoutTrailingZeros() {
        SplittableRandom random = new SplittableRandom(5);
        for (int i = 0; i < 20_000; i++) {
            int scale = random.nextInt(0, 9);
            BigDecimal value = BigDecimal.valueOf(random.nextLong(0, 1L << random.nextInt(1, 50)), scale)
                    .setScale(random.nextInt(scale, 9));
            if (random.nextBoolean()) {
                value = value.negate();
            }
            if (value.precision() > 18) {
                continue;
            }
            assertThat(reads(value.toPlainString())).as(value.toPlainString()).isTrue();
            BigDecimal read = BigDecimal.valueOf(decimal.unscaled(), decimal.scale());
            assertThat(read).isEqualByComparingTo(value);
            assertThat(read.scale())
                    .isEqualTo(Math.max(0, value.stripTrailingZeros().scale()));
        }
    }

    @Test
    void writesWhatItReads() {
        for (String text :
                new String[] {"0.00000000", "46216.93000000", "0.00000001", "1875978.44269790", "7.00000000"}) {
            assertThat(reads(text)).isTrue();
            StringBuilder out = new StringBuilder();
            DecimalText.write(out, decimal.unscaled(), decimal.scale(), 8);
            assertThat(out).hasToString(text);
        }
    }

    @Test
    void refusesAnythingButPlainDecimals() {
        for (String text :
                new String[] {"", "-", ".", "1e5", "1.2.3", "NaN", "0x1", " 1", "1,5", "1234567890123456789"}) {
            assertThat(reads(text)).as("'" + text + "'").isFalse();
        }
    }
}
