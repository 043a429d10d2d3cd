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
package org.openhab.binding.emoncms.internal.discovery;

import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import java.util.zip.CRC32;

import org.eclipse.jdt.annotation.NonNullByDefault;
import org.openhab.binding.emoncms.internal.EmoncmsBindingConstants;
import org.openhab.binding.emoncms.internal.feed.FeedIdentity;
import org.openhab.core.thing.ThingUID;

/**
 * Ids of discovered things: the same for the same feed, different for different ones, and readable. Where tag and name
 * have other characters than an id may have, a checksum keeps apart what these stood for.
 *
 * @author Emoncms add-on contributors - Initial contribution
 */
@NonNullByDefault
final class FeedThingIds {

    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_]+");
    private static final int MAX_LENGTH = 80;

    private FeedThingIds() {
    }

    static ThingUID uid(ThingUID bridge, FeedIdentity feed) {
        return new ThingUID(EmoncmsBindingConstants.THING_TYPE_FEED, bridge, id(feed));
    }

    static String id(FeedIdentity feed) {
        String id = (feed.tag() + "-" + feed.name()).replaceAll("[^A-Za-z0-9_-]+", "-");
        boolean isPlain = PLAIN.matcher(feed.tag()).matches() && PLAIN.matcher(feed.name()).matches();
        if (isPlain && id.length() <= MAX_LENGTH) {
            return id;
        }
        CRC32 checksum = new CRC32();
        checksum.update((feed.tag() + "\0" + feed.name()).getBytes(StandardCharsets.UTF_8));
        return id.substring(0, Math.min(id.length(), MAX_LENGTH)) + "--" + String.format("%08x", checksum.getValue());
    }
}
