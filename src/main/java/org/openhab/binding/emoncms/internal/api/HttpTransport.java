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

import java.net.URI;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import org.eclipse.jdt.annotation.NonNullByDefault;
import org.eclipse.jdt.annotation.Nullable;
import org.openhab.binding.emoncms.internal.feed.ProblemException;

/**
 * Sends requests to one server and turns every way they can fail into a {@link ProblemException}. A request and its
 * answer end within the time their size allows, an answer within its length; redirects stay on the host and never
 * leave https. For one thread.
 *
 * @author Emoncms add-on contributors - Initial contribution
 */
@NonNullByDefault
final class HttpTransport {

    private final HttpAccess access;
    private final ServerUrl url;
    /** By path: a list comes at once from a server that needs long for an upload. */
    private final Map<String, Patience> patience = new ConcurrentHashMap<>();
    private final @Nullable SendRate rate;
    private final LineLimit lineLimit;
    private volatile ServerUrl reached;

    HttpTransport(HttpAccess access, ServerUrl url) {
        this.access = access;
        this.url = url;
        lineLimit = new LineLimit(access);
        reached = url;
        rate = access.bytesPerSecond() == HttpAccess.UNLIMITED ? null
                : new SendRate(access.bytesPerSecond(), System::nanoTime);
    }

    ServerUrl url() {
        return url;
    }

    /** The address of a call, at the place to which the server has sent others for good. */
    URI address(HttpCall call) {
        return reached.resolve(call.path(), call.query());
    }

    /** Notes that the server wants to be called elsewhere from now on. */
    void moved(URI from, URI to) {
        reached = reached.movedTo(from, to);
    }

    /** Has the next call go to the configured address again. */
    void failed() {
        reached = url;
    }

    HttpAccess access() {
        return access;
    }

    /** How long calls of this path may take. */
    Patience patience(String path) {
        return patience.computeIfAbsent(path, any -> new Patience(access.timeout()));
    }

    LineLimit lineLimit() {
        return lineLimit;
    }

    /** How fast bodies may be sent; null if at any speed. */
    @Nullable
    SendRate rate() {
        return rate;
    }

    /**
     * Sends a request, so that others can be sent before its answer is asked for.
     *
     * @param credentials sent with the request if they are a key; taken out of whatever the server says in any case
     */
    <T> Exchange<T> begin(HttpCall call, @Nullable Credentials credentials, long maxAnswerBytes,
            AnswerReader<T> reader) {
        return new Exchange<>(this, call, credentials, maxAnswerBytes, reader);
    }

    /** As {@link #begin}, and reads the answer. */
    <T> T exchange(HttpCall call, @Nullable Credentials credentials, long maxAnswerBytes, AnswerReader<T> reader)
            throws ProblemException, InterruptedException {
        return begin(call, credentials, maxAnswerBytes, reader).answer();
    }
}
