CREATE TABLE `clock_days` (
	`job` text PRIMARY KEY NOT NULL,
	`day` text NOT NULL,
	CONSTRAINT "clock_day" CHECK("clock_days"."day" glob '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]')
);
--> statement-breakpoint
CREATE TABLE `digests` (
	`account_id` text NOT NULL,
	`week` text NOT NULL,
	`tasks` integer NOT NULL,
	`content` text NOT NULL,
	`made_at` integer NOT NULL,
	PRIMARY KEY(`account_id`, `week`),
	FOREIGN KEY (`account_id`) REFERENCES `accounts`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "digest_week" CHECK("digests"."week" glob '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]')
);
--> statement-breakpoint
CREATE INDEX `digests_expires` ON `digests` (`week`);--> statement-breakpoint
CREATE TABLE `warnings` (
	`account_id` text NOT NULL,
	`object_id` text NOT NULL,
	`ends_on` text NOT NULL,
	`lead` integer NOT NULL,
	`kind` text NOT NULL,
	`license_id` text NOT NULL,
	`warned_on` text NOT NULL,
	PRIMARY KEY(`account_id`, `object_id`, `ends_on`, `lead`),
	FOREIGN KEY (`account_id`) REFERENCES `accounts`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "warning_kind" CHECK("warnings"."kind" in ('support', 'trial', 'subscription')),
	CONSTRAINT "warning_warned_on" CHECK("warnings"."warned_on" glob '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]')
);
--> statement-breakpoint
CREATE INDEX `warnings_account` ON `warnings` (`account_id`,`warned_on`);--> statement-breakpoint
CREATE INDEX `warnings_expires` ON `warnings` (`ends_on`);--> statement-breakpoint
ALTER TABLE `accounts` ADD `warning_leads` text DEFAULT '[30,7,0,-14]' NOT NULL;--> statement-breakpoint
ALTER TABLE `accounts` ADD `weekly_digest` integer DEFAULT true NOT NULL;--> statement-breakpoint
CREATE INDEX `accounts_digest` ON `accounts` (`id`) WHERE weekly_digest = 1 and kind <> 'customer';--> statement-breakpoint
CREATE TRIGGER warnings_no_update BEFORE UPDATE ON warnings BEGIN SELECT RAISE(ABORT, 'warnings_append_only'); END;
