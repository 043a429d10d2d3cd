/*
 * Copyright (c) 2026 Contributors to the Emoncms add-on for openHAB
 *
 * See the NOTICE file(s) distributed with this work for additional
 * information.
 *
 * This program and the accompanying materials are made available under the
 * terms of the Eclipse Public License 2.0 which is available at
 * http://www.eclipse.org/legal/epl-2.0
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package org.openhab.binding.emoncms.simulated;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPOutputStream;

import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpServletResponse;

import org.eclipse.jdt.annotation.NonNullByDefault;
import org.eclipse.jetty.io.EofException;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.handler.AbstractHandler;

/**
 * The web server's part: logs requests, lets faults decide, sends the application's answers.
 *
 * @author Emoncms add-on contributors - Initial contribution
 */
@NonNullByDefault
final class EmoncmsHandler extends AbstractHandler {
    /** Apache closes a connection with this answer */
    private static final int LAST_REQUEST_OF_CONNECTION = 101;

    private final EmoncmsApplication application;
    private final RequestLog log = new RequestLog();
    private final List<Fault> faults = new CopyOnWriteArrayList<>();
    private volatile CountDownLatch stopping = new CountDownLatch(1);
    private volatile boolean keepsBodies;

    EmoncmsHandler(EmoncmsApplication application) {
        this.application = application;
    }

    RequestLog log() {
        return log;
    }

    List<Fault> faults() {
        return faults;
    }

    void keepBodies(boolean keep) {
        keepsBodies = keep;
    }

    /** Ends all waiting; new requests wait again after {@link #resume} */
    void release() {
        stopping.countDown();
    }

    void resume() {
        stopping = new CountDownLatch(1);
    }

    @Override
    public void handle(@NonNullByDefault({}) String target, @NonNullByDefault({}) Request baseRequest,
            @NonNullByDefault({}) HttpServletRequest request, @NonNullByDefault({}) HttpServletResponse response)
            throws IOException {
        baseRequest.setHandled(true);
        RequestBody body = RequestBody.read(request.getInputStream(), request.getContentLengthLong());
        ReceivedRequest received = received(request, body);
        log.add(received);
        PhpRequest script = new PhpRequest(received, body.bytes(), request.getRemoteAddr());
        setConnectionHeaders(baseRequest, response, body.isWhole());

        Outcome outcome = outcome(received);
        if (outcome instanceof Outcome.Answered answered) {
            send(answer(answered.reply()), received, response);
        } else if (outcome instanceof Outcome.Unanswered) {
            await(Duration.ofDays(1));
            disconnect(baseRequest);
        } else if (outcome instanceof Outcome.Disconnected) {
            disconnect(baseRequest);
        } else if (outcome instanceof Outcome.AnswerLost) {
            application.answer(script);
            disconnect(baseRequest);
        } else if (outcome instanceof Outcome.AnswerCut) {
            sendHalf(application.answer(script), response);
            disconnect(baseRequest);
        } else if (outcome instanceof Outcome.AnswerReplaced replaced) {
            application.answer(script);
            send(answer(replaced.reply()), received, response);
        } else {
            if (outcome instanceof Outcome.Delayed delayed) {
                await(delayed.delay());
            }
            send(application.answer(script), received, response);
        }
    }

    private Outcome outcome(ReceivedRequest request) {
        for (Fault fault : faults) {
            Outcome outcome = fault.on(request);
            if (!(outcome instanceof Outcome.Pass)) {
                return outcome;
            }
        }
        return Outcome.pass();
    }

    private ReceivedRequest received(HttpServletRequest request, RequestBody body) {
        Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (String name : Collections.list(request.getHeaderNames())) {
            headers.put(name, List.copyOf(Collections.list(request.getHeaders(name))));
        }
        String query = request.getQueryString();
        return new ReceivedRequest(request.getMethod(), request.getRequestURI(), query == null ? "" : query,
                Collections.unmodifiableMap(headers), body.length(), keepsBodies ? body.bytes() : null);
    }

    private static void setConnectionHeaders(Request request, HttpServletResponse response, boolean isWhole) {
        long number = request.getHttpChannel().getConnection().getMessagesIn();
        if (!isWhole || number >= LAST_REQUEST_OF_CONNECTION) {
            response.setHeader("Connection", "close");
        } else if ("keep-alive".equalsIgnoreCase(request.getHeader("Connection"))) {
            response.setHeader("Keep-Alive", "timeout=5, max=" + (LAST_REQUEST_OF_CONNECTION - number));
            response.setHeader("Connection", "Keep-Alive");
        }
    }

    private static Answer answer(Reply reply) {
        return Answer.bytes(reply.status(), reply.contentType(), reply.headers(), reply.body());
    }

    private static void send(Answer answer, ReceivedRequest request, HttpServletResponse response) throws IOException {
        setHead(answer, response);
        boolean acceptsGzip = request.header("Accept-Encoding").orElse("").toLowerCase(Locale.ROOT).contains("gzip");
        if (answer.compressible()) {
            response.setHeader("Vary", "Accept-Encoding");
        }
        if (answer.compressible() && acceptsGzip) {
            response.setHeader("Content-Encoding", "gzip");
            try (OutputStream out = new GZIPOutputStream(response.getOutputStream(), 1 << 13)) {
                answer.body().writeTo(out);
            }
        } else {
            answer.body().writeTo(response.getOutputStream());
        }
    }

    private static void sendHalf(Answer answer, HttpServletResponse response) throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        answer.body().writeTo(body);
        setHead(answer, response);
        response.setContentLength(body.size());
        response.getOutputStream().write(body.toByteArray(), 0, body.size() / 2);
        response.flushBuffer();
    }

    private static void setHead(Answer answer, HttpServletResponse response) {
        response.setStatus(answer.status());
        answer.headers().forEach(response::setHeader);
        response.setContentType(answer.contentType());
    }

    private static void disconnect(Request request) {
        request.getHttpChannel().abort(new EofException("Simulated fault"));
    }

    private void await(Duration duration) {
        try {
            stopping.await(duration.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
