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
package org.openhab.binding.emoncms.bench;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

import org.eclipse.jdt.annotation.NonNullByDefault;
import org.eclipse.jdt.annotation.Nullable;
import org.openhab.core.thing.Bridge;
import org.openhab.core.thing.Thing;
import org.openhab.core.thing.ThingStatus;
import org.openhab.core.thing.ThingStatusInfo;
import org.openhab.core.thing.binding.ThingHandler;
import org.openhab.core.thing.binding.ThingHandlerCallback;

/**
 * Calls handlers on a few threads, as openHAB does, and notes how long each call holds one of them.
 *
 * @author Emoncms add-on contributors - Initial contribution
 */
@NonNullByDefault
final class HandlerPool {

    /** As many as openHAB has by default. */
    private static final int THREADS = 5;
    private static final int LONGEST_SECONDS = 60;

    private final Bridge bridge;
    private final List<Thing> feeds;
    private final ExecutorService pool = Executors.newFixedThreadPool(THREADS);
    private final CountDownLatch bridgeUninitialized = new CountDownLatch(1);
    private final CountDownLatch feedsUninitialized;
    private final Samples initializeMillis = new Samples();
    private final Samples bridgeCpuMillis = new Samples();
    private final Samples feedCpuMillis = new Samples();
    private final Samples callMillis = new Samples();
    private final ThingHandlerCallback callback;

    HandlerPool(Bridge bridge, List<Thing> feeds) {
        this.bridge = bridge;
        this.feeds = feeds;
        feedsUninitialized = new CountDownLatch(feeds.size());
        callback = callback();
    }

    private ThingHandlerCallback callback() {
        InvocationHandler called = (proxy, method, arguments) -> switch (method.getName()) {
            case "statusUpdated" -> statusUpdated((Thing) arguments[0], (ThingStatusInfo) arguments[1]);
            case "getBridge" -> bridge;
            default -> method.getReturnType() == boolean.class ? Boolean.FALSE : null;
        };
        return Objects.requireNonNull((ThingHandlerCallback) Proxy.newProxyInstance(
                ThingHandlerCallback.class.getClassLoader(), new Class<?>[] { ThingHandlerCallback.class }, called));
    }

    private @Nullable Object statusUpdated(Thing thing, ThingStatusInfo status) {
        ThingStatusInfo before = thing.getStatusInfo();
        thing.setStatusInfo(status);
        if (thing.equals(bridge) && !status.equals(before)) {
            feeds.forEach(feed -> {
                ThingHandler handler = feed.getHandler();
                if (handler != null) {
                    pool.execute(() -> call(() -> handler.bridgeStatusChanged(status), callMillis));
                }
            });
        }
        return null;
    }

    void initializeBridge(ThingHandler handler) throws InterruptedException {
        initialize(bridge, handler, bridgeUninitialized, bridgeCpuMillis);
        await(bridgeUninitialized);
    }

    /** Only once the bridge is initialised, as openHAB does. */
    void initializeFeeds(Function<Thing, ThingHandler> handlers) throws InterruptedException {
        feeds.forEach(feed -> initialize(feed, handlers.apply(feed), feedsUninitialized, feedCpuMillis));
        await(feedsUninitialized);
    }

    private void initialize(Thing thing, ThingHandler handler, CountDownLatch uninitialized, Samples cpuMillis) {
        thing.setHandler(handler);
        handler.setCallback(callback);
        pool.execute(() -> {
            double cpu = call(handler::initialize, initializeMillis);
            synchronized (callMillis) {
                cpuMillis.add(cpu);
            }
            uninitialized.countDown();
        });
    }

    /**
     * @return how long a processor was needed
     */
    private double call(Runnable call, Samples millis) {
        double cpuStart = Meter.threadCpuSeconds();
        long start = System.nanoTime();
        call.run();
        double duration = (System.nanoTime() - start) / 1e6;
        double cpuMillis = (Meter.threadCpuSeconds() - cpuStart) * 1000;
        synchronized (callMillis) {
            millis.add(duration);
            if (millis != callMillis) {
                callMillis.add(duration);
            }
        }
        return cpuMillis;
    }

    private static void await(CountDownLatch uninitialized) throws InterruptedException {
        if (!uninitialized.await(LONGEST_SECONDS, TimeUnit.SECONDS)) {
            throw new IllegalStateException("Not all handlers are initialised");
        }
    }

    void awaitOnline() throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(LONGEST_SECONDS);
        while (!feeds.stream().allMatch(feed -> feed.getStatus() == ThingStatus.ONLINE)) {
            if (System.nanoTime() > end) {
                throw new IllegalStateException("Not all feeds are online; bridge: " + bridge.getStatusInfo());
            }
            Thread.sleep(1);
        }
    }

    void dispose() throws InterruptedException {
        feeds.forEach(this::dispose);
        dispose(bridge);
        pool.shutdown();
        pool.awaitTermination(LONGEST_SECONDS, TimeUnit.SECONDS);
    }

    private void dispose(Thing thing) {
        ThingHandler handler = thing.getHandler();
        if (handler != null) {
            pool.execute(() -> call(handler::dispose, callMillis));
        }
    }

    Samples initializeMillis() {
        return initializeMillis;
    }

    /** Of initialize(), without the time it waits for a processor. */
    Samples bridgeCpuMillis() {
        return bridgeCpuMillis;
    }

    /** Of initialize(), without the time it waits for a processor. */
    Samples feedCpuMillis() {
        return feedCpuMillis;
    }

    /** Of all calls: initialize, bridgeStatusChanged and dispose. */
    Samples callMillis() {
        return callMillis;
    }
}
