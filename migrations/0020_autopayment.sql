CREATE TABLE `autopayment_settings` (
	`account_id` text PRIMARY KEY NOT NULL,
	`mode` text DEFAULT 'repay' NOT NULL,
	`low_minor` integer,
	`refill_minor` integer,
	`failures` integer DEFAULT 0 NOT NULL,
	`failed_at` integer,
	`failed_why` text,
	`next_try_at` integer,
	`version` integer DEFAULT 1 NOT NULL,
	FOREIGN KEY (`account_id`) REFERENCES `billing_accounts`(`account_id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "autopayment_mode" CHECK("autopayment_settings"."mode" in ('add', 'repay', 'none')),
	CONSTRAINT "autopayment_refill" CHECK(("autopayment_settings"."mode" <> 'add') or ("autopayment_settings"."low_minor" > 0 and "autopayment_settings"."refill_minor" > "autopayment_settings"."low_minor"))
);
--> statement-breakpoint
CREATE INDEX `autopayment_settings_add` ON `autopayment_settings` (`account_id`) WHERE "autopayment_settings"."mode" = 'add';--> statement-breakpoint
CREATE TABLE `autopayments` (
	`n` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`account_id` text NOT NULL,
	`quote_id` text NOT NULL,
	`method_id` text,
	`state` text NOT NULL,
	`amount_minor` integer NOT NULL,
	`currency` text NOT NULL,
	`created_at` integer NOT NULL,
	`ended_at` integer,
	FOREIGN KEY (`account_id`) REFERENCES `accounts`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`quote_id`) REFERENCES `quotes`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`method_id`) REFERENCES `payment_methods`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "autopayment_state" CHECK("autopayments"."state" in ('started', 'mailed', 'paid', 'failed', 'over')),
	CONSTRAINT "autopayment_amount" CHECK("autopayments"."amount_minor" > 0)
);
--> statement-breakpoint
CREATE UNIQUE INDEX `autopayments_quote_id_unique` ON `autopayments` (`quote_id`);--> statement-breakpoint
CREATE UNIQUE INDEX `autopayment_under_way` ON `autopayments` (`account_id`) WHERE "autopayments"."state" = 'started';--> statement-breakpoint
CREATE INDEX `autopayments_account` ON `autopayments` (`account_id`,`n`);--> statement-breakpoint
CREATE TABLE `payment_methods` (
	`n` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`id` text NOT NULL,
	`account_id` text NOT NULL,
	`provider` text NOT NULL,
	`token` text NOT NULL,
	`brand` text NOT NULL,
	`last_four` text NOT NULL,
	`expires` text NOT NULL,
	`is_default` integer DEFAULT false NOT NULL,
	`created_at` integer NOT NULL,
	`removed_at` integer,
	`version` integer DEFAULT 1 NOT NULL,
	FOREIGN KEY (`account_id`) REFERENCES `accounts`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "payment_method_last_four" CHECK("payment_methods"."last_four" glob '[0-9][0-9][0-9][0-9]'),
	CONSTRAINT "payment_method_expires" CHECK("payment_methods"."expires" glob '20[0-9][0-9]-[01][0-9]'),
	CONSTRAINT "payment_method_no_number" CHECK(token not glob '*[0-9][0-9][0-9][0-9][0-9][0-9][0-9][0-9][0-9][0-9][0-9][0-9]*' and brand not glob '*[0-9]*')
);
--> statement-breakpoint
CREATE UNIQUE INDEX `payment_methods_id_unique` ON `payment_methods` (`id`);--> statement-breakpoint
CREATE UNIQUE INDEX `payment_method_token` ON `payment_methods` (`provider`,`token`);--> statement-breakpoint
CREATE UNIQUE INDEX `payment_method_one_default` ON `payment_methods` (`account_id`) WHERE "payment_methods"."is_default" = 1 and "payment_methods"."removed_at" is null;--> statement-breakpoint
CREATE INDEX `payment_methods_account` ON `payment_methods` (`account_id`,`n`);--> statement-breakpoint
CREATE INDEX `balances_owed` ON `balances` (`account_id`) WHERE "balances"."balance_minor" < 0;
--> statement-breakpoint
INSERT INTO autopayment_settings (account_id) SELECT account_id FROM billing_accounts;
--> statement-breakpoint
-- Whoever pays from a balance has it filled in some way, of which none is one.
CREATE TRIGGER billing_accounts_settings AFTER INSERT ON billing_accounts BEGIN
  INSERT INTO autopayment_settings (account_id) VALUES (NEW.account_id);
END;
--> statement-breakpoint
CREATE TRIGGER payment_methods_fixed BEFORE UPDATE OF id, account_id, provider, token ON payment_methods
BEGIN SELECT RAISE(ABORT, 'payment_methods_fixed'); END;
