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
package org.openhab.binding.emoncms.host;

import java.text.MessageFormat;
import java.util.Locale;
import java.util.Properties;
import java.util.stream.Stream;

import org.eclipse.jdt.annotation.NonNullByDefault;
import org.eclipse.jdt.annotation.Nullable;
import org.openhab.binding.emoncms.internal.feed.Problem;
import org.openhab.core.thing.ThingStatusInfo;

/**
 * Translates descriptions of thing status such as {@code @text/key ["a", "b"]} as openHAB does: splits at commas, drops
 * brackets, double quotes and empty arguments.
 *
 * @author Emoncms add-on contributors - Initial contribution
 */
@NonNullByDefault
final class StatusTexts {

    private static final String REFERENCE = "@text/";

    private final Properties texts;

    StatusTexts(Properties texts) {
        this.texts = texts;
    }

    /** Empty if the status has no description. */
    String description(ThingStatusInfo status) {
        String description = status.getDescription();
        return description == null ? "" : translate(description);
    }

    private String translate(String description) {
        if (!description.startsWith(REFERENCE)) {
            return description;
        }
        String[] parts = description.split("\\s+", 2);
        Object[] arguments = parts.length == 1 ? new Object[0]
                : Stream.of(parts[1].replaceAll("[\\[\\]\"]", "").split(",")).map(String::strip)
                        .filter(argument -> !argument.isEmpty()).toArray();
        return text(parts[0].substring(REFERENCE.length()), arguments);
    }

    String text(Problem problem) {
        return text("problem." + problem.kind().id(), problem.arguments().toArray());
    }

    boolean has(String key) {
        return texts.containsKey(key);
    }

    String text(String key, @Nullable Object[] arguments) {
        return new MessageFormat(texts.getProperty(key, REFERENCE + key), Locale.ENGLISH).format(arguments);
    }
}
