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
package org.openhab.binding.emoncms.internal.feed;

import java.nio.ByteBuffer;

import org.eclipse.jdt.annotation.NonNullByDefault;

/**
 * Takes bytes as they arrive.
 *
 * @author Emoncms add-on contributors - Initial contribution
 */
@NonNullByDefault
@FunctionalInterface
public interface ByteSink {

    /**
     * @param bytes valid during the call only; need not end where a point ends
     * @return whether more is wanted
     */
    boolean accept(ByteBuffer bytes) throws ProblemException, InterruptedException;
}
