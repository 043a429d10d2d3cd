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

import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;

import org.eclipse.jdt.annotation.NonNullByDefault;
import org.eclipse.jdt.annotation.Nullable;
import org.openhab.binding.emoncms.internal.feed.Engine;
import org.openhab.binding.emoncms.internal.feed.FeedIdentity;
import org.openhab.binding.emoncms.internal.feed.ListedFeed;
import org.openhab.binding.emoncms.internal.feed.Problem;
import org.openhab.binding.emoncms.internal.sync.FeedReport;
import org.openhab.binding.emoncms.internal.sync.KnownFeed;
import org.openhab.binding.emoncms.internal.sync.SyncState;

/**
 * The feeds of both sides, as the console shows them.
 *
 * @param texts translates
 *
 * @author Emoncms add-on contributors - Initial contribution
 */
@NonNullByDefault
record FeedsTable(Collection<KnownFeed> feeds, Function<Problem, String> texts) {

    private static final String NONE = "-";
    private static final List<String> HEAD = List.of("tag", "name", "engine", "start", "interval", "local", "remote",
            "state", "upload", "problem");

    List<String> lines() {
        List<List<String>> rows = feeds.stream().map(KnownFeed::report)
                .sorted(Comparator.comparing(FeedReport::identity, FeedIdentity.ORDER)).map(this::row).toList();
        return rows.isEmpty() ? List.of("There are no feeds.") : new Table(HEAD, rows).lines();
    }

    private List<String> row(FeedReport report) {
        ListedFeed.Usable local = report.local() == null ? null : report.local().feed();
        ListedFeed.Usable remote = report.remote();
        ListedFeed.Usable either = local != null && (remote == null || !local.meta().isEmpty()) ? local : remote;
        SyncState state = report.state();
        Problem problem = report.problem();
        return List.of(report.identity().tag(), report.identity().name(),
                either == null ? NONE : either.engine().title(), either == null ? NONE : start(either),
                either == null || either.engine() != Engine.PHPFINA ? NONE : either.meta().intervalSeconds() + " s",
                npoints(local), npoints(remote), state == null ? "unknown" : state.id(),
                report.isUploaded() ? "on" : "off", problem == null ? "" : texts.apply(problem));
    }

    private static String start(ListedFeed.Usable feed) {
        return feed.meta().isEmpty() ? NONE : Instant.ofEpochSecond(feed.meta().startTime()).toString();
    }

    private static String npoints(ListedFeed.@Nullable Usable feed) {
        return feed == null ? NONE : String.valueOf(feed.meta().npoints());
    }
}
