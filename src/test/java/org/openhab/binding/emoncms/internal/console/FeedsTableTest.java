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
package org.openhab.binding.emoncms.internal.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;

import org.eclipse.jdt.annotation.NonNullByDefault;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openhab.binding.emoncms.internal.feed.Engine;
import org.openhab.binding.emoncms.internal.feed.FeedIdentity;
import org.openhab.binding.emoncms.internal.feed.FeedMeta;
import org.openhab.binding.emoncms.internal.feed.ListedFeed;
import org.openhab.binding.emoncms.internal.feed.Outside;
import org.openhab.binding.emoncms.internal.feed.Problem;
import org.openhab.binding.emoncms.internal.feed.ProblemKind;
import org.openhab.binding.emoncms.internal.sync.FeedReport;
import org.openhab.binding.emoncms.internal.sync.KnownFeed;
import org.openhab.binding.emoncms.internal.sync.SyncState;
import org.openhab.binding.emoncms.internal.sync.Verification;

/**
 * The table of feeds, whatever they are called and however many there are.
 *
 * @author Emoncms add-on contributors - Initial contribution
 */
@NonNullByDefault
@Timeout(30)
class FeedsTableTest {

    private static final int HEAD_LINES = 1;
    private static final int LONGEST_LINE = 2000;

    private static KnownFeed feed(String tag, String name) {
        ListedFeed.Usable remote = new ListedFeed.Usable(1, new FeedIdentity(tag, name), Engine.PHPFINA, "W",
                new FeedMeta(1_750_000_000L, 10, 7));
        return new KnownFeed(
                new FeedReport(remote.identity(), SyncState.PARKED, Problem.of(ProblemKind.REFUSED, "h", name), null,
                        remote, 0, null, true, null, new Verification(null, null, false)),
                null, remote);
    }

    private static List<String> lines(List<KnownFeed> feeds) {
        return new FeedsTable(feeds, Problem::toString).lines();
    }

    private static void assertTidy(List<String> lines) {
        assertThat(lines).allSatisfy(line -> assertThat(line.codePoints().allMatch(Outside::isPrintable)).isTrue());
    }

    @ParameterizedTest
    @ValueSource(strings = { "a\r\nb", "\u001B[2J\u001B[31m", "\u202Etxt.exe", "\u0000\u0007\t", "\u200B\uFEFF",
            "\"'<script>alert(1)</script>&amp;", "{}[]%s%n$1\\" })
    void aNameTakesOneLineAndMovesNothing(String name) {
        List<String> lines = lines(List.of(feed(name, "power"), feed("house", name), feed("house", "power")));

        assertThat(lines).hasSize(3 + HEAD_LINES);
        assertTidy(lines);
        assertThat(lines.stream().map(line -> line.indexOf("PHPFina")).filter(at -> at >= 0).distinct()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = { "\u009B2J", "a\u0085b", "a\u2028b\u2029c" })
    void aControlOrSeparatorOutsideOfAsciiMovesNothingEither(String name) {
        assertTidy(lines(List.of(feed(name, "power"), feed("house", name))));
    }

    @Test
    void oneLongNameDoesNotMakeAllLinesLong() {
        List<String> lines = lines(List.of(feed("x".repeat(1 << 20), "power"), feed("house", "power")));

        assertThat(lines).allSatisfy(line -> assertThat(line).hasSizeLessThan(LONGEST_LINE));
    }

    @Test
    void manyFeedsAreShown() {
        List<KnownFeed> feeds = IntStream.range(0, 20_000).mapToObj(i -> feed("house", "f" + i)).toList();

        assertThat(lines(feeds)).hasSize(20_000 + HEAD_LINES);
    }
}
