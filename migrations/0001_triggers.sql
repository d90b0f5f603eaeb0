-- Triggers and full-text search: what drizzle-kit does not know. `test/db/triggers.test.ts` holds the list, because a
-- later migration that rebuilds a table drops its triggers without a word.

-- Expectations: a statement that aborts the batch when something does not hold. The table never holds a row.
CREATE TRIGGER expectation_failed BEFORE INSERT ON expectations WHEN NEW.holds IS NOT 1
BEGIN SELECT RAISE(ABORT, 'expectation_failed'); END;
--> statement-breakpoint
CREATE TRIGGER expectation_held BEFORE INSERT ON expectations WHEN NEW.holds IS 1
BEGIN SELECT RAISE(IGNORE); END;
--> statement-breakpoint

-- The account tree: who stands above whom.
CREATE TRIGGER accounts_join AFTER INSERT ON accounts BEGIN
  INSERT INTO account_reach (ancestor_n, descendant_n)
    SELECT NEW.n, NEW.n
    UNION ALL
    SELECT ancestor_n, NEW.n FROM account_reach WHERE descendant_n = (SELECT n FROM accounts WHERE id = NEW.parent_id);
END;
--> statement-breakpoint
CREATE TRIGGER account_below_itself BEFORE UPDATE OF parent_id ON accounts
WHEN EXISTS (SELECT 1 FROM account_reach
  WHERE ancestor_n = OLD.n AND descendant_n = (SELECT n FROM accounts WHERE id = NEW.parent_id))
BEGIN SELECT RAISE(ABORT, 'account_below_itself'); END;
--> statement-breakpoint
CREATE TRIGGER accounts_move AFTER UPDATE OF parent_id ON accounts WHEN NEW.parent_id IS NOT OLD.parent_id BEGIN
  DELETE FROM account_reach
    WHERE descendant_n IN (SELECT descendant_n FROM account_reach WHERE ancestor_n = NEW.n)
      AND ancestor_n IN (SELECT ancestor_n FROM account_reach WHERE descendant_n = NEW.n AND ancestor_n <> NEW.n);
  INSERT INTO account_reach (ancestor_n, descendant_n)
    SELECT up.ancestor_n, down.descendant_n FROM account_reach up, account_reach down
    WHERE up.descendant_n = (SELECT n FROM accounts WHERE id = NEW.parent_id) AND down.ancestor_n = NEW.n;
END;
--> statement-breakpoint

-- Reach: the rows below each account, beside the columns they are sorted, filtered and searched by.
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
END;
--> statement-breakpoint
CREATE TRIGGER account_reach_lose AFTER DELETE ON account_reach BEGIN
  DELETE FROM license_reach WHERE account_n = OLD.ancestor_n AND license_n IN
    (SELECT n FROM licenses WHERE account_id = (SELECT id FROM accounts WHERE n = OLD.descendant_n));
  DELETE FROM order_reach WHERE account_n = OLD.ancestor_n AND order_n IN
    (SELECT n FROM orders WHERE account_id = (SELECT id FROM accounts WHERE n = OLD.descendant_n));
  DELETE FROM event_reach WHERE account_n = OLD.ancestor_n AND event_n IN
    (SELECT n FROM events WHERE account_id = (SELECT id FROM accounts WHERE n = OLD.descendant_n));
END;
--> statement-breakpoint
CREATE TRIGGER licenses_reach_add AFTER INSERT ON licenses BEGIN
  INSERT INTO license_reach (account_n, license_n, bought_on, support_ends_on, product_code, kind, activated, own,
      serial_key, order_key, activation_key, email_key, computer_key)
    SELECT r.ancestor_n, NEW.n, NEW.bought_on, coalesce(NEW.support_ends_on, iif(NEW.kind = 'permanent', '0000-00-00', '9999-12-31')), NEW.product_code, NEW.kind,
      NEW.computer_id IS NOT NULL, r.ancestor_n = r.descendant_n, replace(upper(NEW.serial), '-', ''), NEW.order_reference_key,
      coalesce((SELECT code_normal FROM activation_keys WHERE id = NEW.activation_key_id), ''), NEW.email_key,
      upper(coalesce(NEW.computer_name, ''))
    FROM account_reach r WHERE r.descendant_n = (SELECT n FROM accounts WHERE id = NEW.account_id);
END;
--> statement-breakpoint
CREATE TRIGGER licenses_reach_change
AFTER UPDATE OF bought_on, support_ends_on, product_code, kind, computer_id, computer_name, serial, order_reference_key,
  activation_key_id, email_key ON licenses BEGIN
  UPDATE license_reach SET bought_on = NEW.bought_on, support_ends_on = coalesce(NEW.support_ends_on, iif(NEW.kind = 'permanent', '0000-00-00', '9999-12-31')),
    product_code = NEW.product_code, kind = NEW.kind, activated = NEW.computer_id IS NOT NULL,
    serial_key = replace(upper(NEW.serial), '-', ''), order_key = NEW.order_reference_key,
    activation_key = coalesce((SELECT code_normal FROM activation_keys WHERE id = NEW.activation_key_id), ''),
    email_key = NEW.email_key, computer_key = upper(coalesce(NEW.computer_name, ''))
  WHERE license_n = NEW.n;
END;
--> statement-breakpoint
CREATE TRIGGER licenses_reach_move AFTER UPDATE OF account_id ON licenses WHEN NEW.account_id <> OLD.account_id BEGIN
  DELETE FROM license_reach WHERE license_n = NEW.n;
  INSERT INTO license_reach (account_n, license_n, bought_on, support_ends_on, product_code, kind, activated, own,
      serial_key, order_key, activation_key, email_key, computer_key)
    SELECT r.ancestor_n, NEW.n, NEW.bought_on, coalesce(NEW.support_ends_on, iif(NEW.kind = 'permanent', '0000-00-00', '9999-12-31')), NEW.product_code, NEW.kind,
      NEW.computer_id IS NOT NULL, r.ancestor_n = r.descendant_n, replace(upper(NEW.serial), '-', ''), NEW.order_reference_key,
      coalesce((SELECT code_normal FROM activation_keys WHERE id = NEW.activation_key_id), ''), NEW.email_key,
      upper(coalesce(NEW.computer_name, ''))
    FROM account_reach r WHERE r.descendant_n = (SELECT n FROM accounts WHERE id = NEW.account_id);
END;
--> statement-breakpoint
CREATE TRIGGER licenses_reach_remove AFTER DELETE ON licenses BEGIN
  DELETE FROM license_reach WHERE license_n = OLD.n;
END;
--> statement-breakpoint
CREATE TRIGGER orders_reach_add AFTER INSERT ON orders BEGIN
  INSERT INTO order_reach (account_n, order_n, ordered_at, total_minor, reference_key, email_key)
    SELECT ancestor_n, NEW.n, NEW.ordered_at, NEW.total_minor, NEW.reference_key, NEW.email_key
    FROM account_reach WHERE descendant_n = (SELECT n FROM accounts WHERE id = NEW.account_id);
END;
--> statement-breakpoint
CREATE TRIGGER orders_reach_change AFTER UPDATE OF ordered_at, total_minor, reference_key, email_key ON orders BEGIN
  UPDATE order_reach SET ordered_at = NEW.ordered_at, total_minor = NEW.total_minor,
    reference_key = NEW.reference_key, email_key = NEW.email_key WHERE order_n = NEW.n;
END;
--> statement-breakpoint
CREATE TRIGGER orders_reach_move AFTER UPDATE OF account_id ON orders WHEN NEW.account_id <> OLD.account_id BEGIN
  DELETE FROM order_reach WHERE order_n = NEW.n;
  INSERT INTO order_reach (account_n, order_n, ordered_at, total_minor, reference_key, email_key)
    SELECT ancestor_n, NEW.n, NEW.ordered_at, NEW.total_minor, NEW.reference_key, NEW.email_key
    FROM account_reach WHERE descendant_n = (SELECT n FROM accounts WHERE id = NEW.account_id);
END;
--> statement-breakpoint
CREATE TRIGGER orders_reach_remove AFTER DELETE ON orders BEGIN
  DELETE FROM order_reach WHERE order_n = OLD.n;
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

-- Comments, found by any three letters in them.
CREATE VIRTUAL TABLE license_comments USING fts5(comment, content='', contentless_delete=1, tokenize='trigram');
--> statement-breakpoint
CREATE TRIGGER license_comments_add AFTER INSERT ON licenses BEGIN
  INSERT INTO license_comments (rowid, comment) VALUES (NEW.n, NEW.comment_key);
END;
--> statement-breakpoint
CREATE TRIGGER license_comments_change AFTER UPDATE OF comment_key ON licenses BEGIN
  DELETE FROM license_comments WHERE rowid = NEW.n;
  INSERT INTO license_comments (rowid, comment) VALUES (NEW.n, NEW.comment_key);
END;
--> statement-breakpoint
CREATE TRIGGER license_comments_remove AFTER DELETE ON licenses BEGIN
  DELETE FROM license_comments WHERE rowid = OLD.n;
END;
--> statement-breakpoint

-- Credits: the ledger is written, the balance follows and cannot fall below zero.
CREATE TRIGGER credit_entries_post AFTER INSERT ON credit_entries BEGIN
  INSERT INTO credit_balances (account_id, offer_code, credits) VALUES (NEW.account_id, NEW.offer_code, 0)
    ON CONFLICT DO NOTHING;
  UPDATE credit_balances SET credits = credits + NEW.amount
    WHERE account_id = NEW.account_id AND offer_code = NEW.offer_code;
END;
--> statement-breakpoint
CREATE TRIGGER credit_entries_no_update BEFORE UPDATE ON credit_entries
BEGIN SELECT RAISE(ABORT, 'credit_entries_append_only'); END;
--> statement-breakpoint
CREATE TRIGGER credit_entries_no_delete BEFORE DELETE ON credit_entries
BEGIN SELECT RAISE(ABORT, 'credit_entries_append_only'); END;
--> statement-breakpoint

-- Trials are had once, also after their license is gone.
CREATE TRIGGER trials_no_delete BEFORE DELETE ON trials BEGIN SELECT RAISE(ABORT, 'trials_append_only'); END;
--> statement-breakpoint

-- Support: periods are written, the days of the support and of its license follow.
CREATE TRIGGER support_periods_overlap BEFORE INSERT ON support_periods
WHEN EXISTS (SELECT 1 FROM support_periods p
  WHERE p.support_id = NEW.support_id AND p.starts_on <= NEW.ends_on AND p.ends_on >= NEW.starts_on)
BEGIN SELECT RAISE(ABORT, 'support_periods_overlap'); END;
--> statement-breakpoint
CREATE TRIGGER support_periods_post AFTER INSERT ON support_periods BEGIN
  UPDATE supports SET
    starts_on = (SELECT min(starts_on) FROM support_periods WHERE support_id = NEW.support_id),
    ends_on = (SELECT max(ends_on) FROM support_periods WHERE support_id = NEW.support_id), version = version + 1
  WHERE id = NEW.support_id;
END;
--> statement-breakpoint
CREATE TRIGGER support_periods_change AFTER UPDATE OF starts_on, ends_on ON support_periods BEGIN
  UPDATE supports SET
    starts_on = (SELECT min(starts_on) FROM support_periods WHERE support_id = NEW.support_id),
    ends_on = (SELECT max(ends_on) FROM support_periods WHERE support_id = NEW.support_id), version = version + 1
  WHERE id = NEW.support_id;
END;
--> statement-breakpoint
CREATE TRIGGER support_periods_leave AFTER DELETE ON support_periods BEGIN
  DELETE FROM supports WHERE id = OLD.support_id
    AND NOT EXISTS (SELECT 1 FROM support_periods WHERE support_id = OLD.support_id);
  UPDATE supports SET
    starts_on = (SELECT min(starts_on) FROM support_periods WHERE support_id = OLD.support_id),
    ends_on = (SELECT max(ends_on) FROM support_periods WHERE support_id = OLD.support_id), version = version + 1
  WHERE id = OLD.support_id;
END;
--> statement-breakpoint
CREATE TRIGGER supports_join AFTER INSERT ON supports BEGIN
  UPDATE licenses SET support_ends_on = NEW.ends_on, version = version + 1 WHERE id = NEW.license_id;
END;
--> statement-breakpoint
CREATE TRIGGER supports_change AFTER UPDATE OF ends_on ON supports WHEN NEW.ends_on <> OLD.ends_on BEGIN
  UPDATE licenses SET support_ends_on = NEW.ends_on, version = version + 1 WHERE id = NEW.license_id;
END;
--> statement-breakpoint
CREATE TRIGGER supports_leave AFTER DELETE ON supports BEGIN
  UPDATE licenses SET support_ends_on = NULL, version = version + 1 WHERE id = OLD.license_id;
END;
--> statement-breakpoint

-- Activation keys.
CREATE TRIGGER activation_keys_default_stays BEFORE DELETE ON activation_keys WHEN OLD.is_default = 1
BEGIN SELECT RAISE(ABORT, 'activation_key_default'); END;
--> statement-breakpoint
CREATE TRIGGER activation_keys_rotate AFTER UPDATE OF code ON activation_keys WHEN NEW.code <> OLD.code BEGIN
  UPDATE license_reach SET activation_key = NEW.code_normal
    WHERE license_n IN (SELECT n FROM licenses WHERE activation_key_id = NEW.id);
  UPDATE licenses SET version = version + 1 WHERE activation_key_id = NEW.id;
END;
--> statement-breakpoint

-- Computers: counted per key and per account and product; a limit refuses only what raises the count.
CREATE TRIGGER activations_join AFTER INSERT ON activations WHEN NEW.released_at IS NULL BEGIN
  UPDATE activation_keys SET active_computers = active_computers + 1 WHERE id = NEW.key_id;
  INSERT INTO account_products (account_id, product_code, given, created_at)
    VALUES (NEW.account_id, NEW.product_code, 0, NEW.activated_at) ON CONFLICT DO NOTHING;
  UPDATE account_products SET active_computers = active_computers + 1
    WHERE account_id = NEW.account_id AND product_code = NEW.product_code;
  UPDATE licenses SET computer_id = NEW.computer_id,
    computer_name = (SELECT name FROM computers WHERE id = NEW.computer_id),
    first_activated_at = coalesce(first_activated_at, NEW.activated_at), version = version + 1
  WHERE id = NEW.license_id;
END;
--> statement-breakpoint
CREATE TRIGGER activations_return AFTER UPDATE OF released_at ON activations
WHEN OLD.released_at IS NOT NULL AND NEW.released_at IS NULL BEGIN
  UPDATE activation_keys SET active_computers = active_computers + 1 WHERE id = NEW.key_id;
  UPDATE account_products SET active_computers = active_computers + 1
    WHERE account_id = NEW.account_id AND product_code = NEW.product_code;
  UPDATE licenses SET computer_id = NEW.computer_id,
    computer_name = (SELECT name FROM computers WHERE id = NEW.computer_id),
    first_activated_at = coalesce(first_activated_at, NEW.activated_at), version = version + 1
  WHERE id = NEW.license_id;
END;
--> statement-breakpoint
CREATE TRIGGER activations_release AFTER UPDATE OF released_at ON activations
WHEN OLD.released_at IS NULL AND NEW.released_at IS NOT NULL BEGIN
  UPDATE activation_keys SET active_computers = active_computers - 1 WHERE id = OLD.key_id;
  UPDATE account_products SET active_computers = active_computers - 1
    WHERE account_id = OLD.account_id AND product_code = OLD.product_code;
  UPDATE licenses SET computer_id = NULL, computer_name = NULL, version = version + 1
    WHERE id = OLD.license_id AND computer_id = OLD.computer_id;
END;
--> statement-breakpoint
CREATE TRIGGER activations_leave AFTER DELETE ON activations WHEN OLD.released_at IS NULL BEGIN
  UPDATE activation_keys SET active_computers = active_computers - 1 WHERE id = OLD.key_id;
  UPDATE account_products SET active_computers = active_computers - 1
    WHERE account_id = OLD.account_id AND product_code = OLD.product_code;
  UPDATE licenses SET computer_id = NULL, computer_name = NULL, version = version + 1
    WHERE id = OLD.license_id AND computer_id = OLD.computer_id;
END;
--> statement-breakpoint
CREATE TRIGGER activations_move AFTER UPDATE OF key_id ON activations
WHEN NEW.key_id <> OLD.key_id AND OLD.released_at IS NULL AND NEW.released_at IS NULL BEGIN
  UPDATE activation_keys SET active_computers = active_computers - 1 WHERE id = OLD.key_id;
  UPDATE activation_keys SET active_computers = active_computers + 1 WHERE id = NEW.key_id;
END;
--> statement-breakpoint
CREATE TRIGGER activations_change_license AFTER UPDATE OF license_id ON activations
WHEN NEW.license_id IS NOT OLD.license_id AND OLD.released_at IS NULL AND NEW.released_at IS NULL BEGIN
  UPDATE licenses SET computer_id = NULL, computer_name = NULL, version = version + 1
    WHERE id = OLD.license_id AND computer_id = OLD.computer_id;
  UPDATE licenses SET computer_id = NEW.computer_id,
    computer_name = (SELECT name FROM computers WHERE id = NEW.computer_id),
    first_activated_at = coalesce(first_activated_at, NEW.activated_at), version = version + 1
  WHERE id = NEW.license_id;
END;
--> statement-breakpoint
CREATE TRIGGER activations_stay BEFORE UPDATE OF computer_id, account_id, product_code ON activations
WHEN NEW.computer_id <> OLD.computer_id OR NEW.account_id <> OLD.account_id OR NEW.product_code <> OLD.product_code
BEGIN SELECT RAISE(ABORT, 'activation_stays'); END;
--> statement-breakpoint
CREATE TRIGGER computers_rename AFTER UPDATE OF name ON computers WHEN NEW.name <> OLD.name BEGIN
  UPDATE licenses SET computer_name = NEW.name, version = version + 1 WHERE computer_id = NEW.id;
END;
--> statement-breakpoint
CREATE TRIGGER key_computer_limit BEFORE UPDATE OF active_computers ON activation_keys
WHEN NEW.active_computers > OLD.active_computers AND NEW.active_computers > NEW.computer_limit
BEGIN SELECT RAISE(ABORT, 'key_computer_limit'); END;
--> statement-breakpoint
CREATE TRIGGER account_computer_limit BEFORE UPDATE OF active_computers ON account_products
WHEN NEW.active_computers > OLD.active_computers AND NEW.active_computers > NEW.server_licenses
BEGIN SELECT RAISE(ABORT, 'account_computer_limit'); END;
