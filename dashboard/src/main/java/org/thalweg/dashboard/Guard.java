package org.thalweg.dashboard;

import io.helidon.http.HeaderNames;
import io.helidon.http.Method;
import io.helidon.http.Status;
import io.helidon.webserver.http.Filter;
import io.helidon.webserver.http.FilterChain;
import io.helidon.webserver.http.RoutingRequest;
import io.helidon.webserver.http.RoutingResponse;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Stands before every request. A page of a stranger, open in the same browser, could give its own name this machine's address and then
 * read everything here (DNS rebinding); so a request must name this machine as people here do. Every answer tells the browser
 * that the page may ask nothing of any other machine, and that no other page may embed or read it.
 */
record Guard(String host) implements Filter {
    private static final String POLICY = "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline';"
            + " img-src 'self' data: blob:; connect-src 'self'; base-uri 'none'; form-action 'none';"
            + " frame-ancestors 'none'";
    /** A number is no name, and nobody can rebind it: 127.0.0.1, [::1]; with or without a port. */
    private static final Pattern NUMBER = Pattern.compile("(\\d{1,3}(\\.\\d{1,3}){3}|\\[[0-9a-f:.]+])(:\\d{1,5})?");

    @Override
    public void filter(FilterChain chain, RoutingRequest request, RoutingResponse response) {
        response.header(HeaderNames.create("Content-Security-Policy"), POLICY);
        response.header(HeaderNames.create("X-Content-Type-Options"), "nosniff");
        response.header(HeaderNames.create("Referrer-Policy"), "no-referrer");
        response.header(HeaderNames.create("Cross-Origin-Resource-Policy"), "same-origin");
        response.header(HeaderNames.create("Cross-Origin-Opener-Policy"), "same-origin");
        response.header(HeaderNames.CACHE_CONTROL, "no-cache");
        Method method = request.prologue().method();
        if (!isOurs(request.headers().first(HeaderNames.HOST).orElse(""))) {
            Routes.refuse(
                    response,
                    Status.MISDIRECTED_REQUEST_421,
                    "This dashboard answers to its own address only: open http://%s/ with its port.".formatted(host));
        } else if (!method.equals(Method.GET) && !method.equals(Method.HEAD)) {
            Routes.refuse(response, Status.METHOD_NOT_ALLOWED_405, "The dashboard only reads: ask with GET.");
        } else {
            chain.proceed();
        }
    }

    private boolean isOurs(String asked) {
        String lower = asked.toLowerCase(Locale.ROOT);
        if (NUMBER.matcher(lower).matches()) {
            return true;
        }
        String name = lower.replaceFirst(":\\d{1,5}$", "");
        return name.equals("localhost") || name.equals(host.toLowerCase(Locale.ROOT));
    }
}
