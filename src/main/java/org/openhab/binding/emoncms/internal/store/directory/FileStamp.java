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
package org.openhab.binding.emoncms.internal.store.directory;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Clock;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

import org.eclipse.jdt.annotation.NonNullByDefault;

/**
 * What tells that a file was written or replaced, without a look at its content.
 *
 * @param modified ns since 1970
 * @param key which file it is, where the file system can tell
 *
 * @author Emoncms add-on contributors - Initial contribution
 */
@NonNullByDefault
record FileStamp(long modified, long bytes, int key) {

    /** File systems count time in steps of up to 2 s; within one, a second change of the same size leaves no trace. */
    private static final Duration STEP = Duration.ofSeconds(3);
    /** The file's times are the machine's. */
    private static final Clock MACHINE = Clock.systemUTC();

    static FileStamp of(Path file) throws IOException {
        BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
        return new FileStamp(attributes.lastModifiedTime().to(TimeUnit.NANOSECONDS), attributes.size(),
                Objects.hashCode(attributes.fileKey()));
    }

    /** Whether another change than those so far will show. */
    boolean isConclusive() {
        return isConclusive(modified);
    }

    static boolean isConclusive(long modified) {
        return TimeUnit.NANOSECONDS.toMillis(modified) < MACHINE.millis() - STEP.toMillis();
    }
}
