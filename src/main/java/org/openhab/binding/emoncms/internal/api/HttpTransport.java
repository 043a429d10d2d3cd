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
package org.openhab.binding.emoncms.internal.api;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import org.eclipse.jdt.annotation.NonNullByDefault;
import org.eclipse.jdt.annotation.Nullable;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.client.api.Request;
import org.eclipse.jetty.client.api.Response;
import org.eclipse.jetty.client.util.ByteBufferContentProvider;
import org.eclipse.jetty.client.util.InputStreamResponseListener;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.openhab.binding.emoncms.internal.feed.Problem;
import org.openhab.binding.emoncms.internal.feed.ProblemException;
import org.openhab.binding.emoncms.internal.feed.ProblemKind;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import com.google.gson.JsonParseException;
import com.google.gson.stream.MalformedJsonException;

/**
 * Sends one request at a time and turns every way it can fail into a {@link ProblemException}. A request and its
 * answer end within the time their size allows, an answer within its length; redirects stay on the host and never
 * leave https.
 *
 * @author Emoncms add-on contributors - Initial contribution
 */
@NonNullByDefault
final class HttpTransport {

    private static final int MAX_REDIRECTS = 3;
    /** A body that takes longer than this is too large for the link. */
    private static final int MIN_BYTES_PER_SECOND = 4096;
    /** An SD card is slow, and a Raspberry Pi hashes not much faster. */
    private static final int MIN_WORK_BYTES_PER_SECOND = 4 << 20;

    private final Logger logger = LoggerFactory.getLogger(HttpTransport.class);

    private final HttpClient client;
    private final ServerUrl url;
    private final Duration timeout;

    /**
     * @param timeout for a request without a body; its silence is allowed to last as long
     */
    HttpTransport(HttpClient client, ServerUrl url, Duration timeout) {
        this.client = client;
        this.url = url;
        this.timeout = timeout;
    }

    ServerUrl url() {
        return url;
    }

    /**
     * @param credentials sent with the request if they are a key; taken out of whatever the server says in any case
     */
    <T> T exchange(HttpCall call, @Nullable Credentials credentials, long maxAnswerBytes, AnswerReader<T> reader)
            throws ProblemException, InterruptedException {
        URI uri = url.resolve(call.path(), call.query());
        for (int redirects = 0; redirects <= MAX_REDIRECTS; redirects++) {
            InputStreamResponseListener listener = new InputStreamResponseListener();
            try (InputStream body = listener.getInputStream()) {
                Response head = send(uri, call, credentials, listener);
                logger.trace("{} {}: {}", call.method(), call.path(), head.getStatus());
                if (HttpStatus.isRedirection(head.getStatus())) {
                    uri = Redirects.follow(uri, head.getHeaders().get(HttpHeader.LOCATION),
                            text -> redact(credentials, text));
                    continue;
                }
                requireOk(head.getStatus());
                String contentType = Objects.requireNonNullElse(head.getHeaders().get(HttpHeader.CONTENT_TYPE), "");
                return read(new Answer(contentType, new BoundedInputStream(body, maxAnswerBytes), credentials), reader);
            } catch (SocketTimeoutException e) {
                throw HttpFailures.toProblem(url.authority(), e);
            } catch (InterruptedIOException e) {
                throw (InterruptedException) new InterruptedException().initCause(e);
            } catch (IOException e) {
                throw HttpFailures.toProblem(url.authority(), e);
            }
        }
        throw new ProblemException(
                Problem.of(ProblemKind.REDIRECTED, url.authority(), redact(credentials, Redirects.withoutQuery(uri))));
    }

    private Response send(URI uri, HttpCall call, @Nullable Credentials credentials,
            InputStreamResponseListener listener) throws ProblemException, InterruptedException {
        Duration silence = timeout.plusSeconds(call.workBytes() / MIN_WORK_BYTES_PER_SECOND);
        long millis = silence.plusSeconds(call.bodyBytes() / MIN_BYTES_PER_SECOND).toMillis();
        Request request = client.newRequest(uri).method(call.method()).followRedirects(false)
                .timeout(millis, TimeUnit.MILLISECONDS).idleTimeout(silence.toMillis(), TimeUnit.MILLISECONDS);
        if (credentials instanceof Credentials.ApiKey key) {
            request.header(HttpHeader.AUTHORIZATION, key.authorization());
        }
        request.onResponseHeader(new HeaderLimit());
        HttpCall.Body body = call.body();
        if (body != null) {
            request.content(new ByteBufferContentProvider(body.contentType(), body.content()));
        }
        request.send(listener);
        try {
            return listener.get(millis, TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw HttpFailures.toProblem(url.authority(), e);
        } catch (TimeoutException e) {
            request.abort(e);
            throw HttpFailures.toProblem(url.authority(), e);
        } catch (InterruptedException e) {
            request.abort(e);
            throw e;
        }
    }

    private static String redact(@Nullable Credentials credentials, String text) {
        return credentials == null ? text : credentials.redact(text);
    }

    private void requireOk(int status) throws ProblemException {
        ProblemKind kind = switch (status) {
            case HttpStatus.OK_200 -> null;
            case HttpStatus.UNAUTHORIZED_401 -> ProblemKind.KEY_REFUSED;
            case HttpStatus.NOT_FOUND_404 -> ProblemKind.NOT_EMONCMS;
            case HttpStatus.PAYLOAD_TOO_LARGE_413 -> ProblemKind.BODY_TOO_LARGE;
            default -> ProblemKind.SERVER_ERROR;
        };
        if (kind != null) {
            throw new ProblemException(Problem.of(kind, url.authority(), status));
        }
    }

    private <T> T read(Answer answer, AnswerReader<T> reader)
            throws IOException, ProblemException, InterruptedException {
        try {
            return reader.read(answer);
        } catch (MalformedJsonException | EOFException | IllegalStateException | JsonParseException
                | NumberFormatException e) {
            // whose message holds what the server has sent
            throw new ProblemException(Problem.of(ProblemKind.UNREADABLE_ANSWER, url.authority(), answer.excerpt()));
        }
    }
}
