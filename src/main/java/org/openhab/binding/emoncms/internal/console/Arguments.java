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

import java.util.List;

import org.eclipse.jdt.annotation.NonNullByDefault;
import org.eclipse.jdt.annotation.Nullable;
import org.openhab.binding.emoncms.internal.EmoncmsBindingConstants;
import org.openhab.binding.emoncms.internal.feed.FeedIdentity;
import org.openhab.binding.emoncms.internal.handler.EmoncmsServerHandler;

/**
 * What follows a command: perhaps a server, by its UID or its last part, and perhaps a feed, whose name may have
 * spaces.
 *
 * @param words the command itself first
 * @param servers all there are
 *
 * @author Emoncms add-on contributors - Initial contribution
 */
@NonNullByDefault
record Arguments(List<String> words, List<EmoncmsServerHandler> servers) {

    private static final String SERVER_PREFIX = EmoncmsBindingConstants.THING_TYPE_SERVER + ":";

    private List<EmoncmsServerHandler> named() {
        return words.size() < 2 ? List.of()
                : servers.stream().filter(server -> server.getThing().getUID().getAsString().equals(words.get(1))
                        || server.getThing().getUID().getId().equals(words.get(1))).toList();
    }

    /** Whether a server is named that does not exist or does not run. */
    boolean namesUnknownServer() {
        return words.size() > 1 && named().isEmpty()
                && (words.get(1).startsWith(SERVER_PREFIX) || "feeds".equals(words.get(0)));
    }

    /** The named server, or all if none is named. */
    List<EmoncmsServerHandler> selected() {
        List<EmoncmsServerHandler> named = named();
        return named.isEmpty() ? servers : named;
    }

    String feedText() {
        int first = named().isEmpty() ? 1 : 2;
        return words.size() <= first ? "" : String.join(" ", words.subList(first, words.size()));
    }

    boolean hasFeed() {
        return !feedText().isEmpty();
    }

    /**
     * The known feed that is called so, else the text divided at its first colon; null if it has none.
     */
    @Nullable
    FeedIdentity feed() {
        String text = feedText();
        int colon = text.indexOf(':');
        return selected().stream().flatMap(server -> server.feeds().stream())
                .filter(feed -> feed.toString().equals(text)).findFirst()
                .orElse(colon < 0 ? null : new FeedIdentity(text.substring(0, colon), text.substring(colon + 1)));
    }
}
