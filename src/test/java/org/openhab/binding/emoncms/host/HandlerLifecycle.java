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
package org.openhab.binding.emoncms.host;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;

import org.eclipse.jdt.annotation.NonNullByDefault;
import org.eclipse.jdt.annotation.Nullable;
import org.openhab.core.thing.Bridge;
import org.openhab.core.thing.ChannelUID;
import org.openhab.core.thing.Thing;
import org.openhab.core.thing.ThingStatus;
import org.openhab.core.thing.ThingStatusDetail;
import org.openhab.core.thing.ThingStatusInfo;
import org.openhab.core.thing.binding.ThingHandler;
import org.openhab.core.thing.binding.ThingHandlerCallback;
import org.openhab.core.thing.binding.ThingHandlerFactory;
import org.openhab.core.types.Command;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes, initializes and disposes handlers in the order of openHAB's {@code ThingManager}: a bridge first and its
 * children when it has set a status; children are disposed before their bridge. Calls from handler to handler run in a
 * pool of as many threads as openHAB's.
 *
 * @author Emoncms add-on contributors - Initial contribution
 */
@NonNullByDefault
final class HandlerLifecycle implements AutoCloseable {

    private static final int THREADS = 5;

    private final Logger logger = LoggerFactory.getLogger(HandlerLifecycle.class);

    private final HostedThings things;
    private final ThingHandlerCallback callback;
    private final ExecutorService pool = Executors.newFixedThreadPool(THREADS, task -> {
        Thread thread = new Thread(task, "host-things");
        thread.setDaemon(true);
        return thread;
    });
    private @Nullable ThingHandlerFactory factory;

    HandlerLifecycle(HostedThings things) {
        this.things = things;
        callback = PartialImplementation.of(ThingHandlerCallback.class, new HandlerCallback(things, this));
    }

    synchronized void start(ThingHandlerFactory factory) {
        this.factory = factory;
        things.withoutBridge().forEach(this::registerAndInitialize);
    }

    synchronized void stop() {
        things.withoutBridge().forEach(this::disposeAndUnregister);
        factory = null;
    }

    void add(Thing thing) {
        things.put(thing);
        registerAndInitialize(thing);
    }

    synchronized void remove(Thing thing) {
        disposeAndUnregister(thing);
        things.remove(thing.getUID());
    }

    private synchronized void registerAndInitialize(Thing thing) {
        ThingHandlerFactory factory = this.factory;
        if (factory == null || thing.getHandler() != null || !factory.supportsThingType(thing.getThingTypeUID())) {
            return;
        }
        if (thing.getBridgeUID() != null) {
            Bridge bridge = things.bridge(thing.getBridgeUID());
            if (bridge == null || !HostedThings.isInitialized(bridge)) {
                HostedThings.setStatus(thing, ThingStatus.UNINITIALIZED, ThingStatusDetail.BRIDGE_UNINITIALIZED);
                return;
            }
        }
        try {
            ThingHandler handler = factory.registerHandler(thing);
            handler.setCallback(callback);
            thing.setHandler(handler);
        } catch (RuntimeException e) {
            logger.error("There is no handler for {}", thing.getUID(), e);
            HostedThings.setStatus(thing, ThingStatus.UNINITIALIZED, ThingStatusDetail.HANDLER_REGISTERING_ERROR,
                    e.getMessage());
            return;
        }
        initialize(thing);
    }

    private void initialize(Thing thing) {
        ThingHandler handler = thing.getHandler();
        if (handler == null) {
            return;
        }
        HostedThings.setStatus(thing, ThingStatus.INITIALIZING, ThingStatusDetail.NONE);
        try {
            handler.initialize();
        } catch (RuntimeException e) {
            logger.error("{} cannot be initialized", thing.getUID(), e);
            HostedThings.setStatus(thing, ThingStatus.UNINITIALIZED, ThingStatusDetail.HANDLER_INITIALIZING_ERROR,
                    e.getMessage());
        }
    }

    private void disposeAndUnregister(Thing thing) {
        things.children(thing).forEach(this::disposeAndUnregister);
        ThingHandler handler = thing.getHandler();
        ThingHandlerFactory factory = this.factory;
        if (handler == null || factory == null) {
            return;
        }
        HostedThings.setStatus(thing, ThingStatus.UNINITIALIZED, ThingStatusDetail.NONE);
        try {
            handler.dispose();
        } catch (RuntimeException e) {
            logger.error("{} cannot be disposed", thing.getUID(), e);
        }
        Bridge bridge = things.bridge(thing.getBridgeUID());
        if (bridge != null && bridge.getHandler() != null) {
            bridge.getHandler().childHandlerDisposed(handler, thing);
        }
        factory.unregisterHandler(thing);
        handler.setCallback(null);
        thing.setHandler(null);
        HostedThings.setStatus(thing, ThingStatus.UNINITIALIZED, ThingStatusDetail.HANDLER_MISSING_ERROR);
    }

    void initializeAgain(Thing thing) {
        hand(() -> {
            synchronized (this) {
                if (!HostedThings.isInitialized(thing)) {
                    initialize(thing);
                }
            }
        });
    }

    void bridgeInitialized(Bridge bridge) {
        things.children(bridge).forEach(child -> hand(() -> registerAndInitialize(child)));
    }

    void bridgeStatusChanged(Bridge bridge, ThingStatusInfo status) {
        things.children(bridge).forEach(child -> hand(() -> {
            ThingHandler handler = child.getHandler();
            if (handler != null && HostedThings.isInitialized(child)) {
                handler.bridgeStatusChanged(status);
            }
        }));
    }

    void childInitialized(Thing child) {
        Bridge bridge = things.bridge(child.getBridgeUID());
        if (bridge != null) {
            hand(() -> {
                ThingHandler handler = child.getHandler();
                if (handler != null && bridge.getHandler() != null) {
                    bridge.getHandler().childHandlerInitialized(handler, child);
                }
            });
        }
    }

    void command(Thing thing, String channel, Command command) {
        hand(() -> {
            ThingHandler handler = thing.getHandler();
            if (handler != null) {
                handler.handleCommand(new ChannelUID(thing.getUID(), channel), command);
            }
        });
    }

    private void hand(Runnable call) {
        try {
            pool.execute(() -> {
                try {
                    call.run();
                } catch (RuntimeException e) {
                    logger.error("A handler failed", e);
                }
            });
        } catch (RejectedExecutionException e) {
            logger.trace("The host stops");
        }
    }

    @Override
    public void close() {
        pool.shutdownNow();
    }
}
