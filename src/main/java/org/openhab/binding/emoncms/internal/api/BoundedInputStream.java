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

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

import org.eclipse.jdt.annotation.NonNullByDefault;

/**
 * Ends an answer that does not end by itself.
 *
 * @author Emoncms add-on contributors - Initial contribution
 */
@NonNullByDefault
final class BoundedInputStream extends FilterInputStream {

    /** More bytes came than could be meant. */
    static final class TooLongException extends IOException {

        private static final long serialVersionUID = 1L;
    }

    private long left;
    private boolean isAtEnd;

    BoundedInputStream(InputStream in, long limit) {
        super(in);
        left = limit;
    }

    @Override
    public int read() throws IOException {
        int read = super.read();
        count(read < 0 ? read : 1);
        return read;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        int read = super.read(buffer, offset, length);
        count(read);
        return read;
    }

    /** Breaks off what was not read. */
    @Override
    public void close() throws IOException {
        if (!isAtEnd) {
            super.close();
        }
    }

    private void count(int read) throws IOException {
        isAtEnd = isAtEnd || read < 0;
        left -= Math.max(read, 0);
        if (left < 0) {
            throw new TooLongException();
        }
    }
}
