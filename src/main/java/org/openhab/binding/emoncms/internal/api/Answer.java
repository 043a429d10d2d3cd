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

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;

import org.eclipse.jdt.annotation.NonNullByDefault;
import org.eclipse.jdt.annotation.Nullable;

/**
 * An answer with status 200, while it arrives.
 *
 * @author Emoncms add-on contributors - Initial contribution
 */
@NonNullByDefault
final class Answer {

    private static final int EXCERPT_LENGTH = 600;
    /** A secret that ends behind the excerpt is recognised as well. */
    private static final int READ_BYTES = 1200;
    private static final int LONGEST_SECRET = 200;

    private final String contentType;
    private final InputStream body;
    private final byte[] start;
    private final @Nullable Credentials secret;

    /**
     * @param secret the credentials that were sent, which a server might repeat
     */
    Answer(String contentType, InputStream body, @Nullable Credentials secret) throws IOException {
        this.contentType = contentType;
        this.secret = secret;
        start = body.readNBytes(READ_BYTES);
        this.body = new SequenceInputStream(new ByteArrayInputStream(start), body);
    }

    String contentType() {
        return contentType;
    }

    InputStream body() {
        return body;
    }

    /** Instead of {@link #body}: all of a short answer. */
    String text() throws IOException {
        return new String(start.length < READ_BYTES ? start : body.readAllBytes(), StandardCharsets.UTF_8);
    }

    /** How the answer starts, as text without tags, for the user to recognise it by. */
    String excerpt() {
        String text = new String(start, StandardCharsets.UTF_8).replaceAll("<[^>]*>", " ").replaceAll("\\s+", " ")
                .strip();
        if (start.length == READ_BYTES) {
            text = text.substring(0, Math.max(0, text.length() - LONGEST_SECRET));
        }
        Credentials secret = this.secret;
        String redacted = secret == null ? text : secret.redact(text);
        return redacted.isEmpty() ? "(empty)" : redacted.substring(0, Math.min(redacted.length(), EXCERPT_LENGTH));
    }
}
