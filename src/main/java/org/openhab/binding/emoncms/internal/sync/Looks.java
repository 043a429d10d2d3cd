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

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

import org.eclipse.jdt.annotation.NonNullByDefault;
import org.openhab.binding.emoncms.internal.feed.FeedIdentity;
import org.openhab.binding.emoncms.internal.feed.Problem;
import org.openhab.binding.emoncms.internal.feed.ProblemException;

/**
 * Those who wait for a fresh look at both sides. Of the worker thread.
 *
 * @author Emoncms add-on contributors - Initial contribution
 */
@NonNullByDefault
final class Looks {

    private final List<CompletableFuture<Map<FeedIdentity, KnownFeed>>> waiting = new ArrayList<>();

    void add(Collection<CompletableFuture<Map<FeedIdentity, KnownFeed>>> looks) {
        waiting.addAll(looks);
    }

    boolean isEmpty() {
        return waiting.isEmpty();
    }

    void complete(Map<FeedIdentity, KnownFeed> known) {
        waiting.forEach(look -> look.complete(known));
        waiting.clear();
    }

    void fail(Problem problem) {
        waiting.forEach(look -> look.completeExceptionally(new ProblemException(problem)));
        waiting.clear();
    }

    void cancel() {
        waiting.forEach(look -> look.cancel(false));
        waiting.clear();
    }
}
