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
import java.io.InterruptedIOException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import org.eclipse.jdt.annotation.NonNullByDefault;
import org.eclipse.jdt.annotation.Nullable;
import org.eclipse.jetty.client.api.Request;
import org.eclipse.jetty.client.api.Response;
import org.eclipse.jetty.client.util.ByteBufferContentProvider;
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
 * A request that was sent, and its answer, which is followed if it is a redirect.
 *
 * @author Emoncms add-on contributors - Initial contribution
 */
@NonNullByDefault
final class Exchange<T> implements PendingAnswer<T> {

    private static final int MAX_REDIRECTS = 3;
    /** A body that takes longer than this is too large for the link. */
    private static final int MIN_BYTES_PER_SECOND = 4096;
    /** An SD card is slow, and a Raspberry Pi hashes not much faster. */
    private static final int MIN_WORK_BYTES_PER_SECOND = 4 << 20;

    private static final Duration LONGEST_RELEASE = Duration.ofSeconds(1);

    private final Logger logger = LoggerFactory.getLogger(Exchange.class);

    private final HttpTransport transport;
    private final HttpCall call;
    private final @Nullable Credentials credentials;
    private final long maxAnswerBytes;
    private final AnswerReader<T> reader;
    private final Patience patience;
    private final Duration allowed;
    private final Duration silence;
    private final long limitMillis;
    private final String host;

    private URI uri;
    private EagerListener listener;
    private Request request;
    private final CompletableFuture<@Nullable Void> begun = new CompletableFuture<>();
    private volatile long sentAt;
    private volatile long answeredAt;

    Exchange(HttpTransport transport, HttpCall call, @Nullable Credentials credentials, long maxAnswerBytes,
            AnswerReader<T> reader) {
        this.transport = transport;
        this.call = call;
        this.credentials = credentials;
        this.maxAnswerBytes = maxAnswerBytes;
        this.reader = reader;
        patience = transport.patience(call.path());
        allowed = patience.allowed();
        silence = allowed.plusSeconds(call.workBytes() / MIN_WORK_BYTES_PER_SECOND);
        limitMillis = silence.plusSeconds((call.bodyBytes() + call.answerBytes())
                / Math.min(MIN_BYTES_PER_SECOND, transport.access().bytesPerSecond())).toMillis();
        host = transport.url().authority();
        uri = transport.address(call);
        listener = new EagerListener();
        request = send();
    }

    private Request send() {
        HttpAccess access = transport.access();
        Request request = access.client().newRequest(uri).method(call.method()).followRedirects(false)
                .tag(access.user()).timeout(limitMillis, TimeUnit.MILLISECONDS)
                .idleTimeout(silence.toMillis(), TimeUnit.MILLISECONDS);
        if (credentials instanceof Credentials.ApiKey key) {
            request.header(HttpHeader.AUTHORIZATION, key.authorization());
        }
        sentAt = System.nanoTime();
        request.onRequestSuccess(sent -> sentAt = System.nanoTime())
                .onResponseBegin(response -> begun(response.getStatus())).onResponseHeader(new HeaderLimit());
        transport.lineLimit().watch(request, listener::parts);
        HttpCall.Body body = call.body();
        SendRate rate = transport.rate();
        if (body != null && rate != null) {
            PacedBody paced = new PacedBody(body, rate, access.client().getScheduler());
            request.content(paced.provider(), body.contentType()).send(listener);
            paced.send();
        } else if (body != null) {
            request.content(new ByteBufferContentProvider(body.contentType(), body.content().duplicate()))
                    .send(listener);
        } else {
            request.send(listener);
        }
        return request;
    }

    private void begun(int status) {
        answeredAt = System.nanoTime();
        if (!HttpStatus.isRedirection(status)) {
            begun.complete(null);
        }
    }

    @Override
    public void whenAnswered(Runnable action) {
        begun.thenRun(action);
    }

    @Override
    public T answer() throws ProblemException, InterruptedException {
        try {
            return followed();
        } catch (ProblemException e) {
            if (isOfPlace(e.problem().kind())) {
                transport.failed();
            }
            throw e;
        }
    }

    /** Whether it may be otherwise at another place. */
    private static boolean isOfPlace(ProblemKind kind) {
        return switch (kind) {
            case REFUSED, BODY_TOO_LARGE, ANSWER_TOO_LONG, KEY_REFUSED -> false;
            default -> true;
        };
    }

    private T followed() throws ProblemException, InterruptedException {
        for (int redirects = 0; redirects <= MAX_REDIRECTS; redirects++) {
            try (BoundedInputStream body = new BoundedInputStream(listener.getInputStream(), maxAnswerBytes)) {
                Response head = head();
                logger.trace("{} {}: {}", call.method(), call.path(), head.getStatus());
                if (!HttpStatus.isRedirection(head.getStatus())) {
                    requireOk(head.getStatus());
                    String contentType = Objects.requireNonNullElse(head.getHeaders().get(HttpHeader.CONTENT_TYPE), "");
                    return read(new Answer(contentType, body, credentials));
                }
                URI from = uri;
                uri = Redirects.follow(from, head.getHeaders().get(HttpHeader.LOCATION), this::redact);
                if (isForGood(head.getStatus())) {
                    transport.moved(from, uri);
                }
            } catch (SocketTimeoutException e) {
                throw failure(e);
            } catch (InterruptedIOException e) {
                throw (InterruptedException) new InterruptedException().initCause(e);
            } catch (IOException e) {
                throw failure(e);
            } finally {
                end();
            }
            if (redirects < MAX_REDIRECTS) {
                listener = new EagerListener();
                request = send();
            }
        }
        throw new ProblemException(Problem.of(ProblemKind.REDIRECTED, host, redact(Redirects.withoutQuery(uri))));
    }

    private static boolean isForGood(int status) {
        return status == HttpStatus.MOVED_PERMANENTLY_301 || status == HttpStatus.PERMANENT_REDIRECT_308;
    }

    /**
     * The connection is free just after the end of the answer; the next request would need another one before. What a
     * server answers before it has read the whole body is not sent on: the buffer will hold another body soon.
     */
    private void end() throws InterruptedException {
        try {
            listener.await(LONGEST_RELEASE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException | InterruptedException e) {
            request.abort(e);
            if (e instanceof InterruptedException interrupted) {
                throw interrupted;
            }
        }
    }

    private Response head() throws ProblemException, InterruptedException {
        try {
            Response head = listener.get(limitMillis, TimeUnit.MILLISECONDS);
            patience.answered(Duration.ofNanos(answeredAt - sentAt));
            return head;
        } catch (ExecutionException e) {
            throw failure(e);
        } catch (TimeoutException e) {
            request.abort(e);
            throw failure(e);
        } catch (InterruptedException e) {
            request.abort(e);
            throw e;
        }
    }

    @Override
    public void abort() {
        request.abort(new InterruptedIOException());
    }

    private ProblemException failure(Exception e) {
        ProblemException failure = HttpFailures.toProblem(host, e);
        if (failure.problem().kind() == ProblemKind.TIMEOUT) {
            patience.timedOut(allowed);
        }
        return failure;
    }

    private String redact(String text) {
        Credentials credentials = this.credentials;
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
            throw new ProblemException(Problem.of(kind, host, status));
        }
    }

    private T read(Answer answer) throws IOException, ProblemException, InterruptedException {
        try {
            return reader.read(answer);
        } catch (MalformedJsonException | EOFException | IllegalStateException | JsonParseException
                | NumberFormatException e) {
            // whose message holds what the server has sent
            throw new ProblemException(Problem.of(ProblemKind.UNREADABLE_ANSWER, host, answer.excerpt()));
        }
    }
}
