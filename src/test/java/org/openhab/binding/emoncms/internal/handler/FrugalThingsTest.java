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
package org.openhab.binding.emoncms.internal.handler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.Objects;

import org.eclipse.jdt.annotation.NonNullByDefault;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.openhab.binding.emoncms.simulated.Fault;
import org.openhab.core.library.types.DateTimeType;
import org.openhab.core.thing.ThingStatus;
import org.openhab.core.thing.ThingStatusInfo;

/**
 * A bridge with a limited link: what its parameters do, and what its channels and status say of it.
 *
 * @author Emoncms add-on contributors - Initial contribution
 */
@NonNullByDefault
@Timeout(60)
class FrugalThingsTest {

    private static final long MEGABYTE = 1_000_000;
    private static final String USER_DATA = "openhab.userdata";

    private final ThingsFixture things;
    private final Path userData;
    private final String userDataBefore = System.getProperty(USER_DATA, "userdata");

    FrugalThingsTest(@TempDir Path directory) {
        things = new ThingsFixture(directory);
        userData = directory.resolve("userdata");
    }

    @BeforeEach
    void useOwnUserData() throws Exception {
        System.setProperty(USER_DATA, userData.toString());
        things.local.list();
    }

    @AfterEach
    void close() throws Exception {
        things.close();
        await().until(() -> ThingsFixture.workers().count(), count -> count == 0);
        System.setProperty(USER_DATA, userDataBefore);
    }

    private EmoncmsServerHandler bridgeWith(String parameter, Object value) {
        Map<String, Object> configuration = things.configuration();
        configuration.put("uploadPatterns", "*:*");
        configuration.put(parameter, value);
        return things.addBridge(configuration);
    }

    private EmoncmsServerHandler bridgeThatSpendsItsBudget() throws Exception {
        for (int i = 0; i < 10; i++) {
            things.addLocalFeed("power" + i, 40_000);
        }
        EmoncmsServerHandler handler = bridgeWith("monthlyBudget", 1);
        things.awaitEvent("home BUDGET_SPENT");
        return handler;
    }

    private long bytes(EmoncmsServerHandler handler, String channel) {
        String[] amount = Objects.requireNonNull(things.state(handler, channel)).toString().split(" ");
        assertThat(amount[1]).isEqualTo("B");
        return Long.parseLong(amount[0]);
    }

    private long bytesThisMonth(EmoncmsServerHandler handler) {
        return bytes(handler, "sent-this-month") + bytes(handler, "received-this-month");
    }

    private long bodies() {
        return things.emoncms.requests().stream().filter(Fault.route("/feed/sync"))
                .mapToLong(request -> request.bodyLength()).sum();
    }

    @Test
    void whatIsTransferredIsShown() throws Exception {
        things.addLocalFeed("power", 10_000);
        EmoncmsServerHandler handler = bridgeWith("uploadRate", 0);
        things.awaitState(handler, "feeds-in-sync", "1");

        await().untilAsserted(() -> {
            assertThat(bytes(handler, "sent-this-month")).isBetween(bodies(), bodies() * 11 / 10);
            assertThat(bytes(handler, "sent-today")).isEqualTo(bytes(handler, "sent-this-month"));
            assertThat(bytes(handler, "received-this-month")).isBetween(500L, 5000L);
            assertThat(bytes(handler, "received-today")).isEqualTo(bytes(handler, "received-this-month"));
        });
    }

    @Test
    void allThatIsTransferredInAMonthIsWithinTheBudget() throws Exception {
        EmoncmsServerHandler handler = bridgeThatSpendsItsBudget();
        things.awaitStatus(handler, ThingStatus.ONLINE);

        assertThat(bytesThisMonth(handler)).isBetween(MEGABYTE * 9 / 10, MEGABYTE);
        assertThat(handler.getThing().getStatusInfo()).extracting(ThingStatusInfo::getDescription)
                .isEqualTo("@text/status.budget-spent");
        assertThat(bytes(handler, "pending-data")).isPositive();
    }

    @Test
    void aSpentBudgetIsSpentAfterARestartToo() throws Exception {
        EmoncmsServerHandler handler = bridgeThatSpendsItsBudget();
        long spent = bytesThisMonth(handler);
        handler.dispose();
        things.events.clear();
        things.emoncms.clearRequests();
        handler.initialize();
        things.awaitEvent("home BUDGET_SPENT");

        assertThat(bytesThisMonth(handler)).isGreaterThanOrEqualTo(spent);
        assertThat(things.emoncms.requests()).isEmpty();
    }

    @Test
    void aBodyGoesNoFasterThanTheRate() throws Exception {
        things.addLocalFeed("power", 10_000);
        Instant start = Instant.now();
        EmoncmsServerHandler handler = bridgeWith("uploadRate", 20);
        things.awaitState(handler, "feeds-in-sync", "1");

        assertThat(Duration.between(start, Instant.now())).isGreaterThan(Duration.ofMillis(1750));
    }

    @Test
    void outsideTheWindowNothingIsUploaded() throws Exception {
        things.addLocalFeed("power", 100);
        ZonedDateTime opening = ZonedDateTime.now(ZoneId.of("UTC")).plusHours(2);
        DateTimeFormatter time = DateTimeFormatter.ofPattern("HH:mm");
        EmoncmsServerHandler handler = bridgeWith("uploadWindow",
                time.format(opening) + "-" + time.format(opening.plusHours(1)));
        things.awaitState(handler, "feeds-in-sync", "0");
        things.awaitStatus(handler, ThingStatus.ONLINE);

        assertThat(things.emoncms.requests()).noneMatch(Fault.route("/feed/sync"));
        Instant next = ((DateTimeType) Objects.requireNonNull(things.state(handler, "next-upload"))).getInstant();
        assertThat(Duration.between(opening.toInstant(), next)).isBetween(Duration.ofMinutes(-1),
                Duration.ofMinutes(1));
    }
}
