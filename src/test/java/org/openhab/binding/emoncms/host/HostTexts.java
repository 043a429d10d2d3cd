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

import java.time.ZoneId;
import java.util.Locale;

import org.eclipse.jdt.annotation.NonNullByDefault;
import org.eclipse.jdt.annotation.Nullable;
import org.osgi.framework.Bundle;

/**
 * What the host has of openHAB's {@code TranslationProvider}, {@code LocaleProvider} and {@code TimeZoneProvider}.
 *
 * @author Emoncms add-on contributors - Initial contribution
 */
@NonNullByDefault
final class HostTexts {

    private final StatusTexts texts;

    HostTexts(StatusTexts texts) {
        this.texts = texts;
    }

    public @Nullable String getText(@Nullable Bundle bundle, @Nullable String key, @Nullable String defaultText,
            @Nullable Locale locale, @Nullable Object @Nullable... arguments) {
        return key == null || !texts.has(key) ? defaultText
                : texts.text(key, arguments == null ? new Object[0] : arguments);
    }

    public Locale getLocale() {
        return Locale.ENGLISH;
    }

    public ZoneId getTimeZone() {
        return ZoneId.systemDefault();
    }
}
