CREATE TABLE `cart_items` (
	`account_id` text NOT NULL,
	`offer_code` text NOT NULL,
	`quantity` integer NOT NULL,
	`updated_at` integer NOT NULL,
	PRIMARY KEY(`account_id`, `offer_code`),
	FOREIGN KEY (`account_id`) REFERENCES `accounts`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`offer_code`) REFERENCES `offers`(`code`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "cart_item_quantity" CHECK("cart_items"."quantity" between 1 and 100000)
);
--> statement-breakpoint
CREATE TABLE `checkouts` (
	`n` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`id` text NOT NULL,
	`quote_id` text NOT NULL,
	`account_id` text NOT NULL,
	`provider` text NOT NULL,
	`session_id` text,
	`session_url` text,
	`state` text DEFAULT 'open' NOT NULL,
	`currency` text NOT NULL,
	`due_minor` integer NOT NULL,
	`paid_minor` integer,
	`paid_currency` text,
	`provider_order_id` text,
	`reference` text,
	`started_by_id` text NOT NULL,
	`started_by_name` text NOT NULL,
	`created_at` integer NOT NULL,
	`expires_at` integer NOT NULL,
	`paid_at` integer,
	`settled_at` integer,
	`version` integer DEFAULT 1 NOT NULL,
	FOREIGN KEY (`quote_id`) REFERENCES `quotes`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`account_id`) REFERENCES `accounts`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "checkout_state" CHECK("checkouts"."state" in ('open', 'waiting', 'paid', 'declined', 'abandoned', 'stale', 'refunded')),
	CONSTRAINT "checkout_due" CHECK("checkouts"."due_minor" >= 0)
);
--> statement-breakpoint
CREATE UNIQUE INDEX `checkouts_id_unique` ON `checkouts` (`id`);--> statement-breakpoint
CREATE UNIQUE INDEX `checkout_paid_once` ON `checkouts` (`quote_id`) WHERE "checkouts"."state" = 'paid';--> statement-breakpoint
CREATE UNIQUE INDEX `checkout_session` ON `checkouts` (`provider`,`session_id`);--> statement-breakpoint
CREATE UNIQUE INDEX `checkout_order` ON `checkouts` (`provider`,`provider_order_id`);--> statement-breakpoint
CREATE INDEX `checkouts_quote` ON `checkouts` (`quote_id`,`n`);--> statement-breakpoint
CREATE INDEX `checkouts_account` ON `checkouts` (`account_id`,`n`);--> statement-breakpoint
CREATE INDEX `checkouts_open` ON `checkouts` (`expires_at`) WHERE "checkouts"."state" in ('open', 'waiting');--> statement-breakpoint
CREATE TABLE `quote_lines` (
	`quote_id` text NOT NULL,
	`position` integer NOT NULL,
	`text` text NOT NULL,
	`reckoning` text NOT NULL,
	`change` text NOT NULL,
	`quantity` integer NOT NULL,
	`offer_code` text,
	`path` text,
	`starts_on` text,
	`ends_on` text,
	`list_minor` integer NOT NULL,
	`credit_minor` integer NOT NULL,
	`due_minor` integer NOT NULL,
	PRIMARY KEY(`quote_id`, `position`),
	FOREIGN KEY (`quote_id`) REFERENCES `quotes`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`offer_code`) REFERENCES `offers`(`code`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "quote_line_due" CHECK("quote_lines"."due_minor" >= 0 and "quote_lines"."credit_minor" >= 0),
	CONSTRAINT "quote_line_sum" CHECK("quote_lines"."list_minor" - "quote_lines"."credit_minor" = "quote_lines"."due_minor"),
	CONSTRAINT "quote_line_quantity" CHECK("quote_lines"."quantity" > 0),
	CONSTRAINT "quote_line_starts_on" CHECK("quote_lines"."starts_on" glob '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
	CONSTRAINT "quote_line_ends_on" CHECK("quote_lines"."ends_on" glob '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]')
);
--> statement-breakpoint
CREATE TABLE `quotes` (
	`n` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`id` text NOT NULL,
	`account_id` text NOT NULL,
	`state` text DEFAULT 'open' NOT NULL,
	`currency` text NOT NULL,
	`total_minor` integer NOT NULL,
	`quoted_on` text NOT NULL,
	`valid_until` integer NOT NULL,
	`items` text NOT NULL,
	`licenses` text NOT NULL,
	`prices` text NOT NULL,
	`made_by_kind` text NOT NULL,
	`made_by_id` text NOT NULL,
	`made_by_name` text NOT NULL,
	`replaces_id` text,
	`order_id` text,
	`applied_at` integer,
	`version` integer DEFAULT 1 NOT NULL,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`account_id`) REFERENCES `accounts`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`order_id`) REFERENCES `orders`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "quote_state" CHECK("quotes"."state" in ('open', 'paid', 'applied', 'refunded')),
	CONSTRAINT "quote_total" CHECK("quotes"."total_minor" >= 0),
	CONSTRAINT "quote_currency" CHECK(length("quotes"."currency") = 3),
	CONSTRAINT "quote_applied" CHECK(("quotes"."state" <> 'applied') or "quotes"."applied_at" is not null),
	CONSTRAINT "quote_quoted_on" CHECK("quotes"."quoted_on" glob '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]')
);
--> statement-breakpoint
CREATE UNIQUE INDEX `quotes_id_unique` ON `quotes` (`id`);--> statement-breakpoint
CREATE INDEX `quotes_account` ON `quotes` (`account_id`,`n`);--> statement-breakpoint
CREATE INDEX `quotes_order` ON `quotes` (`order_id`) WHERE "quotes"."order_id" is not null;