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

import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BiFunction;
import java.util.function.Function;

import org.eclipse.jdt.annotation.NonNullByDefault;
import org.eclipse.jdt.annotation.Nullable;
import org.openhab.binding.emoncms.internal.feed.FeedIdentity;
import org.openhab.binding.emoncms.internal.handler.EmoncmsFeedHandler;
import org.openhab.binding.emoncms.internal.handler.EngineRequests;
import org.openhab.binding.emoncms.internal.handler.JobTexts;
import org.openhab.binding.emoncms.internal.handler.RequestOutcome;
import org.openhab.binding.emoncms.internal.sync.JobReport;
import org.openhab.core.automation.annotation.ActionInput;
import org.openhab.core.automation.annotation.ActionOutput;
import org.openhab.core.automation.annotation.RuleAction;
import org.openhab.core.thing.binding.ThingActions;
import org.openhab.core.thing.binding.ThingActionsScope;
import org.openhab.core.thing.binding.ThingHandler;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ServiceScope;

/**
 * What rules can do with a feed. An action returns at once, and how a request ends is told by an event of the feed;
 * those that answer with a report wait for it.
 *
 * @author Emoncms add-on contributors - Initial contribution
 */
@NonNullByDefault
@Component(scope = ServiceScope.PROTOTYPE, service = EmoncmsFeedActions.class)
@ThingActionsScope(name = "emoncms")
public class EmoncmsFeedActions implements ThingActions {

    private static final int LONGEST_WAIT_SECONDS = 60;

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

    @RuleAction(label = "@text/action.verify.label", description = "@text/action.verify.description")
    public @ActionOutput(type = "java.lang.String", label = "@text/action.result.label", description = "@text/action.result.description") String verify() {
        return request(EmoncmsFeedHandler::verify);
    }

    @RuleAction(label = "@text/action.repair.label", description = "@text/action.repair.description")
    public @ActionOutput(type = "java.lang.String", label = "@text/action.report.label", description = "@text/action.report.description") String repair(
            @ActionInput(name = "dryRun", label = "@text/action.dry-run.label", description = "@text/action.dry-run.description", required = true) boolean dryRun) {
        return job((requests, feed) -> requests.repair(feed, dryRun));
    }

    @RuleAction(label = "@text/action.recreate-remote.label", description = "@text/action.recreate-remote.description")
    public @ActionOutput(type = "java.lang.String", label = "@text/action.report.label", description = "@text/action.report.description") String recreateRemote(
            @ActionInput(name = "dryRun", label = "@text/action.dry-run.label", description = "@text/action.dry-run.description", required = true) boolean dryRun) {
        return job((requests, feed) -> requests.recreateRemote(feed, dryRun));
    }

    @RuleAction(label = "@text/action.download-to-new-feed.label", description = "@text/action.download-to-new-feed.description")
    public @ActionOutput(type = "java.lang.String", label = "@text/action.report.label", description = "@text/action.report.description") String downloadToNewFeed(
            @ActionInput(name = "dryRun", label = "@text/action.dry-run.label", description = "@text/action.dry-run.description", required = true) boolean dryRun) {
        return job((requests, feed) -> requests.downloadToNewFeed(feed, dryRun));
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

    /** Waits for the end as long as a rule may be held up; it goes on then all the same. */
    private String job(BiFunction<EngineRequests, FeedIdentity, CompletableFuture<JobReport>> request) {
        EmoncmsFeedHandler handler = this.handler;
        CompletableFuture<JobReport> report = handler == null ? null : handler.job(request);
        if (report == null) {
            return RequestOutcome.OFFLINE.id();
        }
        try {
            return String.join("\n", JobTexts.lines(report.get(LONGEST_WAIT_SECONDS, TimeUnit.SECONDS)));
        } catch (ExecutionException e) {
            return String.valueOf(e.getCause() == null ? e : e.getCause().getMessage());
        } catch (CancellationException e) {
            return RequestOutcome.OFFLINE.id();
        } catch (TimeoutException e) {
            return RequestOutcome.ACCEPTED.id();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return RequestOutcome.ACCEPTED.id();
        }
    }

    public static String verify(ThingActions actions) {
        return ((EmoncmsFeedActions) actions).verify();
    }

    public static String repair(ThingActions actions, boolean dryRun) {
        return ((EmoncmsFeedActions) actions).repair(dryRun);
    }

    public static String recreateRemote(ThingActions actions, boolean dryRun) {
        return ((EmoncmsFeedActions) actions).recreateRemote(dryRun);
    }

    public static String downloadToNewFeed(ThingActions actions, boolean dryRun) {
        return ((EmoncmsFeedActions) actions).downloadToNewFeed(dryRun);
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
