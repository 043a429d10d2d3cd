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
package org.openhab.binding.emoncms.internal;

import static org.openhab.binding.emoncms.internal.EmoncmsBindingConstants.*;

import java.time.Clock;
import java.util.Set;

import org.eclipse.jdt.annotation.NonNullByDefault;
import org.eclipse.jdt.annotation.Nullable;
import org.eclipse.jetty.client.HttpClient;
import org.openhab.binding.emoncms.internal.action.EmoncmsFeedActions;
import org.openhab.binding.emoncms.internal.action.EmoncmsServerActions;
import org.openhab.binding.emoncms.internal.api.HttpClients;
import org.openhab.binding.emoncms.internal.discovery.EmoncmsFeedDiscoveryService;
import org.openhab.binding.emoncms.internal.handler.EmoncmsFeedHandler;
import org.openhab.binding.emoncms.internal.handler.EmoncmsServerHandler;
import org.openhab.core.i18n.TimeZoneProvider;
import org.openhab.core.io.net.http.HttpClientFactory;
import org.openhab.core.thing.Bridge;
import org.openhab.core.thing.Thing;
import org.openhab.core.thing.ThingTypeUID;
import org.openhab.core.thing.binding.BaseThingHandlerFactory;
import org.openhab.core.thing.binding.ThingHandler;
import org.openhab.core.thing.binding.ThingHandlerFactory;
import org.osgi.service.component.ComponentContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the handlers, as soon as there are the services that these name to openHAB. All bridges share one HTTP client,
 * which is not openHAB's common one: an upload may keep a
 * connection busy for minutes.
 *
 * @author Emoncms add-on contributors - Initial contribution
 */
@NonNullByDefault
@Component(configurationPid = "binding.emoncms", service = ThingHandlerFactory.class, reference = {
        @Reference(name = "discovery", service = EmoncmsFeedDiscoveryService.class),
        @Reference(name = "serverActions", service = EmoncmsServerActions.class),
        @Reference(name = "feedActions", service = EmoncmsFeedActions.class) })
public class EmoncmsHandlerFactory extends BaseThingHandlerFactory {

    private static final Set<ThingTypeUID> SUPPORTED_THING_TYPES = Set.of(THING_TYPE_SERVER, THING_TYPE_FEED);

    private final Logger logger = LoggerFactory.getLogger(EmoncmsHandlerFactory.class);

    private final HttpClient httpClient;
    private final TimeZoneProvider timeZoneProvider;

    @Activate
    public EmoncmsHandlerFactory(@Reference HttpClientFactory httpClientFactory,
            @Reference TimeZoneProvider timeZoneProvider, ComponentContext componentContext) {
        super.activate(componentContext);
        this.timeZoneProvider = timeZoneProvider;
        httpClient = httpClientFactory.createHttpClient(BINDING_ID);
        HttpClients.start(httpClient);
    }

    @Override
    @Deactivate
    protected void deactivate(ComponentContext componentContext) {
        super.deactivate(componentContext);
        try {
            httpClient.stop();
        } catch (Exception e) {
            logger.debug("The HTTP client does not stop", e);
        }
    }

    @Override
    public boolean supportsThingType(ThingTypeUID thingTypeUID) {
        return SUPPORTED_THING_TYPES.contains(thingTypeUID);
    }

    @Override
    protected @Nullable ThingHandler createHandler(Thing thing) {
        if (THING_TYPE_SERVER.equals(thing.getThingTypeUID())) {
            return new EmoncmsServerHandler((Bridge) thing, httpClient,
                    new ZonedClock(Clock.systemUTC(), timeZoneProvider));
        }
        if (THING_TYPE_FEED.equals(thing.getThingTypeUID())) {
            return new EmoncmsFeedHandler(thing);
        }
        return null;
    }
}
