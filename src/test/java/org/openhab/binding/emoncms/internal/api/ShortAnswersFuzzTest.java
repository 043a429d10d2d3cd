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

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.time.Duration;

import org.eclipse.jdt.annotation.NonNullByDefault;
import org.eclipse.jetty.client.HttpClient;
import org.openhab.binding.emoncms.internal.feed.Engine;
import org.openhab.binding.emoncms.internal.feed.FeedIdentity;
import org.openhab.binding.emoncms.internal.feed.Outside;
import org.openhab.binding.emoncms.internal.feed.ProblemException;

import com.code_intelligence.jazzer.junit.FuzzTest;

/**
 * Whatever a server answers to the calls that expect a meta, an id, the outcome of an upload, an account or points.
 *
 * @author Emoncms add-on contributors - Initial contribution
 */
@NonNullByDefault
class ShortAnswersFuzzTest {

    private static final Duration TIMEOUT = Duration.ofSeconds(1);
    private static final Credentials.ApiKey KEY = new Credentials.ApiKey("0123456789abcdef0123456789abcdef");

    @FuzzTest
    void anAnswerIsAValueOrAProblem(byte[] answer) {
        HttpClient json = CannedClient.ok("application/json", answer);
        refusalsMayNameAFeed(() -> assertThat(api(json).meta(1).id()).isPositive());
        refusalsMayNameAFeed(() -> assertThat(
                api(json).beginCreate(new FeedIdentity("house", "power"), Engine.PHPFINA, 10, "W").answer())
                .isPositive());
        refusalsMayNameAFeed(() -> assertThat(api(json).beginSync(ByteBuffer.allocate(4)).answer())
                .allSatisfy(meta -> assertThat(meta.id()).isPositive()));
        refusalsMayNameAFeed(() -> api(json).export(1, 0, 0, bytes -> true));
        refusalsMayNameAFeed(() -> assertThat(api(json).digest(1, 3, 12)).matches("[0-9a-f]{64}"));
        refusalsMayNameAFeed(() -> api(json).post(1, "[[1750000000,1.0]]"));
        refusalsMayNameAFeed(() -> api(json).erase(1, 0, 10));
        refusalsMayNameAFeed(() -> api(json).rename(1, "power"));
        Outside.isTakenOrRefused(() -> assertThat(authenticator(json).authenticate(KEY)).isEqualTo(KEY));
        Outside.isTakenOrRefused(
                () -> assertThat(authenticator(json).authenticate(new Credentials.Login("emonuser", "password")).key())
                        .isNotEmpty());
        Outside.isTakenOrRefused(
                () -> assertThat(export(CannedClient.ok("application/octet-stream", answer))).isEqualTo(answer));
    }

    private static void refusalsMayNameAFeed(Outside.Reading reading) {
        Outside.isTakenOrRefused(() -> {
            try {
                reading.run();
            } catch (RefusedException e) {
                e.feedId().ifPresent(id -> assertThat(id).isNotNegative());
                throw e;
            }
        });
    }

    private static EmoncmsApi api(HttpClient client) throws ProblemException {
        return new EmoncmsApi(new HttpAccess(client, TIMEOUT), ServerUrl.parse("https://emoncms.org"), KEY);
    }

    private static Authenticator authenticator(HttpClient client) throws ProblemException {
        return new Authenticator(new HttpAccess(client, TIMEOUT), ServerUrl.parse("https://emoncms.org"));
    }

    private static byte[] export(HttpClient client) throws ProblemException, InterruptedException {
        ByteArrayOutputStream read = new ByteArrayOutputStream();
        api(client).export(1, 0, 0, bytes -> {
            read.write(bytes.array(), bytes.position(), bytes.remaining());
            return true;
        });
        return read.toByteArray();
    }
}
