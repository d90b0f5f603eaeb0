CREATE TABLE `email_changes` (
	`id` text PRIMARY KEY NOT NULL,
	`login_id` text NOT NULL,
	`from_email` text NOT NULL,
	`email` text NOT NULL,
	`email_key` text NOT NULL,
	`confirm_hash` text NOT NULL,
	`cancel_hash` text NOT NULL,
	`created_at` integer NOT NULL,
	`expires_at` integer NOT NULL,
	`confirmed_at` integer,
	`canceled_at` integer,
	FOREIGN KEY (`login_id`) REFERENCES `logins`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE UNIQUE INDEX `email_changes_confirm_hash_unique` ON `email_changes` (`confirm_hash`);--> statement-breakpoint
CREATE UNIQUE INDEX `email_changes_cancel_hash_unique` ON `email_changes` (`cancel_hash`);--> statement-breakpoint
CREATE UNIQUE INDEX `email_change_one_open` ON `email_changes` (`login_id`) WHERE confirmed_at is null and canceled_at is null;--> statement-breakpoint
CREATE INDEX `email_changes_login` ON `email_changes` (`login_id`);--> statement-breakpoint
CREATE INDEX `email_changes_expires` ON `email_changes` (`expires_at`);--> statement-breakpoint
CREATE TABLE `invitations` (
	`id` text PRIMARY KEY NOT NULL,
	`account_id` text NOT NULL,
	`email` text NOT NULL,
	`email_key` text NOT NULL,
	`role` text NOT NULL,
	`invited_by` text,
	`invited_by_name` text NOT NULL,
	`generation` integer DEFAULT 1 NOT NULL,
	`token_hash` text NOT NULL,
	`created_at` integer NOT NULL,
	`sent_at` integer NOT NULL,
	`expires_at` integer NOT NULL,
	`accepted_at` integer,
	`withdrawn_at` integer,
	`version` integer DEFAULT 1 NOT NULL,
	FOREIGN KEY (`account_id`) REFERENCES `accounts`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "invitation_role" CHECK("invitations"."role" in ('full', 'billing', 'servers-licenses', 'servers', 'read-billing', 'read-servers'))
);
--> statement-breakpoint
CREATE UNIQUE INDEX `invitations_token_hash_unique` ON `invitations` (`token_hash`);--> statement-breakpoint
CREATE UNIQUE INDEX `invitation_one_open` ON `invitations` (`account_id`,`email_key`) WHERE accepted_at is null and withdrawn_at is null;--> statement-breakpoint
CREATE INDEX `invitations_account` ON `invitations` (`account_id`,`created_at`);--> statement-breakpoint
CREATE INDEX `invitations_expires` ON `invitations` (`expires_at`);--> statement-breakpoint
CREATE TABLE `recovery_codes` (
	`login_id` text NOT NULL,
	`hash` text NOT NULL,
	`created_at` integer NOT NULL,
	`used_at` integer,
	PRIMARY KEY(`login_id`, `hash`),
	FOREIGN KEY (`login_id`) REFERENCES `logins`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE TABLE `registrations` (
	`id` text PRIMARY KEY NOT NULL,
	`email` text NOT NULL,
	`email_key` text NOT NULL,
	`first_name` text NOT NULL,
	`last_name` text NOT NULL,
	`company` text DEFAULT '' NOT NULL,
	`country` text DEFAULT '' NOT NULL,
	`token_hash` text NOT NULL,
	`created_at` integer NOT NULL,
	`expires_at` integer NOT NULL,
	`used_at` integer
);
--> statement-breakpoint
CREATE UNIQUE INDEX `registrations_token_hash_unique` ON `registrations` (`token_hash`);--> statement-breakpoint
CREATE INDEX `registrations_expires` ON `registrations` (`expires_at`);--> statement-breakpoint
ALTER TABLE `accounts` ADD `zip` text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE `accounts` ADD `address_line_1` text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE `accounts` ADD `address_line_2` text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE `accounts` ADD `address_line_3` text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE `accounts` ADD `phone` text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE `accounts` ADD `fax` text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE `accounts` ADD `vat_number` text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE `accounts` ADD `billing_email` text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE `accounts` ADD `billing_first_name` text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE `accounts` ADD `billing_last_name` text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE `accounts` ADD `upgrade_url` text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE `accounts` ADD `two_factor_required` integer DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE `logins` ADD `password_changed_at` integer;--> statement-breakpoint
ALTER TABLE `logins` ADD `title` text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE `logins` ADD `first_name` text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE `logins` ADD `last_name` text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE `logins` ADD `format_locale` text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE `logins` ADD `time_zone` text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE `logins` ADD `confirmed_at` integer;--> statement-breakpoint
ALTER TABLE `logins` ADD `totp_seed` text;--> statement-breakpoint
ALTER TABLE `logins` ADD `totp_since` integer;--> statement-breakpoint
ALTER TABLE `logins` ADD `totp_last_step` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE `logins` ADD `totp_reset_at` integer;--> statement-breakpoint
ALTER TABLE `sessions` ADD `place` text DEFAULT '' NOT NULL;--> statement-breakpoint
CREATE INDEX `links_login` ON `links` (`login_id`);
--> statement-breakpoint
-- Names of logins that are there already: what stands before the first blank, and the rest.
UPDATE logins SET first_name = iif(instr(name, ' ') > 0, substr(name, 1, instr(name, ' ') - 1), name),
  last_name = iif(instr(name, ' ') > 0, trim(substr(name, instr(name, ' ') + 1)), '');
--> statement-breakpoint
-- An account keeps its master login, and one with full access that can sign in.
CREATE TRIGGER login_master_stays BEFORE UPDATE OF role, is_master, disabled_at ON logins
WHEN OLD.is_master = 1 AND (NEW.is_master <> 1 OR NEW.role <> 'full' OR (NEW.disabled_at IS NOT NULL AND OLD.disabled_at IS NULL))
BEGIN SELECT RAISE(ABORT, 'login_master'); END;
--> statement-breakpoint
CREATE TRIGGER login_master_stays_there BEFORE DELETE ON logins WHEN OLD.is_master = 1
BEGIN SELECT RAISE(ABORT, 'login_master'); END;
--> statement-breakpoint
CREATE TRIGGER login_last_full_access BEFORE UPDATE OF role, disabled_at ON logins
WHEN OLD.role = 'full' AND OLD.disabled_at IS NULL AND (NEW.role <> 'full' OR NEW.disabled_at IS NOT NULL)
  AND NOT EXISTS (SELECT 1 FROM logins other WHERE other.account_id = OLD.account_id AND other.id <> OLD.id
    AND other.role = 'full' AND other.disabled_at IS NULL)
BEGIN SELECT RAISE(ABORT, 'login_last_full_access'); END;
--> statement-breakpoint
CREATE TRIGGER login_last_full_access_there BEFORE DELETE ON logins
WHEN OLD.role = 'full' AND OLD.disabled_at IS NULL
  AND NOT EXISTS (SELECT 1 FROM logins other WHERE other.account_id = OLD.account_id AND other.id <> OLD.id
    AND other.role = 'full' AND other.disabled_at IS NULL)
BEGIN SELECT RAISE(ABORT, 'login_last_full_access'); END;
--> statement-breakpoint
-- What a removed login leaves behind: its sessions end, links mailed to it open nothing.
CREATE TRIGGER logins_leave BEFORE DELETE ON logins BEGIN
  DELETE FROM sessions WHERE login_id = OLD.id;
  DELETE FROM links WHERE login_id = OLD.id;
END;
