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
package org.openhab.binding.emoncms.internal.api;

import java.util.concurrent.atomic.AtomicInteger;

import org.eclipse.jdt.annotation.NonNullByDefault;
import org.eclipse.jetty.client.api.Response;
import org.eclipse.jetty.http.HttpField;

/**
 * Ends an answer whose header does not end by itself, line by line.
 *
 * @author Emoncms add-on contributors - Initial contribution
 */
@NonNullByDefault
final class HeaderLimit implements Response.HeaderListener {

    private static final int MOST_CHARACTERS = 64 << 10;

    private final AtomicInteger characters = new AtomicInteger();

    @Override
    public boolean onHeader(@NonNullByDefault({}) Response response, @NonNullByDefault({}) HttpField field) {
        if (characters.addAndGet(field.toString().length()) > MOST_CHARACTERS) {
            response.abort(new BoundedInputStream.TooLongException());
        }
        return true;
    }
}
