CREATE TABLE `key_numbers` (
	`n` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`key_id` text NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `key_numbers_key_id_unique` ON `key_numbers` (`key_id`);--> statement-breakpoint
CREATE TABLE `key_reach` (
	`account_n` integer NOT NULL,
	`product_code` text NOT NULL,
	`servers` text NOT NULL,
	`below` integer NOT NULL,
	`key_id` text NOT NULL,
	`created_at` integer NOT NULL,
	`name_key` text NOT NULL,
	`code_normal` text NOT NULL,
	`used` integer NOT NULL,
	`expires_on` text NOT NULL,
	PRIMARY KEY(`account_n`, `product_code`, `servers`, `key_id`)
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `key_reach_made` ON `key_reach` (`account_n`,`product_code`,`servers`,`below`,`created_at`,`key_id`);--> statement-breakpoint
CREATE INDEX `key_reach_name` ON `key_reach` (`account_n`,`product_code`,`servers`,`below`,`name_key`,`key_id`);--> statement-breakpoint
CREATE INDEX `key_reach_code` ON `key_reach` (`account_n`,`product_code`,`servers`,`below`,`code_normal`,`key_id`);--> statement-breakpoint
CREATE INDEX `key_reach_used` ON `key_reach` (`account_n`,`product_code`,`servers`,`below`,`used`,`key_id`);--> statement-breakpoint
CREATE INDEX `key_reach_expires` ON `key_reach` (`account_n`,`product_code`,`servers`,`below`,`expires_on`,`key_id`);--> statement-breakpoint
CREATE INDEX `key_reach_key` ON `key_reach` (`key_id`);--> statement-breakpoint

-- Names and notes of keys, found by any three letters in them.
CREATE VIRTUAL TABLE key_texts USING fts5(text, content='', contentless_delete=1, tokenize='trigram remove_diacritics 1');
--> statement-breakpoint

-- Triggers, which drizzle-kit does not know (`test/db/triggers.test.ts` holds their list).
CREATE TRIGGER key_reach_gain AFTER INSERT ON account_reach BEGIN
  INSERT INTO key_reach (account_n, product_code, servers, below, key_id, created_at, name_key, code_normal, used, expires_on)
    SELECT r.ancestor_n, iif(p.narrows, k.product_code, ''), iif(s.narrows, iif(k.computer_limit IS NULL, 'unlimited', 'limited'), ''),
      r.ancestor_n <> r.descendant_n, k.id, k.created_at, lower(k.name), k.code_normal, k.active_computers,
      coalesce(k.expires_on, '9999-12-31')
    FROM activation_keys k JOIN accounts a ON a.id = k.account_id JOIN account_reach r ON r.descendant_n = a.n
      CROSS JOIN (SELECT 0 AS narrows UNION ALL SELECT 1) p CROSS JOIN (SELECT 0 AS narrows UNION ALL SELECT 1) s
    WHERE r.ancestor_n = NEW.ancestor_n AND r.descendant_n = NEW.descendant_n AND k.removed_at IS NULL AND (p.narrows = 0 OR k.product_code IS NOT NULL);
END;
--> statement-breakpoint
CREATE TRIGGER key_reach_lose AFTER DELETE ON account_reach BEGIN
  DELETE FROM key_reach WHERE account_n = OLD.ancestor_n AND key_id IN
    (SELECT id FROM activation_keys WHERE account_id = (SELECT id FROM accounts WHERE n = OLD.descendant_n));
END;
--> statement-breakpoint
CREATE TRIGGER key_reach_add AFTER INSERT ON activation_keys BEGIN
  INSERT INTO key_reach (account_n, product_code, servers, below, key_id, created_at, name_key, code_normal, used, expires_on)
    SELECT r.ancestor_n, iif(p.narrows, k.product_code, ''), iif(s.narrows, iif(k.computer_limit IS NULL, 'unlimited', 'limited'), ''),
      r.ancestor_n <> r.descendant_n, k.id, k.created_at, lower(k.name), k.code_normal, k.active_computers,
      coalesce(k.expires_on, '9999-12-31')
    FROM activation_keys k JOIN accounts a ON a.id = k.account_id JOIN account_reach r ON r.descendant_n = a.n
      CROSS JOIN (SELECT 0 AS narrows UNION ALL SELECT 1) p CROSS JOIN (SELECT 0 AS narrows UNION ALL SELECT 1) s
    WHERE k.id = NEW.id AND k.removed_at IS NULL AND (p.narrows = 0 OR k.product_code IS NOT NULL);
END;
--> statement-breakpoint
CREATE TRIGGER key_reach_move AFTER UPDATE OF account_id, product_code, computer_limit, removed_at ON activation_keys
WHEN NEW.account_id <> OLD.account_id OR NEW.product_code IS NOT OLD.product_code
  OR (NEW.computer_limit IS NULL) <> (OLD.computer_limit IS NULL) OR (NEW.removed_at IS NULL) <> (OLD.removed_at IS NULL)
BEGIN
  DELETE FROM key_reach WHERE key_id = NEW.id;
  INSERT INTO key_reach (account_n, product_code, servers, below, key_id, created_at, name_key, code_normal, used, expires_on)
    SELECT r.ancestor_n, iif(p.narrows, k.product_code, ''), iif(s.narrows, iif(k.computer_limit IS NULL, 'unlimited', 'limited'), ''),
      r.ancestor_n <> r.descendant_n, k.id, k.created_at, lower(k.name), k.code_normal, k.active_computers,
      coalesce(k.expires_on, '9999-12-31')
    FROM activation_keys k JOIN accounts a ON a.id = k.account_id JOIN account_reach r ON r.descendant_n = a.n
      CROSS JOIN (SELECT 0 AS narrows UNION ALL SELECT 1) p CROSS JOIN (SELECT 0 AS narrows UNION ALL SELECT 1) s
    WHERE k.id = NEW.id AND k.removed_at IS NULL AND (p.narrows = 0 OR k.product_code IS NOT NULL);
END;
--> statement-breakpoint
CREATE TRIGGER key_reach_change AFTER UPDATE OF name, code, expires_on, created_at ON activation_keys
WHEN NEW.name <> OLD.name OR NEW.code <> OLD.code OR NEW.expires_on IS NOT OLD.expires_on OR NEW.created_at <> OLD.created_at
BEGIN
  UPDATE key_reach SET name_key = lower(NEW.name), code_normal = NEW.code_normal, created_at = NEW.created_at,
    expires_on = coalesce(NEW.expires_on, '9999-12-31') WHERE key_id = NEW.id;
END;
--> statement-breakpoint
CREATE TRIGGER key_reach_used AFTER UPDATE OF active_computers ON activation_keys
WHEN NEW.active_computers <> OLD.active_computers BEGIN
  UPDATE key_reach SET used = NEW.active_computers WHERE key_id = NEW.id;
END;
--> statement-breakpoint
CREATE TRIGGER key_reach_remove AFTER DELETE ON activation_keys BEGIN
  DELETE FROM key_reach WHERE key_id = OLD.id;
END;
--> statement-breakpoint
CREATE TRIGGER key_texts_add AFTER INSERT ON activation_keys BEGIN
  INSERT INTO key_numbers (key_id) VALUES (NEW.id);
  INSERT INTO key_texts (rowid, text) SELECT n, NEW.name || ' ' || NEW.note FROM key_numbers WHERE key_id = NEW.id;
END;
--> statement-breakpoint
CREATE TRIGGER key_texts_change AFTER UPDATE OF name, note ON activation_keys
WHEN NEW.name <> OLD.name OR NEW.note <> OLD.note BEGIN
  DELETE FROM key_texts WHERE rowid = (SELECT n FROM key_numbers WHERE key_id = NEW.id);
  INSERT INTO key_texts (rowid, text) SELECT n, NEW.name || ' ' || NEW.note FROM key_numbers WHERE key_id = NEW.id;
END;
--> statement-breakpoint
-- Keys that are there already.
INSERT INTO key_reach (account_n, product_code, servers, below, key_id, created_at, name_key, code_normal, used, expires_on)
  SELECT r.ancestor_n, iif(p.narrows, k.product_code, ''), iif(s.narrows, iif(k.computer_limit IS NULL, 'unlimited', 'limited'), ''),
    r.ancestor_n <> r.descendant_n, k.id, k.created_at, lower(k.name), k.code_normal, k.active_computers,
    coalesce(k.expires_on, '9999-12-31')
  FROM activation_keys k JOIN accounts a ON a.id = k.account_id JOIN account_reach r ON r.descendant_n = a.n
    CROSS JOIN (SELECT 0 AS narrows UNION ALL SELECT 1) p CROSS JOIN (SELECT 0 AS narrows UNION ALL SELECT 1) s
  WHERE k.removed_at IS NULL AND (p.narrows = 0 OR k.product_code IS NOT NULL);
--> statement-breakpoint
INSERT INTO key_numbers (key_id) SELECT id FROM activation_keys ORDER BY created_at, id;
--> statement-breakpoint
INSERT INTO key_texts (rowid, text) SELECT n, k.name || ' ' || k.note FROM key_numbers JOIN activation_keys k ON k.id = key_id;
--> statement-breakpoint
CREATE TRIGGER key_texts_remove AFTER DELETE ON activation_keys BEGIN
  DELETE FROM key_texts WHERE rowid = (SELECT n FROM key_numbers WHERE key_id = OLD.id);
  DELETE FROM key_numbers WHERE key_id = OLD.id;
END;
