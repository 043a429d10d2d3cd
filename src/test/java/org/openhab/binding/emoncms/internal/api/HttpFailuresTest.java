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

import static org.assertj.core.api.Assertions.assertThat;

import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;

import org.eclipse.jdt.annotation.NonNullByDefault;
import org.junit.jupiter.api.Test;
import org.openhab.binding.emoncms.internal.feed.ProblemKind;

/**
 * What failures of the HTTP client mean.
 *
 * @author Emoncms add-on contributors - Initial contribution
 */
@NonNullByDefault
class HttpFailuresTest {

    private static ProblemKind kind(Exception cause) {
        return HttpFailures.toProblem("host", new ExecutionException(cause)).problem().kind();
    }

    @Test
    void aServerThatDoesNotTakeTheConnectionInTimeWasNotTooSlowForABody() {
        assertThat(kind(new SocketTimeoutException("Connect Timeout"))).isEqualTo(ProblemKind.NO_CONNECTION);
        assertThat(kind(new ConnectException("refused"))).isEqualTo(ProblemKind.NO_CONNECTION);
    }

    @Test
    void aServerThatDoesNotAnswerInTimeIs() {
        assertThat(kind(new SocketTimeoutException("Idle timeout"))).isEqualTo(ProblemKind.TIMEOUT);
        assertThat(kind(new TimeoutException("Total timeout"))).isEqualTo(ProblemKind.TIMEOUT);
    }
}
