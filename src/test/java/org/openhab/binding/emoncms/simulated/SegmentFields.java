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
package org.openhab.binding.emoncms.simulated;

import java.nio.ByteBuffer;

import org.eclipse.jdt.annotation.NonNullByDefault;
import org.eclipse.jdt.annotation.Nullable;

/**
 * The uint32 fields at the start of a segment; each missing one gives two warnings, as PHP's {@code unpack} does.
 *
 * @author Emoncms add-on contributors - Initial contribution
 */
@NonNullByDefault
final class SegmentFields {
    private final ByteBuffer segment;
    private final PhpScript script;
    private final String sourceFile;

    SegmentFields(ByteBuffer segment, PhpScript script, String sourceFile) {
        this.segment = segment;
        this.script = script;
        this.sourceFile = sourceFile;
    }

    /** Null if the segment ends before it */
    @Nullable
    Long next() {
        int left = segment.remaining();
        if (left < Integer.BYTES) {
            script.warning("unpack(): Type I: not enough input, need 4, have " + left, sourceFile);
            script.warning("Trying to access array offset on value of type bool", sourceFile);
            segment.position(segment.limit());
            return null;
        }
        return Integer.toUnsignedLong(segment.getInt());
    }
}
