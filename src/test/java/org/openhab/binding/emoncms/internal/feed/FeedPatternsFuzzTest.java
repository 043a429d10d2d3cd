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
package org.openhab.binding.emoncms.internal.feed;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;

import org.eclipse.jdt.annotation.NonNullByDefault;

import com.code_intelligence.jazzer.junit.FuzzTest;

/**
 * Whatever a user enters as upload patterns, and whatever feeds are called.
 *
 * @author Emoncms add-on contributors - Initial contribution
 */
@NonNullByDefault
class FeedPatternsFuzzTest {

    private static final String DIVIDER = "\0";

    /** The patterns come before the first divider, tag and name after it. */
    @FuzzTest
    void patternsSelectOrAreAProblem(byte[] bytes) {
        String[] parts = new String(bytes, StandardCharsets.UTF_8).split(DIVIDER, 3);
        FeedIdentity feed = new FeedIdentity(parts.length > 1 ? parts[1] : "house",
                parts.length > 2 ? parts[2] : "power");
        Outside.isTakenOrRefused(() -> {
            boolean isSelected = FeedPatterns.parse(List.of(parts[0])).matches(feed);

            assertThat(FeedPatterns.parse(List.of("*", parts[0])).matches(feed))
                    .isEqualTo(isSelected || FeedPatterns.parse(List.of("*", exclusionsOf(parts[0]))).matches(feed));
        });
    }

    private static String exclusionsOf(String patterns) {
        return String.join(",", List.of(patterns.split("[,\\r\\n]")).stream().map(String::strip)
                .filter(pattern -> pattern.startsWith("!")).toList());
    }
}
