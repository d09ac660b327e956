package org.thalweg.dashboard;

import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.thalweg.dashboard.watch.CurvesUpdate;
import org.thalweg.dashboard.watch.Pages;
import org.thalweg.dashboard.watch.RunFolder;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Which address gives what. Runs and pages are named in the query, and looked up among those that there are: no part of an
 * address ever becomes a path.
 *
 * @param claims the pages of the folder of claims, if there is one
 */
record Routes(RunFolder folder, Optional<Pages> claims, LiveStream live) {
    private static final String JSON = "application/json";
    /** A run's page may hold anybody's script: it gets no rights of ours, and reaches nothing. */
    private static final String PAGE_POLICY = "sandbox allow-scripts allow-downloads; default-src 'none';"
            + " script-src 'unsafe-inline' 'unsafe-eval'; style-src 'unsafe-inline'; img-src data: blob:;"
            + " frame-ancestors 'none'";

    void addTo(HttpRouting.Builder routing) {
        StaticFile.all().forEach(file -> routing.get(file.path(), file));
        routing.get("/api/runs", this::runs)
                .get("/api/curves", this::curves)
                .get("/api/live", live)
                .get("/page", this::page)
                .any(this::nothing)
                .error(Exception.class, (request, response, failure) -> failed(response));
    }

    private void runs(ServerRequest request, ServerResponse response) {
        ObjectNode answer = JsonMapper.shared().createObjectNode();
        answer.put("folder", folder.root().toString()).put("now", System.currentTimeMillis());
        answer.set("runs", JsonMapper.shared().valueToTree(folder.cards()));
        answer.set(
                "claims",
                JsonMapper.shared().valueToTree(claims.map(Pages::list).orElse(List.of())));
        send(response, JSON, answer.toString().getBytes(StandardCharsets.UTF_8));
    }

    private void curves(ServerRequest request, ServerResponse response) {
        Optional<CurvesUpdate> update = parameter(request, "run").flatMap(folder::curves);
        if (update.isEmpty()) {
            refuse(response, Status.NOT_FOUND_404, "There is no such run here.");
        } else {
            send(response, JSON, update.get().json().getBytes(StandardCharsets.UTF_8));
        }
    }

    private void page(ServerRequest request, ServerResponse response) throws IOException {
        Optional<Pages> pages =
                request.query().contains("run") ? parameter(request, "run").flatMap(folder::pages) : claims;
        String name = parameter(request, "file").orElse("");
        Optional<byte[]> content =
                pages.isEmpty() ? Optional.empty() : pages.get().read(name);
        if (content.isEmpty()) {
            refuse(response, Status.NOT_FOUND_404, "There is no such page here.");
        } else {
            response.headers().set(HeaderNames.create("Content-Security-Policy"), PAGE_POLICY);
            send(response, Pages.isPage(name) ? "text/html; charset=utf-8" : "image/png", content.get());
        }
    }

    private void nothing(ServerRequest request, ServerResponse response) {
        refuse(response, Status.NOT_FOUND_404, "There is nothing at this address: the runs are at /.");
    }

    private static void failed(ServerResponse response) {
        refuse(
                response,
                Status.INTERNAL_SERVER_ERROR_500,
                "This could not be read; it may be there again in a moment.");
    }

    private static Optional<String> parameter(ServerRequest request, String name) {
        return request.query().all(name, List::of).stream().findFirst();
    }

    static void send(ServerResponse response, String type, byte[] content) {
        response.headers().set(HeaderNames.CONTENT_TYPE, type);
        response.send(content);
    }

    /** Answers with a sentence for people. */
    static void refuse(ServerResponse response, Status status, String sentence) {
        response.status(status);
        send(response, "text/plain; charset=utf-8", (sentence + "\n").getBytes(StandardCharsets.UTF_8));
    }
}
