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
package org.openhab.binding.emoncms.internal.config;

import java.util.List;

import org.eclipse.jdt.annotation.NonNullByDefault;

/**
 * The parameters of a bridge, as the user wrote them.
 *
 * @author Emoncms add-on contributors - Initial contribution
 */
@NonNullByDefault
public class EmoncmsServerConfiguration {

    public String url = "https://emoncms.org";
    public String username = "";
    public String password = "";
    public String apikey = "";
    /** In s. */
    public int uploadInterval = 300;
    /** In KiB. */
    public int uploadSize = 1024;
    /** Such as {@code emonpi:*}; those with {@code !} exclude. */
    public List<String> uploadPatterns = List.of();
    /** Empty for a directory below openHAB's user data; with {@link #localUrl} the data directory of that server. */
    public String localDirectory = "";
    /** Instead of the usual subdirectory; empty for that. */
    public String phpfinaDirectory = "";
    /** Instead of the usual subdirectory; empty for that. */
    public String phptimeseriesDirectory = "";
    /** Of an Emoncms that holds the local feeds; empty if a directory does. */
    public String localUrl = "";
    public String localApikey = "";
    /** In s. */
    public int writeDelay = 600;
    public boolean uploadOpenSlot;
    /** In kB/s; 0 for any speed. */
    public int uploadRate;
    /** Such as {@code 01:00-05:00}; empty for always. */
    public String uploadWindow = "";
    /** In MB; 0 for any. */
    public int monthlyBudget;
    public boolean paused;
}
