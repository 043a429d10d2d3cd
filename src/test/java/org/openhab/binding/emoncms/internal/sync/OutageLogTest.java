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
package org.openhab.binding.emoncms.internal.sync;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Predicate;

import org.eclipse.jdt.annotation.NonNullByDefault;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openhab.binding.emoncms.LogCapture;
import org.openhab.binding.emoncms.internal.feed.FeedIdentity;
import org.openhab.binding.emoncms.internal.feed.Problem;
import org.openhab.binding.emoncms.internal.feed.ProblemKind;
import org.openhab.binding.emoncms.simulated.Fault;
import org.openhab.binding.emoncms.simulated.Outcome;
import org.openhab.binding.emoncms.simulated.ReceivedRequest;
import org.openhab.binding.emoncms.simulated.Reply;

/**
 * A failure that lasts a day does not fill the log: what is wrong is said by the status of the things.
 *
 * @author Emoncms add-on contributors - Initial contribution
 */
@NonNullByDefault
@Timeout(60)
class OutageLogTest {

    private static final Duration DAY = Duration.ofHours(24);

    private final TwoSidesFixture sides;
    private final LogCapture log = new LogCapture();

    OutageLogTest(@TempDir Path directory) {
        sides = new TwoSidesFixture(directory, 1 << 16);
    }

    @BeforeEach
    void uploadOnce() throws Exception {
        FeedIdentity power = sides.fina("power", 100);
        sides.watch(power);
        sides.start();
        sides.assertSame(power);
        sides.append(power, 10);
    }

    @AfterEach
    void close() throws Exception {
        log.close();
        sides.close();
    }

    private void fail(Predicate<ReceivedRequest> affected, Reply reply) {
        sides.emoncms.fault(Fault.always(affected, Outcome.answer(reply)));
    }

    private void assertQuietDay(ProblemKind kind) {
        sides.worker.run(DAY);

        assertThat(sides.server().problem()).isNotNull().extracting(Problem::kind).isEqualTo(kind);
        assertThat(log.normallySeen()).isEmpty();
    }

    @Test
    void aServerThatIsDown() {
        sides.emoncms.stop();

        assertQuietDay(ProblemKind.NO_CONNECTION);
    }

    @ParameterizedTest
    @ValueSource(ints = { 500, 502, 503 })
    void aServerThatFails(int status) {
        fail(request -> true, Reply.html(status, "<h1>Sorry</h1>"));

        assertQuietDay(ProblemKind.SERVER_ERROR);
    }

    @Test
    void aServerThatAnswersWithAPage() {
        fail(request -> true, Reply.html(200, "<b>Fatal error</b>: Class not found"));

        assertQuietDay(ProblemKind.UNREADABLE_ANSWER);
    }

    @Test
    void aServerThatFailsOnUploadsOnly() {
        fail(Fault.route("/feed/sync"), Reply.html(200, "<b>Fatal error</b>: Class not found"));

        assertQuietDay(ProblemKind.UNREADABLE_ANSWER);
    }

    @Test
    void aKeyThatIsRefused() {
        fail(request -> true, Reply.html(401, "Invalid API key"));

        assertQuietDay(ProblemKind.KEY_REFUSED);
    }

    @Test
    void aDefectIsSaidAtMostOnceAnHour() {
        sides.openBy(() -> {
            throw new IllegalStateException("for a test");
        });
        sides.start();

        sides.worker.run(DAY);

        assertThat(sides.server().problem()).isNotNull().extracting(Problem::kind).isEqualTo(ProblemKind.INTERNAL);
        assertThat(log.normallySeen()).hasSizeBetween(1, 24);
    }
}
