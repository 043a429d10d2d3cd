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
package org.openhab.core.thing.binding;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import org.eclipse.jdt.annotation.NonNullByDefault;
import org.eclipse.jdt.annotation.Nullable;
import org.openhab.core.thing.Thing;
import org.openhab.core.thing.ThingUID;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceObjects;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.ComponentContext;

/**
 * Stand-in for the class of this name in openHAB Core.
 *
 * @author Emoncms add-on contributors - Initial contribution
 */
@NonNullByDefault
public abstract class BaseThingHandlerFactory implements ThingHandlerFactory {

    private record Service<T extends ThingHandlerService> (ServiceObjects<T> objects, T instance,
            @Nullable ServiceRegistration<?> registration) {

        void dispose() {
            instance.dispose();
            ServiceRegistration<?> registration = this.registration;
            if (registration != null) {
                registration.unregister();
            }
            objects.ungetService(instance);
        }
    }

    private final Map<ThingUID, List<Service<?>>> services = new ConcurrentHashMap<>();

    private @Nullable BundleContext bundleContext;

    protected void activate(ComponentContext componentContext) {
        bundleContext = componentContext.getBundleContext();
    }

    protected void deactivate(ComponentContext componentContext) {
        bundleContext = null;
    }

    @Override
    public ThingHandler registerHandler(Thing thing) {
        ThingHandler handler = createHandler(thing);
        if (handler == null) {
            throw new IllegalStateException("No handler for " + thing.getUID());
        }
        List<Service<?>> registered = new ArrayList<>();
        handler.getServices().forEach(type -> registered.add(register(handler, type)));
        services.put(thing.getUID(), registered);
        return handler;
    }

    private <T extends ThingHandlerService> Service<T> register(ThingHandler handler, Class<T> type) {
        BundleContext context = Objects.requireNonNull(bundleContext);
        ServiceReference<T> reference = context.getServiceReference(type);
        if (reference == null) {
            throw new IllegalStateException("No service " + type.getName());
        }
        ServiceObjects<T> objects = context.getServiceObjects(reference);
        T instance = objects.getService();
        instance.setThingHandler(handler);
        Set<String> names = new HashSet<>();
        for (Class<?> above = type; above != null; above = above.getSuperclass()) {
            Arrays.stream(above.getInterfaces()).map(Class::getName).forEach(names::add);
        }
        names.remove(ThingHandlerService.class.getName());
        ServiceRegistration<?> registration = names.isEmpty() ? null
                : context.registerService(names.toArray(String[]::new), instance, null);
        instance.initialize();
        return new Service<>(objects, instance, registration);
    }

    protected abstract @Nullable ThingHandler createHandler(Thing thing);

    @Override
    public void unregisterHandler(Thing thing) {
        ThingHandler handler = thing.getHandler();
        if (handler != null) {
            removeHandler(handler);
        }
        List<Service<?>> registered = services.remove(thing.getUID());
        if (registered != null) {
            registered.forEach(Service::dispose);
        }
    }

    protected void removeHandler(ThingHandler thingHandler) {
    }

    @Override
    public void removeThing(ThingUID thingUID) {
    }
}
