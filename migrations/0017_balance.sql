CREATE TABLE `balance_entries` (
	`n` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`id` text NOT NULL,
	`account_id` text NOT NULL,
	`currency` text NOT NULL,
	`reason` text NOT NULL,
	`amount_minor` integer NOT NULL,
	`balance_after_minor` integer NOT NULL,
	`charge_id` text,
	`order_id` text,
	`order_item_id` text,
	`note` text DEFAULT '' NOT NULL,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`account_id`) REFERENCES `accounts`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`charge_id`) REFERENCES `charges`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`order_id`) REFERENCES `orders`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`order_item_id`) REFERENCES `order_items`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "balance_reason" CHECK("balance_entries"."reason" in ('charge', 'top-up', 'refund')),
	CONSTRAINT "balance_amount" CHECK("balance_entries"."amount_minor" <> 0 and ("balance_entries"."amount_minor" > 0) = ("balance_entries"."reason" = 'top-up')),
	CONSTRAINT "balance_charge" CHECK(("balance_entries"."reason" = 'charge') = ("balance_entries"."charge_id" is not null)),
	CONSTRAINT "balance_currency" CHECK(length("balance_entries"."currency") = 3)
);
--> statement-breakpoint
CREATE UNIQUE INDEX `balance_entries_id_unique` ON `balance_entries` (`id`);--> statement-breakpoint
CREATE UNIQUE INDEX `balance_entry_charge` ON `balance_entries` (`charge_id`);--> statement-breakpoint
CREATE UNIQUE INDEX `balance_entry_item` ON `balance_entries` (`order_item_id`,`reason`) WHERE "balance_entries"."order_item_id" is not null;--> statement-breakpoint
CREATE INDEX `balance_entries_account` ON `balance_entries` (`account_id`,`n`);--> statement-breakpoint
CREATE INDEX `balance_entries_reason` ON `balance_entries` (`account_id`,`reason`,`n`);--> statement-breakpoint
CREATE INDEX `balance_entries_currency` ON `balance_entries` (`account_id`,`currency`,`n`);--> statement-breakpoint
CREATE TABLE `balances` (
	`account_id` text NOT NULL,
	`currency` text NOT NULL,
	`balance_minor` integer NOT NULL,
	PRIMARY KEY(`account_id`, `currency`)
);
--> statement-breakpoint
CREATE TABLE `billing_accounts` (
	`account_id` text PRIMARY KEY NOT NULL,
	`currency` text NOT NULL,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`account_id`) REFERENCES `accounts`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `billing_plans` (
	`account_id` text NOT NULL,
	`product_code` text NOT NULL,
	`next_period` text NOT NULL,
	`created_at` integer NOT NULL,
	PRIMARY KEY(`account_id`, `product_code`),
	FOREIGN KEY (`account_id`) REFERENCES `accounts`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`product_code`) REFERENCES `products`(`code`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "billing_plan_period" CHECK("billing_plans"."next_period" glob '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]')
);
--> statement-breakpoint
CREATE INDEX `billing_plans_due` ON `billing_plans` (`next_period`);--> statement-breakpoint
CREATE TABLE `charges` (
	`id` text PRIMARY KEY NOT NULL,
	`account_id` text NOT NULL,
	`product_code` text NOT NULL,
	`period` text NOT NULL,
	`offer_code` text NOT NULL,
	`servers` integer NOT NULL,
	`min_quantity` integer NOT NULL,
	`unit_minor` integer NOT NULL,
	`amount_minor` integer NOT NULL,
	`currency` text NOT NULL,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`account_id`) REFERENCES `accounts`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`product_code`) REFERENCES `products`(`code`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`offer_code`) REFERENCES `offers`(`code`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "charge_sum" CHECK("charges"."amount_minor" = "charges"."servers" * "charges"."unit_minor" and "charges"."servers" >= 0),
	CONSTRAINT "charge_period" CHECK("charges"."period" glob '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]')
);
--> statement-breakpoint
CREATE UNIQUE INDEX `charge_once` ON `charges` (`account_id`,`product_code`,`period`);--> statement-breakpoint
CREATE INDEX `charges_period` ON `charges` (`account_id`,`period`);
--> statement-breakpoint
-- The balance is the sum of its ledger: each line carries the balance after it, and the projection is the last line's.
CREATE TRIGGER balance_entries_add_up BEFORE INSERT ON balance_entries
WHEN NEW.balance_after_minor <> NEW.amount_minor + coalesce(
  (SELECT balance_minor FROM balances WHERE account_id = NEW.account_id AND currency = NEW.currency), 0)
BEGIN SELECT RAISE(ABORT, 'balance_entries_add_up'); END;
--> statement-breakpoint
CREATE TRIGGER balance_entries_post AFTER INSERT ON balance_entries BEGIN
  INSERT INTO balances (account_id, currency, balance_minor) VALUES (NEW.account_id, NEW.currency, 0)
    ON CONFLICT (account_id, currency) DO NOTHING;
  UPDATE balances SET balance_minor = balance_minor + NEW.amount_minor
    WHERE account_id = NEW.account_id AND currency = NEW.currency;
END;
--> statement-breakpoint
CREATE TRIGGER balances_follow AFTER UPDATE ON balances
WHEN NEW.balance_minor IS NOT (SELECT e.balance_after_minor FROM balance_entries AS e
  WHERE e.account_id = NEW.account_id AND e.currency = NEW.currency ORDER BY e.n DESC LIMIT 1)
BEGIN SELECT RAISE(ABORT, 'balances_follow'); END;
--> statement-breakpoint
CREATE TRIGGER balances_begin BEFORE INSERT ON balances WHEN NEW.balance_minor <> 0
BEGIN SELECT RAISE(ABORT, 'balances_follow'); END;
--> statement-breakpoint
CREATE TRIGGER balances_no_delete BEFORE DELETE ON balances
BEGIN SELECT RAISE(ABORT, 'balances_follow'); END;
--> statement-breakpoint
CREATE TRIGGER balance_entries_no_update BEFORE UPDATE ON balance_entries
BEGIN SELECT RAISE(ABORT, 'balance_entries_append_only'); END;
--> statement-breakpoint
CREATE TRIGGER balance_entries_no_delete BEFORE DELETE ON balance_entries
BEGIN SELECT RAISE(ABORT, 'balance_entries_append_only'); END;
--> statement-breakpoint
CREATE TRIGGER charges_no_update BEFORE UPDATE ON charges
BEGIN SELECT RAISE(ABORT, 'charges_append_only'); END;
--> statement-breakpoint
CREATE TRIGGER charges_no_delete BEFORE DELETE ON charges
BEGIN SELECT RAISE(ABORT, 'charges_append_only'); END;
