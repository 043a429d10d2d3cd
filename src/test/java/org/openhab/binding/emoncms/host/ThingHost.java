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

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.eclipse.jdt.annotation.NonNullByDefault;
import org.eclipse.jdt.annotation.Nullable;
import org.openhab.core.config.discovery.DiscoveryListener;
import org.openhab.core.config.discovery.DiscoveryResult;
import org.openhab.core.config.discovery.DiscoveryService;
import org.openhab.core.config.discovery.inbox.Inbox;
import org.openhab.core.i18n.LocaleProvider;
import org.openhab.core.i18n.TimeZoneProvider;
import org.openhab.core.i18n.TranslationProvider;
import org.openhab.core.io.console.ConsoleCommandCompleter;
import org.openhab.core.io.console.extensions.ConsoleCommandExtension;
import org.openhab.core.io.net.http.HttpClientFactory;
import org.openhab.core.thing.Thing;
import org.openhab.core.thing.ThingRegistry;
import org.openhab.core.thing.ThingUID;
import org.openhab.core.thing.binding.ThingActions;
import org.openhab.core.thing.binding.ThingHandler;
import org.openhab.core.thing.binding.ThingHandlerFactory;
import org.openhab.core.types.Command;
import org.openhab.core.types.State;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceEvent;
import org.osgi.framework.ServiceListener;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.ServiceRegistration;
import org.osgi.util.tracker.ServiceTracker;

/**
 * Stands in for openHAB: gives the add-on the services it asks for, takes its handler factory when that comes, runs the
 * things until it goes.
 *
 * @author Emoncms add-on contributors - Initial contribution
 */
@NonNullByDefault
public final class ThingHost implements AutoCloseable {

    private static final List<String> PARAMETERS = List.of("tag", "name");

    private final HostedThings things = new HostedThings();
    private final HandlerLifecycle lifecycle = new HandlerLifecycle(things);
    private final HostInbox inbox = new HostInbox();
    private final List<ServiceRegistration<?>> services = new ArrayList<>();
    private final ServiceTracker<DiscoveryService, DiscoveryService> discoveries;
    private final ServiceTracker<ConsoleCommandExtension, ConsoleCommandExtension> commands;
    private final ServiceTracker<ThingActions, ThingActions> actions;
    private final ServiceListener factories;
    private final BundleContext context;

    private ThingHost(BundleContext context, List<ThingEntry> entries, StatusTexts texts) {
        this.context = context;
        entries.forEach(entry -> things.put(entry.build()));
        factories = this::changed;
        try {
            context.addServiceListener(factories,
                    "(" + Constants.OBJECTCLASS + "=" + ThingHandlerFactory.class.getName() + ")");
        } catch (InvalidSyntaxException e) {
            throw new IllegalStateException(e);
        }
        discoveries = new ServiceTracker<>(context, DiscoveryService.class, null) {

            @Override
            public DiscoveryService addingService(ServiceReference<DiscoveryService> reference) {
                DiscoveryService discovery = super.addingService(reference);
                discovery.addDiscoveryListener(PartialImplementation.of(DiscoveryListener.class, inbox));
                return discovery;
            }
        };
        commands = new ServiceTracker<>(context, ConsoleCommandExtension.class, null);
        actions = new ServiceTracker<>(context, ThingActions.class, null);
        discoveries.open();
        commands.open();
        actions.open();
        HostTexts hostTexts = new HostTexts(texts);
        offer(TranslationProvider.class, hostTexts);
        offer(LocaleProvider.class, hostTexts);
        offer(TimeZoneProvider.class, hostTexts);
        offer(Inbox.class, inbox);
        offer(ThingRegistry.class, new HostRegistry(things));
        // the last one: the handlers come with it
        offer(HttpClientFactory.class, new NamedHttpClients());
    }

    private <T> void offer(Class<T> type, Object methods) {
        services.add(context.registerService(type, PartialImplementation.of(type, methods), null));
    }

    static ThingHost start(BundleContext context, List<ThingEntry> entries, StatusTexts texts) {
        return new ThingHost(context, entries, texts);
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

    /** What trigger channels have told: thing and event, the oldest first. */
    public List<String> events() {
        return things.events();
    }

    /** What waits to become a thing. */
    public List<DiscoveryResult> inbox() {
        return inbox.getAll();
    }

    /** Makes things of the inbox's results; as the inbox does, with the properties that are parameters as these. */
    public void approve(List<DiscoveryResult> results) {
        for (DiscoveryResult result : results) {
            Map<String, Object> config = new HashMap<>(result.getProperties());
            config.keySet().retainAll(PARAMETERS);
            ThingUID bridge = result.getBridgeUID();
            if (bridge != null && inbox.take(result.getThingUID()) != null) {
                lifecycle.add(ThingEntry.child(result.getThingUID().getAsString(), bridge, result.getLabel(), config)
                        .build());
            }
        }
    }

    /** Takes a thing away, as its user does. */
    public void remove(String uid) {
        lifecycle.remove(thing(uid));
    }

    /** Starts a scan of all discovery services. */
    public void scan() {
        for (DiscoveryService discovery : discoveries.getServices(new DiscoveryService[0])) {
            discovery.startScan(null);
        }
    }

    /** Runs a command of the console and gives what it prints. */
    public List<String> run(String... words) {
        ConsoleCommandExtension command = commands.getService();
        return command == null ? List.of("The add-on does not run.") : HostConsole.run(command, words);
    }

    /** The completions of the last word. */
    public List<String> complete(String... words) {
        List<String> candidates = new ArrayList<>();
        ConsoleCommandExtension command = commands.getService();
        ConsoleCommandCompleter completer = command == null ? null : command.getCompleter();
        if (completer != null) {
            completer.complete(words, words.length - 1, words[words.length - 1].length(), candidates);
        }
        return candidates;
    }

    /** The actions of a thing, as a rule gets them. */
    public ThingActions actions(String uid) {
        for (ThingActions found : actions.getServices(new ThingActions[0])) {
            ThingHandler handler = found.getThingHandler();
            if (handler != null && handler.getThing().getUID().getAsString().equals(uid)) {
                return found;
            }
        }
        throw new IllegalArgumentException("There are no actions of " + uid);
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
        actions.close();
        commands.close();
        discoveries.close();
        services.forEach(ServiceRegistration::unregister);
    }
}
