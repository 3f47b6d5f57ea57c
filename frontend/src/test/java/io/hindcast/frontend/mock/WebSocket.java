package io.hindcast.frontend.mock;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** The server side of a WebSocket (RFC 6455), limited to text messages. */
final class WebSocket {

    private static final int TEXT = 1;
    private static final int CLOSE = 8;
    private static final int PING = 9;
    private static final int PONG = 10;

    private final Socket socket;
    private final DataInputStream in;
    private final OutputStream out;

    WebSocket(Socket socket, DataInputStream in, OutputStream out) {
        this.socket = socket;
        this.in = in;
        this.out = out;
    }

    static String accept(String key) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-1")
                    .digest((key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11").getBytes(StandardCharsets.US_ASCII));
            return Base64.getEncoder().encodeToString(digest);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Returns the next text message, or null when the client has closed the connection. */
    @Nullable String read() throws IOException {
        while (true) {
            int head = in.read();
            if (head < 0) {
                return null;
            }
            int second = in.readUnsignedByte();
            long length = second & 0x7f;
            if (length == 126) {
                length = in.readUnsignedShort();
            } else if (length == 127) {
                length = in.readLong();
            }
            byte[] mask = new byte[4];
            if ((second & 0x80) != 0) {
                in.readFully(mask);
            }
            byte[] data = in.readNBytes(Math.toIntExact(length));
            for (int i = 0; i < data.length; i++) {
                data[i] = (byte) (data[i] ^ mask[i % 4]);
            }
            switch (head & 0x0f) {
                case TEXT -> {
                    return new String(data, StandardCharsets.UTF_8);
                }
                case PING -> write(PONG, data);
                case CLOSE -> {
                    return null;
                }
                default -> {}
            }
        }
    }

    void send(String text) {
        try {
            write(TEXT, text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Closes the socket without a closing handshake, like a lost network. */
    void drop() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private synchronized void write(int opcode, byte[] data) throws IOException {
        out.write(0x80 | opcode);
        if (data.length < 126) {
            out.write(data.length);
        } else if (data.length < 65_536) {
            out.write(126);
            out.write(data.length >> 8);
            out.write(data.length);
        } else {
            out.write(127);
            for (int shift = 56; shift >= 0; shift -= 8) {
                out.write((int) ((long) data.length >> shift));
            }
        }
        out.write(data);
        out.flush();
    }
}
