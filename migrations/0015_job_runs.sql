CREATE TABLE `job_runs` (
	`n` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`id` text NOT NULL,
	`job` text NOT NULL,
	`started_at` integer NOT NULL,
	`ended_at` integer,
	`count` integer DEFAULT 0 NOT NULL,
	`error` text,
	`by` text DEFAULT '' NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `job_runs_id_unique` ON `job_runs` (`id`);--> statement-breakpoint
CREATE INDEX `job_runs_job` ON `job_runs` (`job`,`n`);--> statement-breakpoint
ALTER TABLE `outbox` ADD `tried_since` integer;--> statement-breakpoint
CREATE INDEX `outbox_state` ON `outbox` (`state`,`id`);