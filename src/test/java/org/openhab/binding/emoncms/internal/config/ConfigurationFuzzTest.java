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

import java.nio.charset.StandardCharsets;
import java.util.List;

import org.eclipse.jdt.annotation.NonNullByDefault;
import org.openhab.binding.emoncms.internal.EmoncmsBindingConstants;
import org.openhab.binding.emoncms.internal.feed.Outside;
import org.openhab.core.thing.ThingUID;

import com.code_intelligence.jazzer.junit.FuzzTest;

/**
 * Whatever stands in the configuration of a bridge.
 *
 * @author Emoncms add-on contributors - Initial contribution
 */
@NonNullByDefault
class ConfigurationFuzzTest {

    private static final ThingUID BRIDGE = new ThingUID(EmoncmsBindingConstants.THING_TYPE_SERVER, "home");
    private static final String DIVIDER = "\0";

    /** Texts in the order of the fields, with a divider between them; what is missing is left as it is. */
    @FuzzTest
    void aConfigurationIsTakenOrAProblem(byte[] bytes) {
        EmoncmsServerConfiguration configuration = configuration(
                new String(bytes, StandardCharsets.UTF_8).split(DIVIDER, 11));
        Outside.isTakenOrRefused(() -> {
            ServerSettings settings = ServerSettings.of(configuration, BRIDGE);

            assertThat(settings.sync().phase()).isLessThan(settings.sync().uploadInterval());
            assertThat(settings.url().authority()).isNotEmpty();
        });
    }

    private static EmoncmsServerConfiguration configuration(String[] texts) {
        EmoncmsServerConfiguration configuration = new EmoncmsServerConfiguration();
        configuration.url = text(texts, 0, configuration.url);
        configuration.username = text(texts, 1, "");
        configuration.password = text(texts, 2, "");
        configuration.apikey = text(texts, 3, "");
        configuration.uploadPatterns = List.of(text(texts, 4, ""));
        configuration.localDirectory = text(texts, 5, "");
        configuration.phpfinaDirectory = text(texts, 6, "");
        configuration.phptimeseriesDirectory = text(texts, 7, "");
        configuration.localUrl = text(texts, 8, "");
        configuration.localApikey = text(texts, 9, "");
        configuration.uploadInterval = text(texts, 10, "300").hashCode() % 100_000;
        return configuration;
    }

    private static String text(String[] texts, int index, String other) {
        return index < texts.length ? texts[index] : other;
    }
}
