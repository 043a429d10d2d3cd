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

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;

import org.eclipse.jdt.annotation.NonNullByDefault;
import org.eclipse.jdt.annotation.Nullable;
import org.eclipse.jetty.client.HttpClient;
import org.openhab.binding.emoncms.internal.action.EmoncmsServerActions;
import org.openhab.binding.emoncms.internal.config.EmoncmsServerConfiguration;
import org.openhab.binding.emoncms.internal.config.ServerSettings;
import org.openhab.binding.emoncms.internal.discovery.EmoncmsFeedDiscoveryService;
import org.openhab.binding.emoncms.internal.feed.FeedIdentity;
import org.openhab.binding.emoncms.internal.feed.Problem;
import org.openhab.binding.emoncms.internal.feed.ProblemException;
import org.openhab.binding.emoncms.internal.sync.FeedReport;
import org.openhab.binding.emoncms.internal.sync.KnownFeed;
import org.openhab.binding.emoncms.internal.sync.ServerReport;
import org.openhab.binding.emoncms.internal.sync.SyncEngine;
import org.openhab.binding.emoncms.internal.sync.SyncEvent;
import org.openhab.binding.emoncms.internal.sync.SyncListener;
import org.openhab.binding.emoncms.internal.sync.SyncState;
import org.openhab.core.config.core.Configuration;
import org.openhab.core.library.types.DateTimeType;
import org.openhab.core.library.types.OnOffType;
import org.openhab.core.thing.Bridge;
import org.openhab.core.thing.ChannelUID;
import org.openhab.core.thing.Thing;
import org.openhab.core.thing.ThingStatus;
import org.openhab.core.thing.ThingStatusDetail;
import org.openhab.core.thing.binding.BaseBridgeHandler;
import org.openhab.core.thing.binding.ThingHandlerService;
import org.openhab.core.types.Command;
import org.openhab.core.types.RefreshType;
import org.openhab.core.types.State;
import org.openhab.core.types.UnDefType;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The bridge: an account on an Emoncms server with its schedule and its local store. Owns the engine and its one worker
 * thread from {@link #initialize()} to {@link #dispose()}; the registered feeds outlive both.
 *
 * @author Emoncms add-on contributors - Initial contribution
 */
@NonNullByDefault
public class EmoncmsServerHandler extends BaseBridgeHandler implements SyncListener {

    /** Lets the feed things of a bridge be there in the first cycle. */
    private static final Duration START_DELAY = Duration.ofMillis(300);
    /** A server may work on a request whose client has left. */
    private static final Duration REQUEST_GIVEN_UP = Duration.ofSeconds(5);

    private record Running(SyncEngine engine, ScheduledExecutorService worker) {
    }

    private final Logger logger = LoggerFactory.getLogger(EmoncmsServerHandler.class);

    private final StoreFactory stores;
    private final Clock clock;
    private final RegisteredFeeds feeds = new RegisteredFeeds();
    private final EngineRequests requests = new EngineRequests(this::engine);

    private @Nullable DataMeter meter;
    private volatile Instant quietUntil = Instant.EPOCH;
    private volatile @Nullable Running running;
    private volatile @Nullable ServerReport lastReport;
    private volatile @Nullable KnownFeedsListener knownFeedsListener;

    /**
     * @param clock its zone is that of the user
     */
    public EmoncmsServerHandler(Bridge bridge, HttpClient httpClient, Clock clock) {
        super(bridge);
        this.clock = clock;
        stores = new StoreFactory(httpClient, bridge.getUID(), clock);
    }

    @Override
    public void initialize() {
        Configuration parameters = new Configuration(getConfig());
        if (parameters.get(CONFIG_UPLOAD_PATTERNS) instanceof String patterns) {
            parameters.put(CONFIG_UPLOAD_PATTERNS, List.of(patterns));
        }
        EmoncmsServerConfiguration configuration = parameters.as(EmoncmsServerConfiguration.class);
        ServerSettings settings;
        try {
            settings = ServerSettings.of(configuration, getThing().getUID());
        } catch (ProblemException e) {
            updateStatus(ThingStatus.OFFLINE, ThingStatusDetail.CONFIGURATION_ERROR,
                    StatusTexts.description(e.problem()));
            return;
        }
        updateStatus(ThingStatus.UNKNOWN);
        DataMeter meter = dataMeter(settings);
        ScheduledExecutorService worker = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(() -> {
                task.run();
                Thread.interrupted();
                meter.close();
            }, "OH-binding-" + getThing().getUID());
            thread.setDaemon(true);
            return thread;
        });
        SyncEngine engine = new SyncEngine(stores.local(settings), () -> stores.openRemote(settings), settings.sync(),
                clock, new Random(), worker, meter, this);
        running = new Running(engine, worker);
        feeds.forEach((feed, handler) -> engine.watch(feed, handler.isUploaded()));
        Duration quiet = Duration.between(clock.instant(), quietUntil);
        engine.start(configuration.paused, quiet.compareTo(START_DELAY) > 0 ? quiet : START_DELAY);
    }

    private DataMeter dataMeter(ServerSettings settings) {
        DataMeter meter = this.meter;
        if (meter == null) {
            meter = new DataMeter(settings.own().resolve("data-usage.json"), stores.traffic(), clock);
            this.meter = meter;
        }
        return meter;
    }

    @Override
    public Collection<Class<? extends ThingHandlerService>> getServices() {
        return List.of(EmoncmsFeedDiscoveryService.class, EmoncmsServerActions.class);
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
        boolean isRegistered = feeds.register(feed, handler);
        Running running = this.running;
        if (isRegistered && running != null) {
            running.engine().watch(feed, handler.isUploaded());
        }
        return isRegistered;
    }

    void unregister(FeedIdentity feed, EmoncmsFeedHandler handler) {
        if (!feeds.unregister(feed, handler)) {
            return;
        }
        Running running = this.running;
        if (running != null) {
            running.engine().unwatch(feed);
        }
        feeds.waitingFor(feed).ifPresent(EmoncmsFeedHandler::initialize);
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
        switch (channelUID.getId()) {
            case CHANNEL_UPLOAD_NOW -> {
                if (command == OnOffType.ON) {
                    requests.uploadNow();
                }
                updateState(CHANNEL_UPLOAD_NOW, OnOffType.OFF);
            }
            case CHANNEL_VERIFY_ALL -> {
                if (command == OnOffType.ON) {
                    requests.verifyAll();
                }
                updateState(CHANNEL_VERIFY_ALL, OnOffType.OFF);
            }
            case CHANNEL_DOWNLOAD_ALL -> {
                if (command == OnOffType.ON) {
                    updateState(CHANNEL_DOWNLOAD_ALL, OnOffType.ON);
                }
                if (command != OnOffType.ON || requests.downloadAll() == RequestOutcome.OFFLINE) {
                    updateState(CHANNEL_DOWNLOAD_ALL, OnOffType.from(report != null && report.isDownloadingAll()));
                }
            }
            case CHANNEL_PAUSED -> {
                if (command instanceof OnOffType paused && running != null) {
                    Configuration configuration = editConfiguration();
                    configuration.put(CONFIG_PAUSED, paused == OnOffType.ON);
                    updateConfiguration(configuration);
                    updateState(CHANNEL_PAUSED, paused);
                    running.engine().setPaused(paused == OnOffType.ON);
                }
            }
            default -> {
            }
        }
    }

    /** What can be asked of this bridge. */
    public EngineRequests requests() {
        return requests;
    }

    private @Nullable SyncEngine engine() {
        Running running = this.running;
        return running == null ? null : running.engine();
    }

    /**
     * The id of the feed's state when both sides were last compared; {@code unknown} if that was never done, the server
     * cannot be reached, or it is not known what became of an upload.
     */
    public String state(FeedIdentity feed) {
        Running running = this.running;
        if (running == null || getThing().getStatus() == ThingStatus.OFFLINE) {
            return "unknown";
        }
        boolean hasLooked = running.engine().hasLooked();
        FeedReport report = running.engine().report(feed);
        SyncState state = report != null ? report.state() : hasLooked ? SyncState.ABSENT : null;
        return state == null ? "unknown" : state.id();
    }

    /**
     * Looks at both sides.
     *
     * @return fails with a {@link ProblemException} if that is not possible; cancelled if the bridge is not running
     */
    public CompletableFuture<Map<FeedIdentity, KnownFeed>> look() {
        Running running = this.running;
        if (running == null) {
            CompletableFuture<Map<FeedIdentity, KnownFeed>> none = new CompletableFuture<>();
            none.cancel(false);
            return none;
        }
        return running.engine().look();
    }

    /**
     * @param listener told of all feeds on the worker thread; null for none
     */
    public void listenToKnownFeeds(@Nullable KnownFeedsListener listener) {
        knownFeedsListener = listener;
    }

    /** All feeds of both sides, as they were last seen. */
    public Set<FeedIdentity> feeds() {
        Running running = this.running;
        return running == null ? Set.of() : running.engine().known();
    }

    /** The feeds that have a thing, whether it is running or not. */
    public Set<FeedIdentity> feedsWithThing() {
        Set<FeedIdentity> found = new HashSet<>();
        feeds.forEach((feed, handler) -> found.add(feed));
        for (Thing thing : getThing().getThings()) {
            Configuration configuration = thing.getConfiguration();
            found.add(new FeedIdentity(String.valueOf(configuration.get(CONFIG_TAG)),
                    String.valueOf(configuration.get(CONFIG_NAME))));
        }
        return found;
    }

    /** A thing that openHAB is just taking away must not stop the work for the others. */
    private void tell(Runnable update) {
        if (running == null) {
            return;
        }
        try {
            update.run();
        } catch (RuntimeException e) {
            logger.debug("{} or one of its feeds cannot be updated", getThing().getUID(), e);
        }
    }

    @Override
    public void serverChanged(ServerReport report) {
        tell(() -> update(report));
    }

    private void update(ServerReport report) {
        lastReport = report;
        updateChannels(report);
        Problem problem = report.problem();
        if (problem != null) {
            updateStatus(ThingStatus.OFFLINE, StatusTexts.detail(problem), StatusTexts.description(problem));
        } else if (report.paused()) {
            updateStatus(report.connected() ? ThingStatus.ONLINE : ThingStatus.UNKNOWN, ThingStatusDetail.NONE,
                    "@text/status.paused");
        } else if (report.budgetSpentUntil() != null) {
            updateStatus(report.connected() ? ThingStatus.ONLINE : ThingStatus.UNKNOWN, ThingStatusDetail.NONE,
                    "@text/status.budget-spent");
        } else {
            updateStatus(report.connected() ? ThingStatus.ONLINE : ThingStatus.UNKNOWN);
        }
    }

    @Override
    public void feedChanged(FeedReport report) {
        EmoncmsFeedHandler handler = feeds.get(report.identity());
        if (handler != null) {
            tell(() -> handler.update(report));
        }
    }

    @Override
    public void feedEvent(FeedIdentity feed, SyncEvent event) {
        EmoncmsFeedHandler handler = feeds.get(feed);
        if (handler != null) {
            tell(() -> handler.trigger(event));
        }
    }

    @Override
    public void serverEvent(SyncEvent event) {
        tell(() -> {
            ServerReport report = lastReport;
            boolean isEnd = event == SyncEvent.DOWNLOADED || event == SyncEvent.FAILED;
            if (isEnd && (report == null || !report.isDownloadingAll())) {
                // a request that was refused or had nothing to do changes no report
                updateState(CHANNEL_DOWNLOAD_ALL, OnOffType.OFF);
            }
            triggerChannel(CHANNEL_SYNC_EVENT, event.name());
        });
    }

    @Override
    public void feedsKnown(Map<FeedIdentity, KnownFeed> known) {
        KnownFeedsListener listener = knownFeedsListener;
        if (listener != null) {
            tell(() -> listener.feedsKnown(known));
        }
    }

    private void updateChannels(ServerReport report) {
        ServerStates.of(report).forEach(this::updateState);
    }

    static State time(@Nullable Instant time) {
        return time == null ? UnDefType.UNDEF : new DateTimeType(time);
    }
}
