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

import java.util.List;

import org.eclipse.jdt.annotation.NonNullByDefault;
import org.eclipse.jdt.annotation.Nullable;
import org.openhab.core.io.net.http.HttpClientFactory;
import org.openhab.core.thing.Thing;
import org.openhab.core.thing.ThingUID;
import org.openhab.core.thing.binding.ThingHandlerFactory;
import org.openhab.core.types.Command;
import org.openhab.core.types.State;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceEvent;
import org.osgi.framework.ServiceListener;
import org.osgi.framework.ServiceRegistration;

/**
 * Stands in for openHAB: gives the add-on the services it asks for, takes its handler factory when that comes, runs the
 * things until it goes.
 *
 * @author Emoncms add-on contributors - Initial contribution
 */
@NonNullByDefault
public final class ThingHost implements AutoCloseable {

    private final HostedThings things = new HostedThings();
    private final HandlerLifecycle lifecycle = new HandlerLifecycle(things);
    private final ServiceRegistration<HttpClientFactory> httpClients;
    private final ServiceListener factories;
    private final BundleContext context;

    private ThingHost(BundleContext context, List<ThingEntry> entries) {
        this.context = context;
        entries.forEach(entry -> things.put(entry.build()));
        factories = this::changed;
        try {
            context.addServiceListener(factories,
                    "(" + Constants.OBJECTCLASS + "=" + ThingHandlerFactory.class.getName() + ")");
        } catch (InvalidSyntaxException e) {
            throw new IllegalStateException(e);
        }
        httpClients = context.registerService(HttpClientFactory.class,
                PartialImplementation.of(HttpClientFactory.class, new NamedHttpClients()), null);
    }

    public static ThingHost start(BundleContext context, List<ThingEntry> entries) {
        return new ThingHost(context, entries);
    }

    private void changed(ServiceEvent event) {
        if (event.getType() == ServiceEvent.REGISTERED
                && context.getService(event.getServiceReference()) instanceof ThingHandlerFactory factory) {
            lifecycle.start(factory);
        } else if (event.getType() == ServiceEvent.UNREGISTERING) {
            lifecycle.stop();
            context.ungetService(event.getServiceReference());
        }
    }

    /** In the order of the file. */
    public List<Thing> things() {
        return things.all();
    }

    public Thing thing(String uid) {
        Thing thing = things.get(new ThingUID(uid));
        if (thing == null) {
            throw new IllegalArgumentException("There is no thing " + uid);
        }
        return thing;
    }

    /** Null until the handler has set one. */
    public @Nullable State state(Thing thing, String channel) {
        return things.state(thing, channel);
    }

    /** Sends a command, as a linked item does. */
    public void send(String uid, String channel, Command command) {
        lifecycle.command(thing(uid), channel, command);
    }

    @Override
    public void close() {
        context.removeServiceListener(factories);
        lifecycle.stop();
        lifecycle.close();
        httpClients.unregister();
    }
}
