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
package org.openhab.binding.emoncms.faults;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;

import org.eclipse.jdt.annotation.NonNullByDefault;
import org.eclipse.jdt.annotation.Nullable;

/**
 * A request or an answer, just as it is on the wire.
 *
 * @param head start line and headers with the empty line at the end
 * @param body chunk sizes included
 *
 * @author Emoncms add-on contributors - Initial contribution
 */
@NonNullByDefault
record HttpMessage(byte[] head, byte[] body) {

    private static final String NO_BODY = "0";

    /**
     * @return null if the stream ends before the message does
     */
    static @Nullable HttpMessage readRequest(InputStream in) throws IOException {
        return read(in, NO_BODY);
    }

    /**
     * @return null if the stream ends before the message does
     */
    static @Nullable HttpMessage readAnswer(InputStream in) throws IOException {
        return read(in, "");
    }

    /**
     * @param length of a body whose headers say nothing of it; empty if it ends with the connection
     */
    private static @Nullable HttpMessage read(InputStream in, String length) throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        String contentLength = length;
        boolean isChunked = false;
        for (String line = line(in, head); !line.isEmpty(); line = line(in, head)) {
            String header = line.toLowerCase(Locale.ROOT);
            if (header.startsWith("content-length:")) {
                contentLength = header.substring(header.indexOf(':') + 1).strip();
            }
            isChunked |= header.startsWith("transfer-encoding:") && header.endsWith("chunked");
        }
        if (!head.toString(StandardCharsets.ISO_8859_1).endsWith("\n\r\n")) {
            return null;
        }
        if (isChunked) {
            byte[] chunks = chunks(in);
            return chunks == null ? null : new HttpMessage(head.toByteArray(), chunks);
        }
        byte[] body = contentLength.isEmpty() ? in.readAllBytes() : in.readNBytes(Integer.parseInt(contentLength));
        boolean isWhole = contentLength.isEmpty() || body.length == Integer.parseInt(contentLength);
        return isWhole ? new HttpMessage(head.toByteArray(), body) : null;
    }

    private static byte @Nullable [] chunks(InputStream in) throws IOException {
        ByteArrayOutputStream chunks = new ByteArrayOutputStream();
        while (true) {
            String size = line(in, chunks);
            if (size.isEmpty()) {
                return null;
            }
            int bytes = Integer.parseInt(size, 16);
            byte[] chunk = in.readNBytes(bytes);
            chunks.write(chunk);
            line(in, chunks);
            if (bytes == 0) {
                return chunks.toByteArray();
            }
            if (chunk.length < bytes) {
                return null;
            }
        }
    }

    /** Without its end, which is copied as well. */
    private static String line(InputStream in, ByteArrayOutputStream copy) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        int c = in.read();
        while (c >= 0) {
            copy.write(c);
            if (c == '\n') {
                break;
            }
            line.write(c);
            c = in.read();
        }
        return line.toString(StandardCharsets.ISO_8859_1).stripTrailing();
    }

    /** Path and query of a request. */
    String target() {
        String text = headText();
        int start = text.indexOf(' ') + 1;
        return text.substring(start, text.indexOf(' ', start));
    }

    /** Whether the connection ends with this message. */
    boolean isLast() {
        String text = headText().toLowerCase(Locale.ROOT);
        return text.contains("\r\nconnection: close\r\n")
                || !text.contains("\r\ncontent-length:") && !text.contains("\r\ntransfer-encoding:");
    }

    private String headText() {
        return new String(head, StandardCharsets.ISO_8859_1);
    }

    byte[] bytes() {
        return firstBytes(body.length);
    }

    /** Up to the middle of the body, or of the head if there is no body. */
    byte[] firstHalf() {
        return body.length == 0 ? Arrays.copyOf(head, head.length / 2) : firstBytes(body.length / 2);
    }

    private byte[] firstBytes(int bodyBytes) {
        byte[] bytes = Arrays.copyOf(head, head.length + bodyBytes);
        System.arraycopy(body, 0, bytes, head.length, bodyBytes);
        return bytes;
    }
}
