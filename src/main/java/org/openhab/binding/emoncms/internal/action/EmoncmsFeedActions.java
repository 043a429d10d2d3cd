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
package org.openhab.binding.emoncms.internal.action;

import java.util.function.Function;

import org.eclipse.jdt.annotation.NonNullByDefault;
import org.eclipse.jdt.annotation.Nullable;
import org.openhab.binding.emoncms.internal.handler.EmoncmsFeedHandler;
import org.openhab.binding.emoncms.internal.handler.RequestOutcome;
import org.openhab.core.automation.annotation.ActionOutput;
import org.openhab.core.automation.annotation.RuleAction;
import org.openhab.core.thing.binding.ThingActions;
import org.openhab.core.thing.binding.ThingActionsScope;
import org.openhab.core.thing.binding.ThingHandler;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ServiceScope;

/**
 * What rules can do with a feed. Each action returns at once; how a request ends is told by an event of the feed.
 *
 * @author Emoncms add-on contributors - Initial contribution
 */
@NonNullByDefault
@Component(scope = ServiceScope.PROTOTYPE, service = EmoncmsFeedActions.class)
@ThingActionsScope(name = "emoncms")
public class EmoncmsFeedActions implements ThingActions {

    private @Nullable EmoncmsFeedHandler handler;

    @Override
    public void setThingHandler(ThingHandler handler) {
        this.handler = (EmoncmsFeedHandler) handler;
    }

    @Override
    public @Nullable ThingHandler getThingHandler() {
        return handler;
    }

    @RuleAction(label = "@text/action.upload.label", description = "@text/action.upload.description")
    public @ActionOutput(type = "java.lang.String", label = "@text/action.result.label", description = "@text/action.result.description") String upload() {
        return request(EmoncmsFeedHandler::upload);
    }

    @RuleAction(label = "@text/action.download.label", description = "@text/action.download.description")
    public @ActionOutput(type = "java.lang.String", label = "@text/action.result.label", description = "@text/action.result.description") String download() {
        return request(EmoncmsFeedHandler::download);
    }

    @RuleAction(label = "@text/action.feed-state.label", description = "@text/action.feed-state.description")
    public @ActionOutput(type = "java.lang.String", label = "@text/action.state.label", description = "@text/action.state.description") String state() {
        EmoncmsFeedHandler handler = this.handler;
        return handler == null ? RequestOutcome.OFFLINE.id() : handler.state();
    }

    private String request(Function<EmoncmsFeedHandler, RequestOutcome> request) {
        EmoncmsFeedHandler handler = this.handler;
        return (handler == null ? RequestOutcome.OFFLINE : request.apply(handler)).id();
    }

    public static String upload(ThingActions actions) {
        return ((EmoncmsFeedActions) actions).upload();
    }

    public static String download(ThingActions actions) {
        return ((EmoncmsFeedActions) actions).download();
    }

    public static String state(ThingActions actions) {
        return ((EmoncmsFeedActions) actions).state();
    }
}
