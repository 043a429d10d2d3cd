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
package org.openhab.binding.emoncms.internal.config;

import static org.assertj.core.api.Assertions.assertThat;

import org.eclipse.jdt.annotation.NonNullByDefault;
import org.junit.jupiter.api.Test;
import org.openhab.binding.emoncms.internal.EmoncmsBindingConstants;
import org.openhab.binding.emoncms.internal.api.HttpAccess;
import org.openhab.binding.emoncms.internal.feed.ProblemException;
import org.openhab.binding.emoncms.internal.sync.SyncSettings;
import org.openhab.core.thing.ThingUID;

/**
 * The units of the parameters.
 *
 * @author Emoncms add-on contributors - Initial contribution
 */
@NonNullByDefault
class ServerSettingsTest {

    private final EmoncmsServerConfiguration configuration = new EmoncmsServerConfiguration();

    private ServerSettings settings() throws ProblemException {
        configuration.url = "http://emoncms";
        configuration.apikey = "0123456789abcdef0123456789abcdef";
        return ServerSettings.of(configuration, new ThingUID(EmoncmsBindingConstants.THING_TYPE_SERVER, "home"));
    }

    @Test
    void theRateIsInKilobytes() throws Exception {
        configuration.uploadRate = 64;
        assertThat(settings().uploadBytesPerSecond()).isEqualTo(64_000);
    }

    @Test
    void theBudgetIsInMegabytes() throws Exception {
        configuration.monthlyBudget = 3;
        assertThat(settings().sync().monthlyBudget()).isEqualTo(3_000_000);
    }

    @Test
    void theSizeIsInKibibytes() throws Exception {
        configuration.uploadSize = 16;
        assertThat(settings().sync().batchBytes()).isEqualTo(16_384);
    }

    @Test
    void withoutRateAndBudgetThereIsNoLimit() throws Exception {
        configuration.uploadRate = 0;
        configuration.monthlyBudget = 0;
        assertThat(settings().uploadBytesPerSecond()).isEqualTo(HttpAccess.UNLIMITED);
        assertThat(settings().sync().monthlyBudget()).isEqualTo(SyncSettings.UNLIMITED);
    }
}
