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

import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiFunction;

import org.eclipse.jdt.annotation.NonNullByDefault;
import org.eclipse.jdt.annotation.Nullable;
import org.openhab.binding.emoncms.internal.action.EmoncmsFeedActions;
import org.openhab.binding.emoncms.internal.config.EmoncmsFeedConfiguration;
import org.openhab.binding.emoncms.internal.feed.FeedIdentity;
import org.openhab.binding.emoncms.internal.feed.FeedMeta;
import org.openhab.binding.emoncms.internal.feed.ListedFeed;
import org.openhab.binding.emoncms.internal.feed.Problem;
import org.openhab.binding.emoncms.internal.feed.ProblemKind;
import org.openhab.binding.emoncms.internal.sync.Difference;
import org.openhab.binding.emoncms.internal.sync.FeedReport;
import org.openhab.binding.emoncms.internal.sync.JobReport;
import org.openhab.binding.emoncms.internal.sync.LocalFeed;
import org.openhab.binding.emoncms.internal.sync.SyncEvent;
import org.openhab.binding.emoncms.internal.sync.SyncState;
import org.openhab.binding.emoncms.internal.sync.Verification;
import org.openhab.core.config.core.Configuration;
import org.openhab.core.library.types.DecimalType;
import org.openhab.core.library.types.OnOffType;
import org.openhab.core.library.types.QuantityType;
import org.openhab.core.library.types.StringType;
import org.openhab.core.library.unit.Units;
import org.openhab.core.thing.Bridge;
import org.openhab.core.thing.ChannelUID;
import org.openhab.core.thing.Thing;
import org.openhab.core.thing.ThingStatus;
import org.openhab.core.thing.ThingStatusDetail;
import org.openhab.core.thing.ThingStatusInfo;
import org.openhab.core.thing.ThingUID;
import org.openhab.core.thing.binding.BaseThingHandler;
import org.openhab.core.thing.binding.ThingHandlerService;
import org.openhab.core.types.Command;
import org.openhab.core.types.RefreshType;
import org.openhab.core.types.State;
import org.openhab.core.types.UnDefType;

/**
 * A feed. Does nothing by itself: it names the feed to its bridge and shows what the bridge's engine reports.
 *
 * @author Emoncms add-on contributors - Initial contribution
 */
@NonNullByDefault
public class EmoncmsFeedHandler extends BaseThingHandler {

    private volatile @Nullable FeedIdentity identity;
    private volatile @Nullable EmoncmsServerHandler server;
    private volatile @Nullable FeedReport lastReport;
    private volatile boolean uploaded;
    private volatile boolean isDuplicate;

    public EmoncmsFeedHandler(Thing thing) {
        super(thing);
    }

    @Override
    public void initialize() {
        EmoncmsFeedConfiguration configuration = getConfigAs(EmoncmsFeedConfiguration.class);
        FeedIdentity identity = new FeedIdentity(configuration.tag, configuration.name);
        if (identity.tag().isBlank() || identity.name().isBlank()) {
            offline(Problem.of(ProblemKind.FEED_NAME_EMPTY, identity.tag(), identity.name()));
            return;
        }
        Bridge bridge = getBridge();
        if (bridge == null || !(bridge.getHandler() instanceof EmoncmsServerHandler server)) {
            updateStatus(ThingStatus.OFFLINE, ThingStatusDetail.CONFIGURATION_ERROR, "@text/offline.no-bridge");
            return;
        }
        uploaded = configuration.upload;
        this.identity = identity;
        this.server = server;
        updateStatus(ThingStatus.UNKNOWN);
        updateState(CHANNEL_UPLOAD, OnOffType.from(uploaded));
        updateProperties(Map.of(PROPERTY_FEED, property(bridge.getUID(), identity)));
        isDuplicate = !server.register(identity, this);
        if (isDuplicate) {
            offline(Problem.of(ProblemKind.FEED_HAS_THING, identity));
            return;
        }
        if (bridge.getStatus() == ThingStatus.OFFLINE) {
            updateStatus(ThingStatus.OFFLINE, ThingStatusDetail.BRIDGE_OFFLINE);
        }
    }

    /** What discovery recognises the feed's thing by; differs between bridges. */
    public static String property(ThingUID bridge, FeedIdentity identity) {
        return bridge.getId() + "/" + identity;
    }

    @Override
    public Collection<Class<? extends ThingHandlerService>> getServices() {
        return List.of(EmoncmsFeedActions.class);
    }

    private void offline(Problem problem) {
        updateStatus(ThingStatus.OFFLINE, StatusTexts.detail(problem), StatusTexts.description(problem));
    }

    @Override
    public void dispose() {
        FeedIdentity identity = this.identity;
        EmoncmsServerHandler server = this.server;
        this.identity = null;
        this.server = null;
        lastReport = null;
        if (identity != null && server != null) {
            server.unregister(identity, this);
        }
    }

    boolean isUploaded() {
        return uploaded;
    }

    @Override
    public void handleCommand(ChannelUID channelUID, Command command) {
        FeedIdentity identity = this.identity;
        EmoncmsServerHandler server = this.server;
        FeedReport report = lastReport;
        if (command instanceof RefreshType) {
            if (report != null) {
                updateChannels(report);
            } else if (CHANNEL_UPLOAD.equals(channelUID.getId()) && identity != null) {
                updateState(CHANNEL_UPLOAD, OnOffType.from(uploaded));
            }
        } else if (CHANNEL_UPLOAD.equals(channelUID.getId()) && command instanceof OnOffType upload && identity != null
                && server != null && !isDuplicate) {
            uploaded = upload == OnOffType.ON;
            Configuration configuration = editConfiguration();
            configuration.put(CONFIG_UPLOAD, uploaded);
            updateConfiguration(configuration);
            updateState(CHANNEL_UPLOAD, upload);
            server.register(identity, this);
        } else if (CHANNEL_DOWNLOAD.equals(channelUID.getId())) {
            if (command == OnOffType.ON) {
                updateState(CHANNEL_DOWNLOAD, OnOffType.ON);
            }
            if (command != OnOffType.ON || download() == RequestOutcome.OFFLINE) {
                updateState(CHANNEL_DOWNLOAD, OnOffType.from(report != null && report.downloadedPoints() != null));
            }
        } else if (CHANNEL_VERIFY.equals(channelUID.getId())) {
            boolean isAccepted = command == OnOffType.ON && verify() != RequestOutcome.OFFLINE;
            updateState(CHANNEL_VERIFY,
                    OnOffType.from(isAccepted || report != null && report.verification().isRequested()));
        }
    }

    /** Uploads what is new, also if the feed is not selected; returns at once. */
    public RequestOutcome upload() {
        return request(EngineRequests::upload);
    }

    /** Downloads what the local feed lacks; returns at once. */
    public RequestOutcome download() {
        return request(EngineRequests::download);
    }

    /** Compares all points of both sides; returns at once. */
    public RequestOutcome verify() {
        return request(EngineRequests::verify);
    }

    private RequestOutcome request(BiFunction<EngineRequests, FeedIdentity, RequestOutcome> request) {
        FeedIdentity identity = this.identity;
        EmoncmsServerHandler server = this.server;
        return identity == null || server == null || isDuplicate ? RequestOutcome.OFFLINE
                : request.apply(server.requests(), identity);
    }

    /**
     * Has the bridge do something that tells what it has done.
     *
     * @return null if the thing or its bridge is not running
     */
    public @Nullable CompletableFuture<JobReport> job(
            BiFunction<EngineRequests, FeedIdentity, CompletableFuture<JobReport>> request) {
        FeedIdentity identity = this.identity;
        EmoncmsServerHandler server = this.server;
        return identity == null || server == null || isDuplicate ? null : request.apply(server.requests(), identity);
    }

    /** See {@link EmoncmsServerHandler#state}. */
    public String state() {
        FeedIdentity identity = this.identity;
        EmoncmsServerHandler server = this.server;
        return identity == null || server == null ? "unknown" : server.state(identity);
    }

    /** Called on the bridge's worker. */
    void trigger(SyncEvent event) {
        if (identity != null) {
            triggerChannel(CHANNEL_SYNC_EVENT, event.name());
        }
    }

    @Override
    public void bridgeStatusChanged(ThingStatusInfo bridgeStatusInfo) {
        FeedReport report = lastReport;
        if (identity == null || isDuplicate) {
            return;
        }
        if (bridgeStatusInfo.getStatus() == ThingStatus.OFFLINE) {
            updateStatus(ThingStatus.OFFLINE, ThingStatusDetail.BRIDGE_OFFLINE);
        } else if (bridgeStatusInfo.getStatus() == ThingStatus.ONLINE && report != null) {
            updateStatus(report);
        } else {
            updateStatus(ThingStatus.UNKNOWN);
        }
    }

    /** Called on the bridge's worker. */
    void update(FeedReport report) {
        if (identity == null) {
            return;
        }
        lastReport = report;
        updateChannels(report);
        updateProperties(properties(report));
        Bridge bridge = getBridge();
        if (bridge != null && bridge.getStatus() != ThingStatus.OFFLINE) {
            updateStatus(report);
        }
    }

    private void updateStatus(FeedReport report) {
        SyncState state = report.state();
        Problem problem = report.problem();
        if (problem != null) {
            offline(problem);
        } else if (state == null) {
            updateStatus(ThingStatus.UNKNOWN);
        } else if (state == SyncState.ABSENT) {
            updateStatus(ThingStatus.OFFLINE, ThingStatusDetail.CONFIGURATION_ERROR, "@text/offline.absent");
        } else if (state == SyncState.REMOTE_AHEAD || state == SyncState.REMOTE_ONLY) {
            updateStatus(ThingStatus.ONLINE, ThingStatusDetail.NONE, "@text/online." + state.id());
        } else {
            updateStatus(ThingStatus.ONLINE);
        }
    }

    private void updateChannels(FeedReport report) {
        SyncState state = report.state();
        LocalFeed local = report.local();
        ListedFeed.Usable remote = report.remote();
        Double progress = report.progress();
        LocalFeed.LastPoint last = local == null ? null : local.lastPoint();
        updateState(CHANNEL_SYNC_STATE, state == null ? UnDefType.UNDEF : new StringType(state.id()));
        updateState(CHANNEL_UPLOAD, OnOffType.from(uploaded));
        updateState(CHANNEL_DOWNLOAD, OnOffType.from(report.downloadedPoints() != null));
        Verification verification = report.verification();
        Difference difference = verification.difference();
        updateState(CHANNEL_VERIFY, OnOffType.from(verification.isRequested()));
        updateState(CHANNEL_VERIFIED, EmoncmsServerHandler.time(verification.verified()));
        updateState(CHANNEL_FIRST_DIFFERENCE, EmoncmsServerHandler.time(difference == null ? null : difference.time()));
        updateState(CHANNEL_LOCAL_POINTS, local == null ? UnDefType.UNDEF : number(local.feed().meta().npoints()));
        updateState(CHANNEL_REMOTE_POINTS, remote == null ? UnDefType.UNDEF : number(remote.meta().npoints()));
        updateState(CHANNEL_PENDING_POINTS, number(report.pendingPoints()));
        updateState(CHANNEL_PENDING_DATA, new QuantityType<>(report.pendingBytes(), Units.BYTE));
        updateState(CHANNEL_PROGRESS, progress == null ? UnDefType.UNDEF
                : new QuantityType<>(Math.round(progress * 10) / 10.0, Units.PERCENT));
        updateState(CHANNEL_LAST_UPLOAD, EmoncmsServerHandler.time(report.lastUpload()));
        updateState(CHANNEL_LAST_POINT, EmoncmsServerHandler.time(last == null ? null : last.time()));
        updateState(CHANNEL_VALUE,
                last != null && Float.isFinite(last.value()) ? number(last.value()) : UnDefType.UNDEF);
    }

    private static State number(Number number) {
        return new DecimalType(number);
    }

    /** What of the feed does not change with every point. */
    private static Map<String, String> properties(FeedReport report) {
        Map<String, String> properties = new HashMap<>();
        LocalFeed local = report.local();
        ListedFeed.Usable remote = report.remote();
        if (remote != null) {
            properties.put(PROPERTY_REMOTE_ID, String.valueOf(remote.id()));
        }
        if (local != null) {
            properties.put(PROPERTY_LOCAL_ID, String.valueOf(local.feed().id()));
        }
        ListedFeed.Usable either = local == null ? remote : local.feed();
        if (either != null) {
            FeedMeta meta = either.meta();
            properties.put(PROPERTY_ENGINE, either.engine().title());
            properties.put(PROPERTY_UNIT, either.unit());
            if (meta.intervalSeconds() > 0) {
                properties.put(PROPERTY_INTERVAL, meta.intervalSeconds() + " s");
            }
            if (!meta.isEmpty()) {
                properties.put(PROPERTY_START_TIME, Instant.ofEpochSecond(meta.startTime()).toString());
            }
        }
        return properties;
    }
}
