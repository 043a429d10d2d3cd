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
package org.openhab.binding.emoncms.internal.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.*;

import org.eclipse.jdt.annotation.NonNullByDefault;
import org.junit.jupiter.api.Test;
import org.openhab.binding.emoncms.internal.feed.FeedIdentity;
import org.openhab.binding.emoncms.internal.feed.FeedPatterns;

/**
 * Who is told the end of an upload.
 *
 * @author Emoncms add-on contributors - Initial contribution
 */
@NonNullByDefault
class UploadEventsTest {

    private static final FeedIdentity POWER = new FeedIdentity("house", "power");

    private final WatchedFeeds watched = new WatchedFeeds(FeedPatterns.NONE);
    private final SyncListener listener = mock(SyncListener.class);
    private final Reporter reporter = new Reporter(listener, () -> false, new Downloads(), new KnownFeeds());
    private final TwoSides sides = mock(TwoSides.class);
    private final UploadEvents events = new UploadEvents(reporter, watched);

    UploadEventsTest() {
        when(sides.isWatched(POWER)).thenReturn(true);
        when(sides.compare(POWER)).thenReturn(new Comparison(SyncState.SAME, 0, null));
    }

    @Test
    void aFeedThatWasAskedForBeforeIsToldItsEndOnce() {
        watched.uploadOnce(POWER);
        events.begin();
        reporter.event(POWER, SyncEvent.UPLOADED);
        events.begin();
        events.uploaded(sides);

        verify(listener).feedEvent(POWER, SyncEvent.UPLOADED);
        assertThat(watched.isUploaded(POWER)).isFalse();
    }

    @Test
    void aFeedThatIsAskedForAfterItsUploadWasAnnouncedIsToldItsEndAgain() {
        reporter.event(POWER, SyncEvent.UPLOADED);
        watched.uploadOnce(POWER);
        events.begin();
        events.uploaded(sides);

        verify(listener, times(2)).feedEvent(POWER, SyncEvent.UPLOADED);
    }

    @Test
    void aFeedThatIsAskedForAtTheEndOfAnUploadWaitsForTheNext() {
        events.begin();
        watched.uploadOnce(POWER);
        events.uploaded(sides);

        verify(listener, never()).feedEvent(any(), any());
        assertThat(watched.isUploaded(POWER)).isTrue();
    }
}
