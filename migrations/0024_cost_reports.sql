PRAGMA foreign_keys=OFF;--> statement-breakpoint
CREATE TABLE `__new_reports` (
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
	CONSTRAINT "report_kind" CHECK("__new_reports"."kind" in ('support-ends', 'license-ends', 'subscription-ends', 'stale-computers', 'low-credits', 'costs')),
	CONSTRAINT "report_frequency" CHECK("__new_reports"."frequency" in ('daily', 'weekly', 'monthly')),
	CONSTRAINT "report_lead_days" CHECK("__new_reports"."lead_days" between 0 and 365),
	CONSTRAINT "report_hour" CHECK("__new_reports"."hour" between 0 and 23),
	CONSTRAINT "report_weekday" CHECK("__new_reports"."weekday" between 1 and 7),
	CONSTRAINT "report_month_day" CHECK("__new_reports"."month_day" between 1 and 31)
);
--> statement-breakpoint
INSERT INTO `__new_reports`("id", "account_id", "kind", "product_code", "lead_days", "frequency", "weekday", "month_day", "hour", "time_zone", "sends_empty", "active", "next_due_at", "version", "created_at") SELECT "id", "account_id", "kind", "product_code", "lead_days", "frequency", "weekday", "month_day", "hour", "time_zone", "sends_empty", "active", "next_due_at", "version", "created_at" FROM `reports`;--> statement-breakpoint
DROP TABLE `reports`;--> statement-breakpoint
ALTER TABLE `__new_reports` RENAME TO `reports`;--> statement-breakpoint
PRAGMA foreign_keys=ON;--> statement-breakpoint
CREATE INDEX `reports_account` ON `reports` (`account_id`,`created_at`);--> statement-breakpoint
CREATE INDEX `reports_due` ON `reports` (`next_due_at`) WHERE active = 1;--> statement-breakpoint
CREATE TRIGGER reports_leave AFTER DELETE ON reports BEGIN
  DELETE FROM outbox WHERE state = 'pending' AND template = 'report-test' AND params ->> '$.reportId' = OLD.id;
END;
