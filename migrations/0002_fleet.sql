CREATE TABLE `computer_copies` (
	`activation_id` text NOT NULL,
	`fingerprint` text NOT NULL,
	`ip` text NOT NULL,
	`times` integer DEFAULT 1 NOT NULL,
	`first_seen_at` integer NOT NULL,
	`last_seen_at` integer NOT NULL,
	PRIMARY KEY(`activation_id`, `fingerprint`),
	FOREIGN KEY (`activation_id`) REFERENCES `activations`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE TABLE `computer_groups` (
	`id` text PRIMARY KEY NOT NULL,
	`account_id` text NOT NULL,
	`name` text NOT NULL,
	`name_key` text NOT NULL,
	`version` integer DEFAULT 1 NOT NULL,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`account_id`) REFERENCES `accounts`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `computer_group_name` ON `computer_groups` (`account_id`,`name_key`);--> statement-breakpoint
CREATE TABLE `computer_reach` (
	`account_n` integer NOT NULL,
	`product_code` text NOT NULL,
	`computer_n` integer NOT NULL,
	`name_key` text NOT NULL,
	`ip_key` text NOT NULL,
	`registered_at` integer NOT NULL,
	`seen_at` integer NOT NULL,
	`group_id` text NOT NULL,
	`key_id` text NOT NULL,
	PRIMARY KEY(`account_n`, `product_code`, `computer_n`)
);
--> statement-breakpoint
CREATE INDEX `computer_reach_name` ON `computer_reach` (`account_n`,`product_code`,`name_key`,`computer_n`);--> statement-breakpoint
CREATE INDEX `computer_reach_ip` ON `computer_reach` (`account_n`,`product_code`,`ip_key`,`computer_n`);--> statement-breakpoint
CREATE INDEX `computer_reach_registered` ON `computer_reach` (`account_n`,`product_code`,`registered_at`,`computer_n`);--> statement-breakpoint
CREATE INDEX `computer_reach_seen` ON `computer_reach` (`account_n`,`product_code`,`seen_at`,`computer_n`);--> statement-breakpoint
CREATE INDEX `computer_reach_group` ON `computer_reach` (`account_n`,`product_code`,`group_id`,`name_key`,`computer_n`);--> statement-breakpoint
CREATE INDEX `computer_reach_key` ON `computer_reach` (`account_n`,`key_id`,`name_key`,`computer_n`) WHERE key_id <> '';--> statement-breakpoint
CREATE INDEX `computer_reach_computer` ON `computer_reach` (`computer_n`);--> statement-breakpoint
CREATE TABLE `releases` (
	`id` text PRIMARY KEY NOT NULL,
	`account_id` text NOT NULL,
	`license_id` text NOT NULL,
	`product_code` text NOT NULL,
	`computer_id` text NOT NULL,
	`computer_name` text NOT NULL,
	`counts` integer NOT NULL,
	`at` integer NOT NULL,
	FOREIGN KEY (`account_id`) REFERENCES `accounts`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `releases_license` ON `releases` (`license_id`,`at`);--> statement-breakpoint
CREATE TABLE `removals` (
	`id` text PRIMARY KEY NOT NULL,
	`account_id` text NOT NULL,
	`computers` integer NOT NULL,
	`at` integer NOT NULL,
	`undo_until` integer NOT NULL,
	`undone_at` integer,
	FOREIGN KEY (`account_id`) REFERENCES `accounts`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `removals_account` ON `removals` (`account_id`,`at`);--> statement-breakpoint
CREATE TABLE `former_codes` (
	`code_normal` text PRIMARY KEY NOT NULL,
	`code` text NOT NULL,
	`key_id` text NOT NULL,
	`rotated_at` integer NOT NULL,
	`valid_until` integer NOT NULL,
	FOREIGN KEY (`key_id`) REFERENCES `activation_keys`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `former_codes_key` ON `former_codes` (`key_id`,`rotated_at`);--> statement-breakpoint
-- A changed CHECK rebuilds the table: triggers that speak of it are dropped before and made anew below.
DROP TRIGGER account_reach_gain;--> statement-breakpoint
DROP TRIGGER account_reach_lose;--> statement-breakpoint
PRAGMA foreign_keys=OFF;--> statement-breakpoint
CREATE TABLE `__new_events` (
	`n` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`id` text NOT NULL,
	`account_id` text NOT NULL,
	`at` integer NOT NULL,
	`actor_kind` text NOT NULL,
	`actor_id` text NOT NULL,
	`actor_name` text NOT NULL,
	`action` text NOT NULL,
	`subject_kind` text NOT NULL,
	`subject_id` text NOT NULL,
	`subject_name` text NOT NULL,
	`before` text,
	`after` text,
	`address` text NOT NULL,
	`request_id` text NOT NULL,
	FOREIGN KEY (`account_id`) REFERENCES `accounts`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "event_actor_kind" CHECK("__new_events"."actor_kind" in ('login', 'customer', 'api-key', 'computer', 'shop', 'clock'))
);
--> statement-breakpoint
INSERT INTO `__new_events`("n", "id", "account_id", "at", "actor_kind", "actor_id", "actor_name", "action", "subject_kind", "subject_id", "subject_name", "before", "after", "address", "request_id") SELECT "n", "id", "account_id", "at", "actor_kind", "actor_id", "actor_name", "action", "subject_kind", "subject_id", "subject_name", "before", "after", "address", "request_id" FROM `events`;--> statement-breakpoint
DROP TABLE `events`;--> statement-breakpoint
ALTER TABLE `__new_events` RENAME TO `events`;--> statement-breakpoint
PRAGMA foreign_keys=ON;--> statement-breakpoint
CREATE UNIQUE INDEX `events_id_unique` ON `events` (`id`);--> statement-breakpoint
CREATE INDEX `events_account` ON `events` (`account_id`,`n`);--> statement-breakpoint
CREATE INDEX `events_subject` ON `events` (`subject_id`,`n`);--> statement-breakpoint
ALTER TABLE `accounts` ADD `remove_stale_after_days` integer;--> statement-breakpoint
ALTER TABLE `products` ADD `release_cooldown_hours` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE `products` ADD `check_in_hours` integer DEFAULT 24 NOT NULL;--> statement-breakpoint
ALTER TABLE `products` ADD `check_in_grace_days` integer DEFAULT 14 NOT NULL;--> statement-breakpoint
ALTER TABLE `products` ADD `grace_days` integer DEFAULT 7 NOT NULL;--> statement-breakpoint
ALTER TABLE `products` ADD `stale_after_days` integer DEFAULT 30 NOT NULL;--> statement-breakpoint
ALTER TABLE `products` ADD `file_days` integer DEFAULT 30 NOT NULL;--> statement-breakpoint
ALTER TABLE `activations` ADD `generation` integer DEFAULT 1 NOT NULL;--> statement-breakpoint
ALTER TABLE `activations` ADD `removal_id` text;--> statement-breakpoint
CREATE INDEX `activations_removal` ON `activations` (`removal_id`) WHERE "activations"."removal_id" is not null;--> statement-breakpoint
ALTER TABLE `computers` ADD `hostname` text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE `computers` ADD `group_id` text REFERENCES computer_groups(id) ON DELETE set null;--> statement-breakpoint
ALTER TABLE `computers` ADD `ip_key` text DEFAULT '' NOT NULL;--> statement-breakpoint
CREATE INDEX `computers_group` ON `computers` (`group_id`) WHERE "computers"."group_id" is not null;--> statement-breakpoint
ALTER TABLE `activation_keys` ADD `expires_on` text;--> statement-breakpoint

-- Triggers, which drizzle-kit does not know (`test/db/triggers.test.ts` holds their list).
CREATE TRIGGER account_reach_gain AFTER INSERT ON account_reach BEGIN
  INSERT INTO license_reach (account_n, license_n, bought_on, support_ends_on, product_code, kind, activated, own,
      serial_key, order_key, activation_key, email_key, computer_key)
    SELECT NEW.ancestor_n, l.n, l.bought_on, coalesce(l.support_ends_on, iif(l.kind = 'permanent', '0000-00-00', '9999-12-31')), l.product_code, l.kind,
      l.computer_id IS NOT NULL, NEW.ancestor_n = NEW.descendant_n, replace(upper(l.serial), '-', ''), l.order_reference_key,
      coalesce((SELECT code_normal FROM activation_keys WHERE id = l.activation_key_id), ''), l.email_key,
      upper(coalesce(l.computer_name, ''))
    FROM licenses l WHERE l.account_id = (SELECT id FROM accounts WHERE n = NEW.descendant_n);
  INSERT INTO order_reach (account_n, order_n, ordered_at, total_minor, reference_key, email_key)
    SELECT NEW.ancestor_n, n, ordered_at, total_minor, reference_key, email_key
    FROM orders WHERE account_id = (SELECT id FROM accounts WHERE n = NEW.descendant_n);
  INSERT INTO event_reach (account_n, event_n, at, action, subject_kind, subject_id, actor_id)
    SELECT NEW.ancestor_n, n, at, action, subject_kind, subject_id, actor_id
    FROM events WHERE account_id = (SELECT id FROM accounts WHERE n = NEW.descendant_n);
  INSERT INTO computer_reach (account_n, product_code, computer_n, name_key, ip_key, registered_at, seen_at, group_id, key_id)
    SELECT NEW.ancestor_n, '', c.n, lower(c.name), c.ip_key, c.registered_at, coalesce(c.last_check_in_at, 0),
      coalesce(c.group_id, ''), ''
    FROM computers c WHERE c.account_id = (SELECT id FROM accounts WHERE n = NEW.descendant_n) AND c.removed_at IS NULL;
  INSERT INTO computer_reach (account_n, product_code, computer_n, name_key, ip_key, registered_at, seen_at, group_id, key_id)
    SELECT NEW.ancestor_n, a.product_code, c.n, lower(c.name), c.ip_key, c.registered_at, coalesce(a.last_check_in_at, 0),
      coalesce(c.group_id, ''), a.key_id
    FROM activations a JOIN computers c ON c.id = a.computer_id
    WHERE a.account_id = (SELECT id FROM accounts WHERE n = NEW.descendant_n) AND a.released_at IS NULL;
END;
--> statement-breakpoint
CREATE TRIGGER account_reach_lose AFTER DELETE ON account_reach BEGIN
  DELETE FROM license_reach WHERE account_n = OLD.ancestor_n AND license_n IN
    (SELECT n FROM licenses WHERE account_id = (SELECT id FROM accounts WHERE n = OLD.descendant_n));
  DELETE FROM order_reach WHERE account_n = OLD.ancestor_n AND order_n IN
    (SELECT n FROM orders WHERE account_id = (SELECT id FROM accounts WHERE n = OLD.descendant_n));
  DELETE FROM event_reach WHERE account_n = OLD.ancestor_n AND event_n IN
    (SELECT n FROM events WHERE account_id = (SELECT id FROM accounts WHERE n = OLD.descendant_n));
  DELETE FROM computer_reach WHERE account_n = OLD.ancestor_n AND computer_n IN
    (SELECT n FROM computers WHERE account_id = (SELECT id FROM accounts WHERE n = OLD.descendant_n));
END;
--> statement-breakpoint
CREATE TRIGGER events_reach_add AFTER INSERT ON events BEGIN
  INSERT INTO event_reach (account_n, event_n, at, action, subject_kind, subject_id, actor_id)
    SELECT ancestor_n, NEW.n, NEW.at, NEW.action, NEW.subject_kind, NEW.subject_id, NEW.actor_id
    FROM account_reach WHERE descendant_n = (SELECT n FROM accounts WHERE id = NEW.account_id);
END;
--> statement-breakpoint
CREATE TRIGGER events_no_update BEFORE UPDATE ON events BEGIN SELECT RAISE(ABORT, 'events_append_only'); END;
--> statement-breakpoint
CREATE TRIGGER events_no_delete BEFORE DELETE ON events BEGIN SELECT RAISE(ABORT, 'events_append_only'); END;
--> statement-breakpoint
-- Computers are there while a product is active on them, and are reached by those above.
CREATE TRIGGER computers_reach_add AFTER INSERT ON computers WHEN NEW.removed_at IS NULL BEGIN
  INSERT INTO computer_reach (account_n, product_code, computer_n, name_key, ip_key, registered_at, seen_at, group_id, key_id)
    SELECT r.ancestor_n, '', NEW.n, lower(NEW.name), NEW.ip_key, NEW.registered_at, coalesce(NEW.last_check_in_at, 0),
      coalesce(NEW.group_id, ''), ''
    FROM account_reach r WHERE r.descendant_n = (SELECT n FROM accounts WHERE id = NEW.account_id);
END;
--> statement-breakpoint
CREATE TRIGGER computers_reach_return AFTER UPDATE OF removed_at ON computers
WHEN OLD.removed_at IS NOT NULL AND NEW.removed_at IS NULL BEGIN
  INSERT INTO computer_reach (account_n, product_code, computer_n, name_key, ip_key, registered_at, seen_at, group_id, key_id)
    SELECT r.ancestor_n, '', NEW.n, lower(NEW.name), NEW.ip_key, NEW.registered_at, coalesce(NEW.last_check_in_at, 0),
      coalesce(NEW.group_id, ''), ''
    FROM account_reach r WHERE r.descendant_n = (SELECT n FROM accounts WHERE id = NEW.account_id);
END;
--> statement-breakpoint
CREATE TRIGGER computers_reach_lose AFTER UPDATE OF removed_at ON computers
WHEN OLD.removed_at IS NULL AND NEW.removed_at IS NOT NULL BEGIN
  DELETE FROM computer_reach WHERE computer_n = NEW.n;
END;
--> statement-breakpoint
CREATE TRIGGER computers_reach_change AFTER UPDATE OF name, ip_key, registered_at, group_id ON computers
WHEN NEW.removed_at IS NULL BEGIN
  UPDATE computer_reach SET name_key = lower(NEW.name), ip_key = NEW.ip_key, registered_at = NEW.registered_at,
    group_id = coalesce(NEW.group_id, '') WHERE computer_n = NEW.n;
END;
--> statement-breakpoint
CREATE TRIGGER computers_reach_seen AFTER UPDATE OF last_check_in_at ON computers WHEN NEW.removed_at IS NULL BEGIN
  UPDATE computer_reach SET seen_at = coalesce(NEW.last_check_in_at, 0) WHERE computer_n = NEW.n AND product_code = '';
END;
--> statement-breakpoint
CREATE TRIGGER computers_reach_remove AFTER DELETE ON computers BEGIN
  DELETE FROM computer_reach WHERE computer_n = OLD.n;
END;
--> statement-breakpoint
CREATE TRIGGER computers_stay BEFORE UPDATE OF account_id, fingerprint ON computers
WHEN NEW.account_id <> OLD.account_id OR NEW.fingerprint <> OLD.fingerprint
BEGIN SELECT RAISE(ABORT, 'computer_stays'); END;
--> statement-breakpoint
CREATE TRIGGER computers_own_group BEFORE UPDATE OF group_id ON computers
WHEN NEW.group_id IS NOT NULL AND (SELECT account_id FROM computer_groups WHERE id = NEW.group_id) IS NOT NEW.account_id
BEGIN SELECT RAISE(ABORT, 'computer_group_foreign'); END;
--> statement-breakpoint
CREATE TRIGGER activations_reach_add AFTER INSERT ON activations WHEN NEW.released_at IS NULL BEGIN
  INSERT INTO computer_reach (account_n, product_code, computer_n, name_key, ip_key, registered_at, seen_at, group_id, key_id)
    SELECT r.ancestor_n, NEW.product_code, c.n, lower(c.name), c.ip_key, c.registered_at, coalesce(NEW.last_check_in_at, 0),
      coalesce(c.group_id, ''), NEW.key_id
    FROM computers c JOIN accounts a ON a.id = c.account_id JOIN account_reach r ON r.descendant_n = a.n
    WHERE c.id = NEW.computer_id;
  UPDATE computers SET removed_at = NULL WHERE id = NEW.computer_id AND removed_at IS NOT NULL;
END;
--> statement-breakpoint
CREATE TRIGGER activations_reach_return AFTER UPDATE OF released_at ON activations
WHEN OLD.released_at IS NOT NULL AND NEW.released_at IS NULL BEGIN
  INSERT INTO computer_reach (account_n, product_code, computer_n, name_key, ip_key, registered_at, seen_at, group_id, key_id)
    SELECT r.ancestor_n, NEW.product_code, c.n, lower(c.name), c.ip_key, c.registered_at, coalesce(NEW.last_check_in_at, 0),
      coalesce(c.group_id, ''), NEW.key_id
    FROM computers c JOIN accounts a ON a.id = c.account_id JOIN account_reach r ON r.descendant_n = a.n
    WHERE c.id = NEW.computer_id;
  UPDATE computers SET removed_at = NULL WHERE id = NEW.computer_id AND removed_at IS NOT NULL;
END;
--> statement-breakpoint
CREATE TRIGGER activations_reach_lose AFTER UPDATE OF released_at ON activations
WHEN OLD.released_at IS NULL AND NEW.released_at IS NOT NULL BEGIN
  DELETE FROM computer_reach WHERE product_code = OLD.product_code
    AND computer_n = (SELECT n FROM computers WHERE id = OLD.computer_id);
  UPDATE computers SET removed_at = NEW.released_at WHERE id = OLD.computer_id AND removed_at IS NULL
    AND NOT EXISTS (SELECT 1 FROM activations WHERE computer_id = OLD.computer_id AND released_at IS NULL);
END;
--> statement-breakpoint
CREATE TRIGGER activations_reach_change AFTER UPDATE OF key_id, last_check_in_at ON activations
WHEN OLD.released_at IS NULL AND NEW.released_at IS NULL BEGIN
  UPDATE computer_reach SET key_id = NEW.key_id, seen_at = coalesce(NEW.last_check_in_at, 0)
    WHERE product_code = NEW.product_code AND computer_n = (SELECT n FROM computers WHERE id = NEW.computer_id);
END;
--> statement-breakpoint
CREATE TRIGGER activations_reach_remove AFTER DELETE ON activations WHEN OLD.released_at IS NULL BEGIN
  DELETE FROM computer_reach WHERE product_code = OLD.product_code
    AND computer_n = (SELECT n FROM computers WHERE id = OLD.computer_id);
END;
--> statement-breakpoint
-- Codes that a key had: taken for ever, by whichever table they stand in.
CREATE TRIGGER activation_keys_not_former AFTER INSERT ON activation_keys
WHEN EXISTS (SELECT 1 FROM former_codes WHERE code_normal = NEW.code_normal)
BEGIN SELECT RAISE(ABORT, 'activation_key_taken'); END;
--> statement-breakpoint
CREATE TRIGGER activation_keys_not_former_again AFTER UPDATE OF code ON activation_keys
WHEN NEW.code <> OLD.code AND EXISTS (SELECT 1 FROM former_codes WHERE code_normal = NEW.code_normal)
BEGIN SELECT RAISE(ABORT, 'activation_key_taken'); END;
--> statement-breakpoint
CREATE TRIGGER former_codes_no_delete BEFORE DELETE ON former_codes
BEGIN SELECT RAISE(ABORT, 'former_codes_append_only'); END;
--> statement-breakpoint
-- Releases that count: so many a year for each license, with a pause between two (R305).
CREATE TRIGGER release_budget BEFORE INSERT ON releases WHEN NEW.counts = 1 AND
  (SELECT releases_per_year FROM products WHERE code = NEW.product_code) <=
  (SELECT count(*) FROM releases WHERE license_id = NEW.license_id AND counts = 1 AND at > NEW.at - 31536000000)
BEGIN SELECT RAISE(ABORT, 'release_budget'); END;
--> statement-breakpoint
CREATE TRIGGER release_cooldown BEFORE INSERT ON releases WHEN NEW.counts = 1 AND EXISTS
  (SELECT 1 FROM releases WHERE license_id = NEW.license_id AND counts = 1 AND at > NEW.at -
    3600000 * (SELECT release_cooldown_hours FROM products WHERE code = NEW.product_code))
BEGIN SELECT RAISE(ABORT, 'release_cooldown'); END;
--> statement-breakpoint
CREATE TRIGGER releases_no_update BEFORE UPDATE ON releases BEGIN SELECT RAISE(ABORT, 'releases_append_only'); END;
--> statement-breakpoint
CREATE TRIGGER releases_no_delete BEFORE DELETE ON releases BEGIN SELECT RAISE(ABORT, 'releases_append_only'); END;
--> statement-breakpoint
-- Computers that are there already.
INSERT INTO computer_reach (account_n, product_code, computer_n, name_key, ip_key, registered_at, seen_at, group_id, key_id)
  SELECT r.ancestor_n, '', c.n, lower(c.name), c.ip_key, c.registered_at, coalesce(c.last_check_in_at, 0), '', ''
  FROM computers c JOIN accounts a ON a.id = c.account_id JOIN account_reach r ON r.descendant_n = a.n
  WHERE c.removed_at IS NULL;
--> statement-breakpoint
INSERT INTO computer_reach (account_n, product_code, computer_n, name_key, ip_key, registered_at, seen_at, group_id, key_id)
  SELECT r.ancestor_n, v.product_code, c.n, lower(c.name), c.ip_key, c.registered_at, coalesce(v.last_check_in_at, 0), '', v.key_id
  FROM activations v JOIN computers c ON c.id = v.computer_id JOIN accounts a ON a.id = c.account_id
    JOIN account_reach r ON r.descendant_n = a.n
  WHERE v.released_at IS NULL;
--> statement-breakpoint
UPDATE computers SET hostname = name;
