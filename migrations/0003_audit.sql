CREATE INDEX `licenses_trial_ends` ON `licenses` (`ends_on`) WHERE kind = 'trial';--> statement-breakpoint
CREATE INDEX `event_reach_actor` ON `event_reach` (`account_n`,`actor_id`,`at`,`event_n`);--> statement-breakpoint
CREATE INDEX `event_reach_actor_action` ON `event_reach` (`account_n`,`actor_id`,`action`,`at`,`event_n`);--> statement-breakpoint
CREATE UNIQUE INDEX `event_expired_once` ON `events` (`subject_id`,`action`,("after" ->> '$.endsOn')) WHERE action in ('license.expired', 'subscription.expired', 'support.expired');--> statement-breakpoint
CREATE INDEX `subscriptions_ended` ON `subscriptions` (`term_ends_on`) WHERE canceled_at is not null;