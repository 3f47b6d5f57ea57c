package io.hindcast.simulator.archive;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Decodes text in any Unicode encoding, or JSON arrays, into lines of UTF-8 with separated cells. */
final class KlineTextDecoder {

    private KlineTextDecoder() {}

    /** Returns the decoded text; the first bytes decide how. */
    static InputStream decode(InputStream in) throws IOException {
        PushbackInputStream text = new PushbackInputStream(in, 4);
        byte[] head = text.readNBytes(4);
        Charset wide = wide(head);
        if (wide != null) {
            text.unread(head);
            String all = new String(text.readAllBytes(), wide);
            return decode(new ByteArrayInputStream(
                    (all.startsWith("\uFEFF") ? all.substring(1) : all).getBytes(StandardCharsets.UTF_8)));
        }
        int mark =
                head.length >= 3 && head[0] == (byte) 0xEF && head[1] == (byte) 0xBB && head[2] == (byte) 0xBF ? 3 : 0;
        text.unread(head, mark, head.length - mark);
        return head.length > mark && head[mark] == '[' ? new JsonArrays(text) : text;
    }

    /** Returns the 16-bit encoding that a byte order mark or the zeros beside ASCII characters reveal, null if none. */
    private static @Nullable Charset wide(byte[] head) {
        if (head.length < 4) {
            return null;
        }
        int mark = ((head[0] & 0xFF) << 8) | (head[1] & 0xFF);
        if (mark == 0xFFFE || (head[0] != 0 && head[1] == 0 && head[2] != 0 && head[3] == 0)) {
            return StandardCharsets.UTF_16LE;
        }
        if (mark == 0xFEFF || (head[0] == 0 && head[1] != 0 && head[2] == 0 && head[3] != 0)) {
            return StandardCharsets.UTF_16BE;
        }
        return null;
    }

    /** Converts arrays of values to lines: {@code [[1,2],[3,4]]} becomes {@code 1,2} and {@code 3,4}. */
    private static final class JsonArrays extends InputStream {

        private final InputStream json;
        private final byte[] buffer = new byte[1 << 16];
        private boolean atStart = true;

        JsonArrays(InputStream json) {
            this.json = json;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
        }

        @Override
        public int read(byte[] to, int offset, int length) throws IOException {
            int written = 0;
            while (written == 0) {
                int read = json.read(buffer, 0, Math.min(length, buffer.length));
                if (read < 0) {
                    return -1;
                }
                for (int i = 0; i < read; i++) {
                    byte c = buffer[i];
                    boolean bracket = c == '[' || c == ']';
                    if (Character.isWhitespace(c) || (atStart && (bracket || c == ','))) {
                        continue;
                    }
                    to[offset + written++] = bracket ? (byte) '\n' : c;
                    atStart = bracket;
                }
            }
            return written;
        }

        @Override
        public void close() throws IOException {
            json.close();
        }
    }
}
