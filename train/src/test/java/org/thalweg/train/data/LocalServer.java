package org.thalweg.train.data;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** As much of a web server as downloads need, on a port of its own: one answer for each folder. */
final class LocalServer implements AutoCloseable {
    private final ServerSocket socket;
    private final Map<String, Answer> answers = new ConcurrentHashMap<>();

    /** What a server says before it hangs up. */
    interface Answer {
        void write(OutputStream out) throws IOException;
    }

    LocalServer() throws IOException {
        socket = new ServerSocket(0, 0, InetAddress.getLoopbackAddress());
        Thread.ofPlatform().daemon().start(this::serve);
    }

    /** Where a folder lies. */
    URI folder(String name) {
        return URI.create("http://127.0.0.1:%d/%s/".formatted(socket.getLocalPort(), name));
    }

    /** What to answer to whoever asks for a file in a folder. */
    void answer(String folder, Answer answer) {
        answers.put(folder, answer);
    }

    /** A whole file. */
    static Answer file(byte[] bytes) {
        return out -> {
            head(out, bytes.length);
            out.write(bytes);
        };
    }

    /** The beginning of an answer of so many bytes. */
    static void head(OutputStream out, int length) throws IOException {
        out.write("HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: %d\r\n\r\n"
                .formatted(length)
                .getBytes(US_ASCII));
    }

    private void serve() {
        while (!socket.isClosed()) {
            try {
                Socket asking = socket.accept();
                Thread.ofPlatform().daemon().start(() -> answer(asking));
            } catch (IOException e) {
                return; // closed
            }
        }
    }

    private void answer(Socket asking) {
        try (asking) {
            BufferedReader in = new BufferedReader(new InputStreamReader(asking.getInputStream(), US_ASCII));
            String folder = in.readLine().split("/")[1];
            while (!in.readLine().isEmpty()) {
                // Headers do not matter here.
            }
            answers.getOrDefault(folder, LocalServer::missing).write(asking.getOutputStream());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void missing(OutputStream out) throws IOException {
        out.write("HTTP/1.1 404 Not Found\r\nConnection: close\r\nContent-Length: 0\r\n\r\n".getBytes(US_ASCII));
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
