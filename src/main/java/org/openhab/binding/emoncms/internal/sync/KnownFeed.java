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

import java.util.stream.Stream;

import org.eclipse.jdt.annotation.NonNullByDefault;
import org.eclipse.jdt.annotation.Nullable;
import org.openhab.binding.emoncms.internal.feed.ListedFeed;
import org.openhab.binding.emoncms.internal.feed.ProblemKind;

/**
 * A feed that exists on one side or on both, watched or not.
 *
 * @param local as the local store lists it; null if it does not
 * @param remote as the remote store lists it; null if it does not
 *
 * @author Emoncms add-on contributors - Initial contribution
 */
@NonNullByDefault
public record KnownFeed(FeedReport report, @Nullable ListedFeed local, @Nullable ListedFeed remote) {

    /** Whether it has a name and, as far as is known, an engine that can be synchronised. */
    public boolean isSupported() {
        boolean hasName = !report.identity().tag().isBlank() && !report.identity().name().isBlank();
        return hasName && Stream.of(local, remote)
                .anyMatch(side -> side instanceof ListedFeed.Usable || side instanceof ListedFeed.Unusable unusable
                        && unusable.problem().kind() != ProblemKind.ENGINE_UNSUPPORTED);
    }
}
