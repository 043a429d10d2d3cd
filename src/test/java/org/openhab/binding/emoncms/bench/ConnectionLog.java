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
package org.openhab.binding.emoncms.bench;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;

import org.eclipse.jdt.annotation.NonNullByDefault;
import org.eclipse.jdt.annotation.Nullable;

/**
 * Recognises the requests of one connection, the segments of PHPFina feeds in them, and which answer belongs to them.
 *
 * @author Emoncms add-on contributors - Initial contribution
 */
@NonNullByDefault
final class ConnectionLog {

    private static final byte[] END_OF_HEAD = { '\r', '\n', '\r', '\n' };
    private static final String CONTENT_LENGTH = "\r\ncontent-length:";
    private static final int HEADER_BYTES = 20;
    private static final int ID_OFFSET = 4;
    private static final int START_OFFSET = 16;

    private final LinkLog log;
    private final ByteArrayOutputStream head = new ByteArrayOutputStream();
    private final ByteBuffer header = ByteBuffer.allocate(HEADER_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    private long startNanos;
    private long bodyLeft;
    private long dataLeft;
    private @Nullable Exchange exchange;

    ConnectionLog(LinkLog log) {
        this.log = log;
    }

    synchronized void sent(byte[] bytes, int length) {
        int at = 0;
        while (at < length) {
            at += bodyLeft > 0 ? body(bytes, at, length) : head(bytes[at]);
        }
    }

    synchronized void answered(byte[] bytes, int length) {
        Exchange exchange = this.exchange;
        if (exchange != null) {
            exchange.answered(length);
        }
    }

    private int head(byte next) {
        if (head.size() == 0) {
            startNanos = System.nanoTime();
        }
        head.write(next);
        if (next == '\n' && endsHead()) {
            String text = head.toString(StandardCharsets.ISO_8859_1);
            begin(text);
            head.reset();
        }
        return 1;
    }

    private boolean endsHead() {
        byte[] bytes = head.toByteArray();
        int end = bytes.length;
        return end >= END_OF_HEAD.length && Arrays.equals(bytes, end - END_OF_HEAD.length, end, END_OF_HEAD, 0, 4);
    }

    private void begin(String text) {
        String target = text.substring(text.indexOf(' ') + 1, text.indexOf(" HTTP/"));
        int length = text.toLowerCase(Locale.ROOT).indexOf(CONTENT_LENGTH);
        int start = length + CONTENT_LENGTH.length();
        bodyLeft = length < 0 ? 0 : Long.parseLong(text.substring(start, text.indexOf('\r', start)).strip());
        Exchange begun = new Exchange(target.replaceAll("[?].*", ""), text.length(), bodyLeft, startNanos);
        exchange = begun;
        header.clear();
        dataLeft = 0;
        log.add(begun);
    }

    /**
     * @return how many bytes were looked at
     */
    private int body(byte[] bytes, int at, int length) {
        int here = (int) Math.min(bodyLeft, length - at);
        int taken;
        if (dataLeft > 0) {
            taken = (int) Math.min(dataLeft, here);
            dataLeft -= taken;
        } else {
            taken = Math.min(header.remaining(), here);
            header.put(bytes, at, taken);
            if (!header.hasRemaining()) {
                segment();
                header.clear();
            }
        }
        bodyLeft -= taken;
        return taken;
    }

    private void segment() {
        Exchange exchange = this.exchange;
        int data = header.getInt(0) - HEADER_BYTES;
        if (exchange != null && exchange.isSync()) {
            exchange.add(new Exchange.Segment(header.getInt(ID_OFFSET),
                    Integer.toUnsignedLong(header.getInt(START_OFFSET)), data));
        }
        dataLeft = data;
    }
}
