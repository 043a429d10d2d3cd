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

import java.util.Comparator;
import java.util.Optional;
import java.util.regex.Pattern;

import org.eclipse.jdt.annotation.NonNullByDefault;

/**
 * What a feed is called on both sides. Emoncms keeps the pair unique per account and case-sensitive.
 *
 * @author Emoncms add-on contributors - Initial contribution
 */
@NonNullByDefault
public record FeedIdentity(String tag, String name) {

    /** By tag, then by name. */
    public static final Comparator<FeedIdentity> ORDER = Comparator.comparing(FeedIdentity::tag)
            .thenComparing(FeedIdentity::name);

    private static final int MAX_LENGTH = 255;
    /** What {@code feed/create} lets through. */
    private static final Pattern ACCEPTED = Pattern.compile("[\\p{L}\\p{N}_\\s:-]*", Pattern.UNICODE_CHARACTER_CLASS);

    /**
     * @return why Emoncms could not create a feed of this identity, or nothing if it can
     */
    public Optional<Problem> problem() {
        if (tag.isBlank() || name.isBlank()) {
            return Optional.of(Problem.of(ProblemKind.FEED_NAME_EMPTY, tag, name));
        }
        if (!isAccepted(tag) || !isAccepted(name)) {
            return Optional.of(Problem.of(ProblemKind.FEED_NAME_REFUSED, tag, name));
        }
        return Optional.empty();
    }

    private static boolean isAccepted(String text) {
        return text.codePointCount(0, text.length()) <= MAX_LENGTH && ACCEPTED.matcher(text).matches();
    }

    @Override
    public String toString() {
        return tag + ":" + name;
    }
}
