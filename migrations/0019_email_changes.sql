DROP TABLE `email_changes`;--> statement-breakpoint
CREATE TABLE `email_changes` (
	`id` text PRIMARY KEY NOT NULL,
	`login_id` text NOT NULL,
	`old_email` text NOT NULL,
	`old_hash` text NOT NULL,
	`old_confirmed_at` integer,
	`new_email` text NOT NULL,
	`new_email_key` text NOT NULL,
	`new_hash` text NOT NULL,
	`new_confirmed_at` integer,
	`created_at` integer NOT NULL,
	`expires_at` integer NOT NULL,
	`done_at` integer,
	`stopped_at` integer,
	FOREIGN KEY (`login_id`) REFERENCES `logins`(`id`) ON UPDATE no action ON DELETE cascade,
	CONSTRAINT "email_change_done" CHECK("email_changes"."done_at" is null or ("email_changes"."old_confirmed_at" is not null and "email_changes"."new_confirmed_at" is not null and "email_changes"."stopped_at" is null))
);
--> statement-breakpoint
CREATE UNIQUE INDEX `email_changes_old_hash_unique` ON `email_changes` (`old_hash`);--> statement-breakpoint
CREATE UNIQUE INDEX `email_changes_new_hash_unique` ON `email_changes` (`new_hash`);--> statement-breakpoint
CREATE UNIQUE INDEX `email_change_one_open` ON `email_changes` (`login_id`) WHERE done_at is null and stopped_at is null;--> statement-breakpoint
CREATE INDEX `email_changes_login` ON `email_changes` (`login_id`);--> statement-breakpoint
CREATE INDEX `email_changes_expires` ON `email_changes` (`expires_at`);