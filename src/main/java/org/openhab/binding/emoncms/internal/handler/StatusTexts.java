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
package org.openhab.binding.emoncms.internal.handler;

import java.util.stream.Collectors;

import org.eclipse.jdt.annotation.NonNullByDefault;
import org.openhab.binding.emoncms.internal.feed.Problem;
import org.openhab.core.thing.ThingStatusDetail;

/**
 * The one place where a problem becomes a thing's status.
 *
 * @author Emoncms add-on contributors - Initial contribution
 */
@NonNullByDefault
public final class StatusTexts {

    private StatusTexts() {
    }

    static ThingStatusDetail detail(Problem problem) {
        return switch (problem.kind().remedy()) {
            case RETRY, WAIT -> ThingStatusDetail.COMMUNICATION_ERROR;
            case ACT, FIX -> ThingStatusDetail.CONFIGURATION_ERROR;
        };
    }

    /** Of the translated text. */
    public static String key(Problem problem) {
        return "problem." + problem.kind().id();
    }

    /** A reference to the translated text, in the syntax of openHAB's thing status. */
    static String description(Problem problem) {
        String key = "@text/" + key(problem);
        return problem.arguments().isEmpty() ? key
                : problem.arguments().stream().map(StatusTexts::argument)
                        .collect(Collectors.joining(", ", key + " [", "]"));
    }

    /** The syntax knows no escapes: it splits at commas, drops brackets, double quotes and empty arguments. */
    private static String argument(String text) {
        String plain = text.replace(',', ';').replace('"', '\'').replace('[', '(').replace(']', ')').strip();
        return plain.isEmpty() ? "\"-\"" : "\"" + (plain.startsWith("@") ? "-" + plain : plain) + "\"";
    }
}
