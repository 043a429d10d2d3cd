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
package org.openhab.binding.emoncms.internal.handler;

import static org.openhab.binding.emoncms.internal.EmoncmsBindingConstants.*;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;

import org.eclipse.jdt.annotation.NonNullByDefault;
import org.eclipse.jdt.annotation.Nullable;
import org.eclipse.jetty.client.HttpClient;
import org.openhab.binding.emoncms.internal.api.Authenticator;
import org.openhab.binding.emoncms.internal.api.EmoncmsApi;
import org.openhab.binding.emoncms.internal.config.EmoncmsServerConfiguration;
import org.openhab.binding.emoncms.internal.config.ServerSettings;
import org.openhab.binding.emoncms.internal.feed.FeedIdentity;
import org.openhab.binding.emoncms.internal.feed.Problem;
import org.openhab.binding.emoncms.internal.feed.ProblemException;
import org.openhab.binding.emoncms.internal.store.FeedStore;
import org.openhab.binding.emoncms.internal.store.directory.DirectoryFeedStore;
import org.openhab.binding.emoncms.internal.store.emoncms.EmoncmsFeedStore;
import org.openhab.binding.emoncms.internal.sync.FeedReport;
import org.openhab.binding.emoncms.internal.sync.ServerReport;
import org.openhab.binding.emoncms.internal.sync.SyncEngine;
import org.openhab.binding.emoncms.internal.sync.SyncListener;
import org.openhab.core.config.core.Configuration;
import org.openhab.core.library.types.DateTimeType;
import org.openhab.core.library.types.DecimalType;
import org.openhab.core.library.types.OnOffType;
import org.openhab.core.library.types.QuantityType;
import org.openhab.core.library.unit.Units;
import org.openhab.core.thing.Bridge;
import org.openhab.core.thing.ChannelUID;
import org.openhab.core.thing.ThingStatus;
import org.openhab.core.thing.ThingStatusDetail;
import org.openhab.core.thing.binding.BaseBridgeHandler;
import org.openhab.core.types.Command;
import org.openhab.core.types.RefreshType;
import org.openhab.core.types.State;
import org.openhab.core.types.UnDefType;

/**
 * The bridge: an account on an Emoncms server with its schedule and its local store. Owns the engine and its one worker
 * thread from {@link #initialize()} to {@link #dispose()}; the registered feeds outlive both.
 *
 * @author Emoncms add-on contributors - Initial contribution
 */
@NonNullByDefault
public class EmoncmsServerHandler extends BaseBridgeHandler implements SyncListener {

    private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(60);

    /** Lets the feed things of a bridge be there in the first cycle. */
    private static final Duration START_DELAY = Duration.ofMillis(300);
    /** A server may work on a request whose client has left. */
    private static final Duration REQUEST_GIVEN_UP = Duration.ofSeconds(5);

    private record Running(SyncEngine engine, ScheduledExecutorService worker) {
    }

    private final HttpClient httpClient;
    private final Clock clock;
    private final AccountKey accountKey = new AccountKey();
    private final Map<FeedIdentity, EmoncmsFeedHandler> feeds = new ConcurrentHashMap<>();
    /** Feeds that another thing stands for. */
    private final Map<EmoncmsFeedHandler, FeedIdentity> waiting = new ConcurrentHashMap<>();

    private volatile Instant quietUntil = Instant.EPOCH;
    private volatile @Nullable Running running;
    private volatile @Nullable ServerReport lastReport;

    public EmoncmsServerHandler(Bridge bridge, HttpClient httpClient, Clock clock) {
        super(bridge);
        this.httpClient = httpClient;
        this.clock = clock;
    }

    @Override
    public void initialize() {
        EmoncmsServerConfiguration configuration = getConfigAs(EmoncmsServerConfiguration.class);
        ServerSettings settings;
        try {
            settings = ServerSettings.of(configuration, getThing().getUID());
        } catch (ProblemException e) {
            updateStatus(ThingStatus.OFFLINE, ThingStatusDetail.CONFIGURATION_ERROR,
                    StatusTexts.description(e.problem()));
            return;
        }
        updateStatus(ThingStatus.UNKNOWN);
        ScheduledExecutorService worker = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "OH-binding-" + getThing().getUID());
            thread.setDaemon(true);
            return thread;
        });
        SyncEngine engine = new SyncEngine(localStore(settings), () -> openRemote(settings), settings.sync(), clock,
                new Random(), worker, this);
        running = new Running(engine, worker);
        feeds.forEach((feed, handler) -> engine.watch(feed, handler.isUploaded()));
        Duration quiet = Duration.between(clock.instant(), quietUntil);
        engine.start(configuration.paused, quiet.compareTo(START_DELAY) > 0 ? quiet : START_DELAY);
    }

    private FeedStore localStore(ServerSettings settings) {
        Path directory = settings.localDirectory();
        return settings.isDefaultDirectory() ? DirectoryFeedStore.making(directory, clock)
                : new DirectoryFeedStore(directory, clock);
    }

    private FeedStore openRemote(ServerSettings settings) throws ProblemException, InterruptedException {
        Authenticator authenticator = new Authenticator(httpClient, settings.url(), REQUEST_TIMEOUT);
        return new EmoncmsFeedStore(
                new EmoncmsApi(httpClient, settings.url(), REQUEST_TIMEOUT,
                        accountKey.of(settings.url(), settings.credentials(), authenticator)),
                settings.sync().batchBytes());
    }

    @Override
    public void dispose() {
        Running running = this.running;
        this.running = null;
        lastReport = null;
        if (running != null) {
            if (running.engine().isBusy()) {
                quietUntil = clock.instant().plus(REQUEST_GIVEN_UP);
            }
            running.engine().stop();
            running.worker().shutdownNow();
        }
    }

    /**
     * Has the engine look after a feed.
     *
     * @return false if another thing already stands for this feed; the handler is initialised again when that is gone
     */
    boolean register(FeedIdentity feed, EmoncmsFeedHandler handler) {
        EmoncmsFeedHandler other = feeds.putIfAbsent(feed, handler);
        if (other != null && !handler.equals(other)) {
            waiting.put(handler, feed);
            return false;
        }
        waiting.remove(handler);
        Running running = this.running;
        if (running != null) {
            running.engine().watch(feed, handler.isUploaded());
        }
        return true;
    }

    void unregister(FeedIdentity feed, EmoncmsFeedHandler handler) {
        waiting.remove(handler);
        if (!feeds.remove(feed, handler)) {
            return;
        }
        Running running = this.running;
        if (running != null) {
            running.engine().unwatch(feed);
        }
        waiting.entrySet().stream().filter(entry -> feed.equals(entry.getValue())).map(Map.Entry::getKey).findFirst()
                .ifPresent(EmoncmsFeedHandler::initialize);
    }

    @Override
    public void handleCommand(ChannelUID channelUID, Command command) {
        Running running = this.running;
        ServerReport report = lastReport;
        if (command instanceof RefreshType) {
            if (report != null) {
                updateChannels(report);
            }
            return;
        }
        if (running == null) {
            return;
        }
        switch (channelUID.getId()) {
            case CHANNEL_UPLOAD_NOW -> {
                if (command == OnOffType.ON) {
                    running.engine().uploadNow();
                }
                updateState(CHANNEL_UPLOAD_NOW, OnOffType.OFF);
            }
            case CHANNEL_PAUSED -> {
                if (command instanceof OnOffType paused) {
                    Configuration configuration = editConfiguration();
                    configuration.put(CONFIG_PAUSED, paused == OnOffType.ON);
                    updateConfiguration(configuration);
                    running.engine().setPaused(paused == OnOffType.ON);
                }
            }
            default -> {
            }
        }
    }

    @Override
    public void serverChanged(ServerReport report) {
        if (running == null) {
            return;
        }
        lastReport = report;
        updateChannels(report);
        Problem problem = report.problem();
        if (report.paused()) {
            boolean online = report.connected() && problem == null;
            updateStatus(online ? ThingStatus.ONLINE : ThingStatus.UNKNOWN, ThingStatusDetail.NONE,
                    "@text/status.paused");
        } else if (problem != null) {
            updateStatus(ThingStatus.OFFLINE, StatusTexts.detail(problem), StatusTexts.description(problem));
        } else {
            updateStatus(report.connected() ? ThingStatus.ONLINE : ThingStatus.UNKNOWN);
        }
    }

    @Override
    public void feedChanged(FeedReport report) {
        EmoncmsFeedHandler handler = feeds.get(report.identity());
        if (running != null && handler != null) {
            handler.update(report);
        }
    }

    private void updateChannels(ServerReport report) {
        updateState(CHANNEL_FEEDS, new DecimalType(report.feeds()));
        updateState(CHANNEL_FEEDS_IN_SYNC, new DecimalType(report.feedsInSync()));
        updateState(CHANNEL_PENDING_DATA, new QuantityType<>(report.pendingBytes(), Units.BYTE));
        updateState(CHANNEL_UPLOADED_DATA, new QuantityType<>(report.uploadedBytes(), Units.BYTE));
        updateState(CHANNEL_LAST_UPLOAD, time(report.lastUpload()));
        updateState(CHANNEL_NEXT_UPLOAD, time(report.nextUpload()));
        updateState(CHANNEL_PAUSED, OnOffType.from(report.paused()));
        updateState(CHANNEL_UPLOAD_NOW, OnOffType.OFF);
    }

    static State time(@Nullable Instant time) {
        return time == null ? UnDefType.UNDEF : new DateTimeType(time);
    }
}
