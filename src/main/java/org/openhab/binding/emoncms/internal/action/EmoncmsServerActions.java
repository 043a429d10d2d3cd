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

import java.util.function.BiFunction;
import java.util.function.Function;

import org.eclipse.jdt.annotation.NonNullByDefault;
import org.eclipse.jdt.annotation.Nullable;
import org.openhab.binding.emoncms.internal.feed.FeedIdentity;
import org.openhab.binding.emoncms.internal.handler.EmoncmsServerHandler;
import org.openhab.binding.emoncms.internal.handler.EngineRequests;
import org.openhab.binding.emoncms.internal.handler.RequestOutcome;
import org.openhab.core.automation.annotation.ActionInput;
import org.openhab.core.automation.annotation.ActionOutput;
import org.openhab.core.automation.annotation.RuleAction;
import org.openhab.core.thing.binding.ThingActions;
import org.openhab.core.thing.binding.ThingActionsScope;
import org.openhab.core.thing.binding.ThingHandler;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ServiceScope;

/**
 * What rules can do with a bridge. Each action returns at once; how a request ends is told by an event of the bridge.
 *
 * @author Emoncms add-on contributors - Initial contribution
 */
@NonNullByDefault
@Component(scope = ServiceScope.PROTOTYPE, service = EmoncmsServerActions.class)
@ThingActionsScope(name = "emoncms")
public class EmoncmsServerActions implements ThingActions {

    private @Nullable EmoncmsServerHandler handler;

    @Override
    public void setThingHandler(ThingHandler handler) {
        this.handler = (EmoncmsServerHandler) handler;
    }

    @Override
    public @Nullable ThingHandler getThingHandler() {
        return handler;
    }

    @RuleAction(label = "@text/action.upload-now.label", description = "@text/action.upload-now.description")
    public @ActionOutput(type = "java.lang.String", label = "@text/action.result.label", description = "@text/action.result.description") String uploadNow() {
        return request(EngineRequests::uploadNow);
    }

    @RuleAction(label = "@text/action.download-feed.label", description = "@text/action.download-feed.description")
    public @ActionOutput(type = "java.lang.String", label = "@text/action.result.label", description = "@text/action.result.description") String downloadFeed(
            @ActionInput(name = "tag", label = "@text/action.tag.label", description = "@text/action.tag.description", required = true) @Nullable String tag,
            @ActionInput(name = "name", label = "@text/action.name.label", description = "@text/action.name.description", required = true) @Nullable String name) {
        return ofFeed(tag, name, (handler, feed) -> handler.requests().download(feed).id());
    }

    @RuleAction(label = "@text/action.download-all.label", description = "@text/action.download-all.description")
    public @ActionOutput(type = "java.lang.String", label = "@text/action.result.label", description = "@text/action.result.description") String downloadAll() {
        return request(EngineRequests::downloadAll);
    }

    @RuleAction(label = "@text/action.verify-feed.label", description = "@text/action.verify-feed.description")
    public @ActionOutput(type = "java.lang.String", label = "@text/action.result.label", description = "@text/action.result.description") String verifyFeed(
            @ActionInput(name = "tag", label = "@text/action.tag.label", description = "@text/action.tag.description", required = true) @Nullable String tag,
            @ActionInput(name = "name", label = "@text/action.name.label", description = "@text/action.name.description", required = true) @Nullable String name) {
        return ofFeed(tag, name, (handler, feed) -> handler.requests().verify(feed).id());
    }

    @RuleAction(label = "@text/action.verify-all.label", description = "@text/action.verify-all.description")
    public @ActionOutput(type = "java.lang.String", label = "@text/action.result.label", description = "@text/action.result.description") String verifyAll() {
        return request(EngineRequests::verifyAll);
    }

    @RuleAction(label = "@text/action.feed-state.label", description = "@text/action.feed-state.description")
    public @ActionOutput(type = "java.lang.String", label = "@text/action.state.label", description = "@text/action.state.description") String feedState(
            @ActionInput(name = "tag", label = "@text/action.tag.label", description = "@text/action.tag.description", required = true) @Nullable String tag,
            @ActionInput(name = "name", label = "@text/action.name.label", description = "@text/action.name.description", required = true) @Nullable String name) {
        return ofFeed(tag, name, EmoncmsServerHandler::state);
    }

    private String request(Function<EngineRequests, RequestOutcome> request) {
        EmoncmsServerHandler handler = this.handler;
        return (handler == null ? RequestOutcome.OFFLINE : request.apply(handler.requests())).id();
    }

    private String ofFeed(@Nullable String tag, @Nullable String name,
            BiFunction<EmoncmsServerHandler, FeedIdentity, String> request) {
        EmoncmsServerHandler handler = this.handler;
        if (tag == null || tag.isBlank() || name == null || name.isBlank()) {
            return RequestOutcome.INVALID.id();
        }
        return handler == null ? RequestOutcome.OFFLINE.id() : request.apply(handler, new FeedIdentity(tag, name));
    }

    public static String uploadNow(ThingActions actions) {
        return ((EmoncmsServerActions) actions).uploadNow();
    }

    public static String downloadFeed(ThingActions actions, @Nullable String tag, @Nullable String name) {
        return ((EmoncmsServerActions) actions).downloadFeed(tag, name);
    }

    public static String downloadAll(ThingActions actions) {
        return ((EmoncmsServerActions) actions).downloadAll();
    }

    public static String verifyFeed(ThingActions actions, @Nullable String tag, @Nullable String name) {
        return ((EmoncmsServerActions) actions).verifyFeed(tag, name);
    }

    public static String verifyAll(ThingActions actions) {
        return ((EmoncmsServerActions) actions).verifyAll();
    }

    public static String feedState(ThingActions actions, @Nullable String tag, @Nullable String name) {
        return ((EmoncmsServerActions) actions).feedState(tag, name);
    }
}
