package org.thalweg.dashboard;

import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.zip.CRC32;
import java.util.zip.GZIPInputStream;
import org.thalweg.lab.svg.Assets;

/**
 * A file of the page itself. A browser keeps it, and asks whether it has changed.
 *
 * @param path its address
 * @param type as HTTP names it
 * @param content its bytes
 * @param compressed whether they are compressed by gzip
 * @param tag changes with the content
 */
@SuppressWarnings("ArrayRecordComponent") // Read alone, and made once.
record StaticFile(String path, String type, byte[] content, boolean compressed, String tag) implements Handler {
    private static final String SCRIPT = "text/javascript; charset=utf-8";
    private static final String STYLE = "text/css; charset=utf-8";

    private static StaticFile of(String path, String type, byte[] content, boolean compressed) {
        CRC32 sum = new CRC32();
        sum.update(content);
        return new StaticFile(path, type, content, compressed, "\"%x-%x\"".formatted(content.length, sum.getValue()));
    }

    /** All that the page consists of. */
    static List<StaticFile> all() {
        return List.of(
                of("/", "text/html; charset=utf-8", resource("index.html"), false),
                of("/dashboard.js", SCRIPT, resource("dashboard.js"), false),
                of("/runs.js", SCRIPT, resource("runs.js"), false),
                of("/charts.js", SCRIPT, resource("charts.js"), false),
                of("/dashboard.css", STYLE, resource("dashboard.css"), false),
                of("/house.css", STYLE, Assets.styleSheet().getBytes(StandardCharsets.UTF_8), false),
                of("/icon.svg", "image/svg+xml", resource("icon.svg"), false),
                of("/plotly.js", SCRIPT, Assets.plotly(), true));
    }

    private static byte[] resource(String name) {
        try (InputStream resource = StaticFile.class.getResourceAsStream(name)) {
            return Objects.requireNonNull(resource, name).readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void handle(ServerRequest request, ServerResponse response) throws IOException {
        response.headers().set(HeaderNames.ETAG, tag);
        if (request.headers().first(HeaderNames.IF_NONE_MATCH).orElse("").equals(tag)) {
            response.status(Status.NOT_MODIFIED_304).send();
        } else if (!compressed) {
            Routes.send(response, type, content);
        } else if (request.headers()
                .first(HeaderNames.ACCEPT_ENCODING)
                .orElse("")
                .contains("gzip")) {
            response.headers().set(HeaderNames.CONTENT_ENCODING, "gzip");
            Routes.send(response, type, content);
        } else {
            Routes.send(response, type, new GZIPInputStream(new ByteArrayInputStream(content)).readAllBytes());
        }
    }
}
