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
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.channels.UnresolvedAddressException;
import java.util.concurrent.TimeoutException;

import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLPeerUnverifiedException;

import org.eclipse.jdt.annotation.NonNullByDefault;
import org.eclipse.jdt.annotation.Nullable;
import org.openhab.binding.emoncms.internal.feed.Problem;
import org.openhab.binding.emoncms.internal.feed.ProblemException;
import org.openhab.binding.emoncms.internal.feed.ProblemKind;

/**
 * Finds what the user can understand in the exceptions of Jetty, the JDK's sockets and its TLS.
 *
 * @author Emoncms add-on contributors - Initial contribution
 */
@NonNullByDefault
final class HttpFailures {

    /** Of Jetty, when nothing was sent yet. */
    private static final String CONNECT_TIMEOUT = "Connect Timeout";

    private HttpFailures() {
    }

    static ProblemException toProblem(String host, Throwable failure) {
        ProblemKind kind = ProblemKind.CONNECTION_LOST;
        Throwable reason = failure;
        for (Throwable t = failure; t != null; t = t.getCause()) {
            ProblemKind found = kindOf(t);
            if (found != null) {
                kind = found;
                reason = t;
                break;
            }
        }
        return new ProblemException(Problem.of(kind, host, describe(reason)), failure);
    }

    /** Jetty's own messages name objects and ports, which say nothing to a user and differ each time. */
    private static String describe(Throwable reason) {
        String message = reason.getMessage();
        if (reason instanceof EOFException) {
            return "closed by the server";
        }
        return message == null || reason.getClass().getName().startsWith("org.eclipse.jetty")
                ? reason.getClass().getSimpleName()
                : message;
    }

    private static @Nullable ProblemKind kindOf(Throwable failure) {
        if (failure instanceof BoundedInputStream.TooLongException) {
            return ProblemKind.ANSWER_TOO_LONG;
        }
        if (failure instanceof UnknownHostException || failure instanceof UnresolvedAddressException) {
            return ProblemKind.UNKNOWN_HOST;
        }
        if (failure instanceof SSLHandshakeException || failure instanceof SSLPeerUnverifiedException) {
            return ProblemKind.NOT_TRUSTED;
        }
        if (failure instanceof SocketTimeoutException && CONNECT_TIMEOUT.equals(failure.getMessage())) {
            return ProblemKind.NO_CONNECTION;
        }
        if (failure instanceof SocketTimeoutException || failure instanceof TimeoutException) {
            return ProblemKind.TIMEOUT;
        }
        if (failure instanceof ConnectException || failure instanceof NoRouteToHostException
                || failure instanceof SSLException) {
            return ProblemKind.NO_CONNECTION;
        }
        return failure instanceof EOFException ? ProblemKind.CONNECTION_LOST : null;
    }
}
