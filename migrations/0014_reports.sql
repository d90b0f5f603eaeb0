CREATE TABLE `report_recipients` (
	`id` text PRIMARY KEY NOT NULL,
	`report_id` text NOT NULL,
	`email` text NOT NULL,
	`email_key` text NOT NULL,
	`confirmed_at` integer,
	`unsubscribed_at` integer,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`report_id`) REFERENCES `reports`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE UNIQUE INDEX `report_recipient_once` ON `report_recipients` (`report_id`,`email_key`);--> statement-breakpoint
CREATE TABLE `report_runs` (
	`report_id` text NOT NULL,
	`due_at` integer NOT NULL,
	`state` text NOT NULL,
	`rows` integer NOT NULL,
	`content` text NOT NULL,
	`letters` integer NOT NULL,
	`ran_at` integer NOT NULL,
	PRIMARY KEY(`report_id`, `due_at`),
	FOREIGN KEY (`report_id`) REFERENCES `reports`(`id`) ON UPDATE no action ON DELETE cascade,
	CONSTRAINT "report_run_state" CHECK("report_runs"."state" in ('sent', 'empty', 'nobody'))
);
--> statement-breakpoint
CREATE TABLE `reports` (
	`id` text PRIMARY KEY NOT NULL,
	`account_id` text NOT NULL,
	`kind` text NOT NULL,
	`product_code` text,
	`lead_days` integer NOT NULL,
	`frequency` text NOT NULL,
	`weekday` integer NOT NULL,
	`month_day` integer NOT NULL,
	`hour` integer NOT NULL,
	`time_zone` text NOT NULL,
	`sends_empty` integer DEFAULT false NOT NULL,
	`active` integer DEFAULT true NOT NULL,
	`next_due_at` integer NOT NULL,
	`version` integer DEFAULT 1 NOT NULL,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`account_id`) REFERENCES `accounts`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`product_code`) REFERENCES `products`(`code`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "report_kind" CHECK("reports"."kind" in ('support-ends', 'license-ends', 'subscription-ends', 'stale-computers', 'low-credits')),
	CONSTRAINT "report_frequency" CHECK("reports"."frequency" in ('daily', 'weekly', 'monthly')),
	CONSTRAINT "report_lead_days" CHECK("reports"."lead_days" between 0 and 365),
	CONSTRAINT "report_hour" CHECK("reports"."hour" between 0 and 23),
	CONSTRAINT "report_weekday" CHECK("reports"."weekday" between 1 and 7),
	CONSTRAINT "report_month_day" CHECK("reports"."month_day" between 1 and 31)
);
--> statement-breakpoint
CREATE INDEX `reports_account` ON `reports` (`account_id`,`created_at`);--> statement-breakpoint
CREATE INDEX `reports_due` ON `reports` (`next_due_at`) WHERE active = 1;--> statement-breakpoint
CREATE TRIGGER report_runs_no_update BEFORE UPDATE ON report_runs BEGIN SELECT RAISE(ABORT, 'report_runs_append_only'); END;
