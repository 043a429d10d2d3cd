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

import static org.openhab.binding.emoncms.host.DemoCurve.*;

import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.random.RandomGenerator;

import org.eclipse.jdt.annotation.NonNullByDefault;
import org.openhab.binding.emoncms.internal.feed.ListedFeed;
import org.openhab.binding.emoncms.internal.feed.ProblemException;
import org.openhab.binding.emoncms.internal.feed.TimeSeriesRecord;

/**
 * A local store with what a house with solar panels and a heat pump has recorded up to now, some 14 MB.
 *
 * @author Emoncms add-on contributors - Initial contribution
 */
@NonNullByDefault
final class DemoStore {

    private static final long SEED = 20_260_101;

    private record Meter(String tag, String name, String unit, long intervalSeconds, int days, DemoCurve curve) {
    }

    private final FeedWriter writer;
    private final RandomGenerator random = new Random(SEED);
    private final long now;

    private DemoStore(FeedWriter writer, Clock clock) {
        this.writer = writer;
        now = clock.instant().getEpochSecond();
    }

    /**
     * @return a meter that goes on
     */
    static GrowingFeed fill(Path directory, Clock clock) throws ProblemException, InterruptedException {
        FeedWriter writer = new FeedWriter(directory);
        DemoStore store = new DemoStore(writer, clock);
        ListedFeed.Usable grid = store.write(new Meter("power", "use", "W", 10, 35, house(260)));
        for (Meter meter : meters()) {
            store.write(meter);
        }
        store.writeEvents("gas", "meter", "m3", 180, 540, 0.01f);
        store.writeEvents("doors", "front door", "", 60, 7200, 0);
        return new GrowingFeed(writer, grid, house(260), clock);
    }

    private static List<Meter> meters() {
        return List.of( //
                new Meter("power", "solar", "W", 10, 35, solar(4200)),
                new Meter("power", "heat pump", "W", 10, 35, heatPump(1100)),
                new Meter("power", "car charger", "W", 10, 35, appliance(7200, 2, 22.5, 24)),
                new Meter("power", "washing machine", "W", 10, 28, appliance(450, 3, 10, 11.6)),
                new Meter("power", "oven", "W", 10, 28, appliance(2400, 1, 18.2, 18.9)),
                new Meter("power", "office", "W", 10, 28, appliance(160, 1, 8, 17).withGaps(9)),
                new Meter("power", "server", "W", 10, 35, temperature(42, 0, 3)),
                new Meter("temperature", "living room", "°C", 60, 90, temperature(20.5, 1.5, 0.8)),
                new Meter("temperature", "bedroom", "°C", 60, 90, temperature(18, 2, 0.5).withGaps(13)),
                new Meter("temperature", "flow", "°C", 60, 60, temperature(34, -6, 2)),
                new Meter("temperature", "outside", "°C", 300, 365, temperature(10, 9, 4)),
                new Meter("temperature", "cellar", "°C", 300, 365, temperature(13, 2.5, 0.1)),
                new Meter("temperature", "attic", "°C", 300, 200, temperature(15, 11, 6).withGaps(17)),
                new Meter("energy", "use kWh", "kWh", 60, 90, energy(house(260), 60)),
                new Meter("energy", "solar kWh", "kWh", 60, 90, energy(solar(4200), 60).withGaps(29)),
                new Meter("energy", "heat pump kWh", "kWh", 3600, 730, energy(heatPump(300), 3600)),
                new Meter("energy", "solar kWh per day", "kWh", 86_400, 1100,
                        (time, random) -> 14 + 11 * season(time) + 2 * random.nextDouble()));
    }

    private ListedFeed.Usable write(Meter meter) throws ProblemException, InterruptedException {
        long interval = meter.intervalSeconds();
        long end = now - Math.floorMod(now, interval);
        int npoints = Math.toIntExact(meter.days() * DAY / interval);
        long startTime = end - (npoints - 1) * interval;
        float[] values = new float[npoints];
        for (int i = 0; i < npoints; i++) {
            values[i] = (float) meter.curve().at(startTime + i * interval, random);
        }
        ListedFeed.Usable feed = writer.createFixedInterval(meter.tag(), meter.name(), interval, meter.unit());
        writer.append(feed, startTime, values);
        return feed;
    }

    /**
     * Something that happens now and then in the last four months.
     *
     * @param step how much a counter goes on each time; 0 for a contact that opens and closes
     */
    private void writeEvents(String tag, String name, String unit, int minSeconds, int maxSeconds, float step)
            throws ProblemException, InterruptedException {
        List<TimeSeriesRecord> records = new ArrayList<>();
        float value = 0;
        for (long time = now - 120 * DAY; time < now; time += random.nextInt(minSeconds, maxSeconds)) {
            value = step == 0 ? 1 - value : value + step;
            records.add(new TimeSeriesRecord(time, value));
        }
        writer.append(writer.createTimeSeries(tag, name, unit), records);
    }
}
