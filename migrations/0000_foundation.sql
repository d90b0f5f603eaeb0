CREATE TABLE `account_reach` (
	`ancestor_n` integer NOT NULL,
	`descendant_n` integer NOT NULL,
	PRIMARY KEY(`ancestor_n`, `descendant_n`)
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `account_reach_up` ON `account_reach` (`descendant_n`,`ancestor_n`);--> statement-breakpoint
CREATE TABLE `accounts` (
	`n` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`id` text NOT NULL,
	`parent_id` text,
	`kind` text NOT NULL,
	`name` text NOT NULL,
	`email` text NOT NULL,
	`email_key` text NOT NULL,
	`country` text,
	`city` text,
	`provider_account_id` text,
	`suspended_at` integer,
	`low_credits_at` integer DEFAULT 5 NOT NULL,
	`version` integer DEFAULT 1 NOT NULL,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`parent_id`) REFERENCES `accounts`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "account_kind" CHECK("accounts"."kind" in ('vendor', 'partner', 'reseller', 'customer')),
	CONSTRAINT "account_low_credits" CHECK("accounts"."low_credits_at" >= 0),
	CONSTRAINT "account_parent" CHECK(("accounts"."kind" = 'vendor') = ("accounts"."parent_id" is null))
);
--> statement-breakpoint
CREATE UNIQUE INDEX `accounts_id_unique` ON `accounts` (`id`);--> statement-breakpoint
CREATE UNIQUE INDEX `account_one_vendor` ON `accounts` (`kind`) WHERE "accounts"."kind" = 'vendor';--> statement-breakpoint
CREATE UNIQUE INDEX `account_customer_email` ON `accounts` (`parent_id`,`email_key`) WHERE "accounts"."kind" = 'customer';--> statement-breakpoint
CREATE INDEX `accounts_parent` ON `accounts` (`parent_id`);--> statement-breakpoint
CREATE INDEX `accounts_email` ON `accounts` (`email_key`);--> statement-breakpoint
CREATE TABLE `api_keys` (
	`id` text PRIMARY KEY NOT NULL,
	`account_id` text NOT NULL,
	`name` text NOT NULL,
	`hash` text NOT NULL,
	`hint` text NOT NULL,
	`access` text NOT NULL,
	`role` text NOT NULL,
	`is_master` integer DEFAULT false NOT NULL,
	`expires_at` integer,
	`last_used_at` integer,
	`revoked_at` integer,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`account_id`) REFERENCES `accounts`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "api_key_access" CHECK("api_keys"."access" in ('read', 'write')),
	CONSTRAINT "api_key_role" CHECK("api_keys"."role" in ('full', 'billing', 'servers-licenses', 'servers', 'read-billing', 'read-servers'))
);
--> statement-breakpoint
CREATE UNIQUE INDEX `api_keys_hash_unique` ON `api_keys` (`hash`);--> statement-breakpoint
CREATE INDEX `api_keys_account` ON `api_keys` (`account_id`);--> statement-breakpoint
CREATE TABLE `logins` (
	`id` text PRIMARY KEY NOT NULL,
	`account_id` text NOT NULL,
	`login` text,
	`login_key` text,
	`name` text NOT NULL,
	`email` text NOT NULL,
	`email_key` text NOT NULL,
	`role` text NOT NULL,
	`is_master` integer DEFAULT false NOT NULL,
	`password_hash` text,
	`must_change_password` integer DEFAULT false NOT NULL,
	`disabled_at` integer,
	`last_sign_in_at` integer,
	`version` integer DEFAULT 1 NOT NULL,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`account_id`) REFERENCES `accounts`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "login_role" CHECK("logins"."role" in ('full', 'billing', 'servers-licenses', 'servers', 'read-billing', 'read-servers'))
);
--> statement-breakpoint
CREATE UNIQUE INDEX `login_name_taken` ON `logins` (`login_key`) WHERE "logins"."login_key" is not null;--> statement-breakpoint
CREATE UNIQUE INDEX `login_email_taken` ON `logins` (`email_key`);--> statement-breakpoint
CREATE UNIQUE INDEX `login_one_master` ON `logins` (`account_id`) WHERE "logins"."is_master" = 1;--> statement-breakpoint
CREATE INDEX `logins_account` ON `logins` (`account_id`);--> statement-breakpoint
CREATE TABLE `account_products` (
	`account_id` text NOT NULL,
	`product_code` text NOT NULL,
	`given` integer DEFAULT true NOT NULL,
	`server_licenses` integer,
	`active_computers` integer DEFAULT 0 NOT NULL,
	`created_at` integer NOT NULL,
	PRIMARY KEY(`account_id`, `product_code`),
	FOREIGN KEY (`account_id`) REFERENCES `accounts`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`product_code`) REFERENCES `products`(`code`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "account_product_counted" CHECK("account_products"."active_computers" >= 0)
);
--> statement-breakpoint
CREATE TABLE `credit_balances` (
	`account_id` text NOT NULL,
	`offer_code` text NOT NULL,
	`credits` integer NOT NULL,
	PRIMARY KEY(`account_id`, `offer_code`),
	CONSTRAINT "credits_sufficient" CHECK("credit_balances"."credits" >= 0)
);
--> statement-breakpoint
CREATE TABLE `credit_entries` (
	`id` text PRIMARY KEY NOT NULL,
	`account_id` text NOT NULL,
	`offer_code` text NOT NULL,
	`amount` integer NOT NULL,
	`reason` text NOT NULL,
	`balance_after` integer,
	`other_account_id` text,
	`license_id` text,
	`actor_id` text NOT NULL,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`account_id`) REFERENCES `accounts`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`offer_code`) REFERENCES `offers`(`code`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`other_account_id`) REFERENCES `accounts`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "credit_amount" CHECK("credit_entries"."amount" <> 0),
	CONSTRAINT "credit_reason" CHECK("credit_entries"."reason" in ('granted', 'given', 'received', 'spent', 'returned', 'taken-back'))
);
--> statement-breakpoint
CREATE INDEX `credit_entries_account` ON `credit_entries` (`account_id`,`id`);--> statement-breakpoint
CREATE INDEX `credit_entries_offer` ON `credit_entries` (`account_id`,`offer_code`,`id`);--> statement-breakpoint
CREATE INDEX `credit_entries_license` ON `credit_entries` (`license_id`) WHERE "credit_entries"."license_id" is not null;--> statement-breakpoint
CREATE TABLE `editions` (
	`product_code` text NOT NULL,
	`code` text NOT NULL,
	`name` text NOT NULL,
	`rank` integer NOT NULL,
	PRIMARY KEY(`product_code`, `code`),
	FOREIGN KEY (`product_code`) REFERENCES `products`(`code`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `families` (
	`code` text PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`position` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `offers` (
	`code` text PRIMARY KEY NOT NULL,
	`kind` text NOT NULL,
	`product_code` text NOT NULL,
	`edition_code` text NOT NULL,
	`size` integer,
	`per_unit` integer DEFAULT false NOT NULL,
	`sku` text,
	`withdrawn_at` integer,
	FOREIGN KEY (`product_code`,`edition_code`) REFERENCES `editions`(`product_code`,`code`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "offer_kind" CHECK("offers"."kind" in ('license', 'support')),
	CONSTRAINT "offer_size" CHECK("offers"."size" is null or "offers"."size" > 0)
);
--> statement-breakpoint
CREATE INDEX `offers_product` ON `offers` (`product_code`,`edition_code`);--> statement-breakpoint
CREATE TABLE `prices` (
	`offer_code` text NOT NULL,
	`currency` text NOT NULL,
	`min_quantity` integer DEFAULT 1 NOT NULL,
	`unit_minor` integer NOT NULL,
	`per` text NOT NULL,
	PRIMARY KEY(`offer_code`, `currency`, `min_quantity`),
	FOREIGN KEY (`offer_code`) REFERENCES `offers`(`code`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "price_per" CHECK("prices"."per" in ('once', 'month', 'year')),
	CONSTRAINT "price_positive" CHECK("prices"."unit_minor" >= 0 and "prices"."min_quantity" >= 1)
);
--> statement-breakpoint
CREATE TABLE `products` (
	`code` text PRIMARY KEY NOT NULL,
	`family_code` text NOT NULL,
	`name` text NOT NULL,
	`unit` text NOT NULL,
	`pricing_rule` text NOT NULL,
	`trial_max_days` integer DEFAULT 0 NOT NULL,
	`releases_per_year` integer,
	`position` integer NOT NULL,
	`withdrawn_at` integer,
	FOREIGN KEY (`family_code`) REFERENCES `families`(`code`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "product_unit" CHECK("products"."unit" in ('user', 'workstation', 'channel', 'server')),
	CONSTRAINT "product_pricing_rule" CHECK("products"."pricing_rule" in ('perpetual', 'time-based')),
	CONSTRAINT "product_trial_days" CHECK("products"."trial_max_days" >= 0)
);
--> statement-breakpoint
CREATE TABLE `shop_items` (
	`path` text PRIMARY KEY NOT NULL,
	`offer_code` text NOT NULL,
	`quantity_is` text DEFAULT 'licenses' NOT NULL,
	`support_years` integer DEFAULT 0 NOT NULL,
	FOREIGN KEY (`offer_code`) REFERENCES `offers`(`code`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "shop_item_quantity" CHECK("shop_items"."quantity_is" in ('licenses', 'size')),
	CONSTRAINT "shop_item_support" CHECK("shop_items"."support_years" between 0 and 10)
);
--> statement-breakpoint
CREATE TABLE `activations` (
	`id` text PRIMARY KEY NOT NULL,
	`computer_id` text NOT NULL,
	`account_id` text NOT NULL,
	`product_code` text NOT NULL,
	`key_id` text NOT NULL,
	`license_id` text,
	`token_hash` text NOT NULL,
	`installed` text,
	`activated_at` integer NOT NULL,
	`last_check_in_at` integer,
	`released_at` integer,
	FOREIGN KEY (`computer_id`) REFERENCES `computers`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`account_id`) REFERENCES `accounts`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`product_code`) REFERENCES `products`(`code`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`key_id`) REFERENCES `activation_keys`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`license_id`) REFERENCES `licenses`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `activations_token_hash_unique` ON `activations` (`token_hash`);--> statement-breakpoint
CREATE UNIQUE INDEX `activation_once` ON `activations` (`computer_id`,`product_code`);--> statement-breakpoint
CREATE UNIQUE INDEX `license_on_one_computer` ON `activations` (`license_id`) WHERE "activations"."released_at" is null and "activations"."license_id" is not null;--> statement-breakpoint
CREATE INDEX `activations_key` ON `activations` (`key_id`,`released_at`);--> statement-breakpoint
CREATE INDEX `activations_license` ON `activations` (`license_id`);--> statement-breakpoint
CREATE INDEX `activations_account` ON `activations` (`account_id`,`product_code`);--> statement-breakpoint
CREATE TABLE `computers` (
	`n` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`id` text NOT NULL,
	`account_id` text NOT NULL,
	`fingerprint` text NOT NULL,
	`name` text NOT NULL,
	`ip` text,
	`registered_at` integer NOT NULL,
	`last_check_in_at` integer,
	`removed_at` integer,
	`version` integer DEFAULT 1 NOT NULL,
	FOREIGN KEY (`account_id`) REFERENCES `accounts`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `computers_id_unique` ON `computers` (`id`);--> statement-breakpoint
CREATE UNIQUE INDEX `computer_fingerprint` ON `computers` (`account_id`,`fingerprint`);--> statement-breakpoint
CREATE INDEX `computers_name` ON `computers` (`account_id`,`name`,`n`);--> statement-breakpoint
CREATE INDEX `computers_registered` ON `computers` (`account_id`,`registered_at`,`n`);--> statement-breakpoint
CREATE INDEX `computers_seen` ON `computers` (`account_id`,`last_check_in_at`,`n`);--> statement-breakpoint
CREATE TABLE `activation_keys` (
	`id` text PRIMARY KEY NOT NULL,
	`account_id` text NOT NULL,
	`product_code` text,
	`name` text NOT NULL,
	`code` text NOT NULL,
	`code_normal` text GENERATED ALWAYS AS (replace(replace(replace(upper(replace(replace(code, '-', ''), ' ', '')), 'O', '0'), 'I', '1'), 'L', '1')) VIRTUAL NOT NULL,
	`note` text DEFAULT '' NOT NULL,
	`is_default` integer DEFAULT false NOT NULL,
	`computer_limit` integer,
	`active_computers` integer DEFAULT 0 NOT NULL,
	`allowed_ranges` text,
	`removed_at` integer,
	`version` integer DEFAULT 1 NOT NULL,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`account_id`) REFERENCES `accounts`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`product_code`) REFERENCES `products`(`code`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "activation_key_limit" CHECK("activation_keys"."computer_limit" is null or "activation_keys"."computer_limit" >= 0),
	CONSTRAINT "activation_key_counted" CHECK("activation_keys"."active_computers" >= 0),
	CONSTRAINT "activation_key_default_stays" CHECK("activation_keys"."is_default" = 0 or "activation_keys"."removed_at" is null)
);
--> statement-breakpoint
CREATE UNIQUE INDEX `activation_key_taken` ON `activation_keys` (`code_normal`);--> statement-breakpoint
CREATE UNIQUE INDEX `activation_key_one_default` ON `activation_keys` (`account_id`,`product_code`) WHERE "activation_keys"."is_default" = 1 and "activation_keys"."removed_at" is null;--> statement-breakpoint
CREATE UNIQUE INDEX `activation_key_one_general_default` ON `activation_keys` (`account_id`) WHERE "activation_keys"."is_default" = 1 and "activation_keys"."removed_at" is null and "activation_keys"."product_code" is null;--> statement-breakpoint
CREATE INDEX `activation_keys_account` ON `activation_keys` (`account_id`,`product_code`,`id`);--> statement-breakpoint
CREATE TABLE `license_reach` (
	`account_n` integer NOT NULL,
	`license_n` integer NOT NULL,
	`bought_on` text NOT NULL,
	`support_ends_on` text NOT NULL,
	`product_code` text NOT NULL,
	`kind` text NOT NULL,
	`activated` integer NOT NULL,
	`own` integer NOT NULL,
	`serial_key` text NOT NULL,
	`order_key` text NOT NULL,
	`activation_key` text NOT NULL,
	`email_key` text NOT NULL,
	`computer_key` text NOT NULL,
	PRIMARY KEY(`account_n`, `license_n`)
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `license_reach_bought` ON `license_reach` (`account_n`,`bought_on`,`license_n`);--> statement-breakpoint
CREATE INDEX `license_reach_support` ON `license_reach` (`account_n`,`support_ends_on`,`license_n`);--> statement-breakpoint
CREATE INDEX `license_reach_own_bought` ON `license_reach` (`account_n`,`own`,`bought_on`,`license_n`);--> statement-breakpoint
CREATE INDEX `license_reach_own_support` ON `license_reach` (`account_n`,`own`,`support_ends_on`,`license_n`);--> statement-breakpoint
CREATE INDEX `license_reach_product` ON `license_reach` (`account_n`,`product_code`,`bought_on`,`license_n`);--> statement-breakpoint
CREATE INDEX `license_reach_product_support` ON `license_reach` (`account_n`,`product_code`,`support_ends_on`,`license_n`);--> statement-breakpoint
CREATE INDEX `license_reach_trial` ON `license_reach` (`account_n`,`bought_on`,`license_n`) WHERE kind = 'trial';--> statement-breakpoint
CREATE INDEX `license_reach_subscription` ON `license_reach` (`account_n`,`bought_on`,`license_n`) WHERE kind = 'subscription';--> statement-breakpoint
CREATE INDEX `license_reach_idle` ON `license_reach` (`account_n`,`bought_on`,`license_n`) WHERE activated = 0;--> statement-breakpoint
CREATE INDEX `license_reach_serial` ON `license_reach` (`account_n`,`serial_key`,`license_n`);--> statement-breakpoint
CREATE INDEX `license_reach_order` ON `license_reach` (`account_n`,`order_key`,`license_n`);--> statement-breakpoint
CREATE INDEX `license_reach_key` ON `license_reach` (`account_n`,`activation_key`,`license_n`);--> statement-breakpoint
CREATE INDEX `license_reach_email` ON `license_reach` (`account_n`,`email_key`,`license_n`);--> statement-breakpoint
CREATE INDEX `license_reach_computer` ON `license_reach` (`account_n`,`computer_key`,`license_n`);--> statement-breakpoint
CREATE INDEX `license_reach_license` ON `license_reach` (`license_n`);--> statement-breakpoint
CREATE TABLE `licenses` (
	`n` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`id` text NOT NULL,
	`account_id` text NOT NULL,
	`serial` text NOT NULL,
	`product_code` text NOT NULL,
	`edition_code` text NOT NULL,
	`size` integer,
	`kind` text NOT NULL,
	`ends_on` text,
	`bought_on` text NOT NULL,
	`order_item_id` text,
	`order_reference` text,
	`order_reference_key` text DEFAULT '' NOT NULL,
	`activation_key_id` text,
	`email` text NOT NULL,
	`email_key` text NOT NULL,
	`comment` text DEFAULT '' NOT NULL,
	`comment_key` text DEFAULT '' NOT NULL,
	`support_ends_on` text,
	`computer_id` text,
	`computer_name` text,
	`first_activated_at` integer,
	`version` integer DEFAULT 1 NOT NULL,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`account_id`) REFERENCES `accounts`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`order_item_id`) REFERENCES `order_items`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`activation_key_id`) REFERENCES `activation_keys`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`product_code`,`edition_code`) REFERENCES `editions`(`product_code`,`code`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "license_kind" CHECK("licenses"."kind" in ('permanent', 'trial', 'subscription')),
	CONSTRAINT "license_size" CHECK("licenses"."size" is null or "licenses"."size" > 0),
	CONSTRAINT "license_trial_ends" CHECK("licenses"."kind" <> 'trial' or "licenses"."ends_on" is not null),
	CONSTRAINT "license_bought_on" CHECK("licenses"."bought_on" glob '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
	CONSTRAINT "license_ends_on" CHECK("licenses"."ends_on" glob '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
	CONSTRAINT "license_comment_length" CHECK(length("licenses"."comment") <= 500)
);
--> statement-breakpoint
CREATE UNIQUE INDEX `licenses_id_unique` ON `licenses` (`id`);--> statement-breakpoint
CREATE UNIQUE INDEX `licenses_serial_unique` ON `licenses` (`serial`);--> statement-breakpoint
CREATE INDEX `licenses_account` ON `licenses` (`account_id`);--> statement-breakpoint
CREATE INDEX `licenses_order_item` ON `licenses` (`order_item_id`);--> statement-breakpoint
CREATE INDEX `licenses_activation_key` ON `licenses` (`activation_key_id`);--> statement-breakpoint
CREATE INDEX `licenses_computer` ON `licenses` (`computer_id`) WHERE "licenses"."computer_id" is not null;--> statement-breakpoint
CREATE TABLE `support_periods` (
	`id` text PRIMARY KEY NOT NULL,
	`support_id` text NOT NULL,
	`starts_on` text NOT NULL,
	`ends_on` text NOT NULL,
	`source` text NOT NULL,
	`order_item_id` text,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`support_id`) REFERENCES `supports`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`order_item_id`) REFERENCES `order_items`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "support_period_source" CHECK("support_periods"."source" in ('order', 'credit', 'grant')),
	CONSTRAINT "support_period_days" CHECK("support_periods"."ends_on" >= "support_periods"."starts_on")
);
--> statement-breakpoint
CREATE INDEX `support_periods_support` ON `support_periods` (`support_id`,`ends_on`);--> statement-breakpoint
CREATE INDEX `support_periods_item` ON `support_periods` (`order_item_id`);--> statement-breakpoint
CREATE TABLE `supports` (
	`id` text PRIMARY KEY NOT NULL,
	`license_id` text NOT NULL,
	`starts_on` text NOT NULL,
	`ends_on` text NOT NULL,
	`version` integer DEFAULT 1 NOT NULL,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`license_id`) REFERENCES `licenses`(`id`) ON UPDATE no action ON DELETE cascade,
	CONSTRAINT "support_starts_on" CHECK("supports"."starts_on" glob '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
	CONSTRAINT "support_ends_on" CHECK("supports"."ends_on" glob '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
	CONSTRAINT "support_days" CHECK("supports"."ends_on" >= "supports"."starts_on")
);
--> statement-breakpoint
CREATE UNIQUE INDEX `supports_license_id_unique` ON `supports` (`license_id`);--> statement-breakpoint
CREATE TABLE `contacts` (
	`id` text PRIMARY KEY NOT NULL,
	`account_id` text NOT NULL,
	`first_name` text NOT NULL,
	`last_name` text NOT NULL,
	`email` text NOT NULL,
	`email_key` text NOT NULL,
	`company` text,
	`phone` text,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`account_id`) REFERENCES `accounts`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `contact_once` ON `contacts` (`account_id`,`email_key`,`first_name`,`last_name`);--> statement-breakpoint
CREATE TABLE `order_items` (
	`id` text PRIMARY KEY NOT NULL,
	`order_id` text NOT NULL,
	`position` integer NOT NULL,
	`path` text NOT NULL,
	`sku` text,
	`display` text NOT NULL,
	`quantity` integer NOT NULL,
	`subtotal_minor` integer NOT NULL,
	`offer_code` text,
	`provider_subscription_id` text,
	FOREIGN KEY (`order_id`) REFERENCES `orders`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`offer_code`) REFERENCES `offers`(`code`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "order_item_quantity" CHECK("order_items"."quantity" >= 0)
);
--> statement-breakpoint
CREATE UNIQUE INDEX `order_item_position` ON `order_items` (`order_id`,`position`);--> statement-breakpoint
CREATE INDEX `order_items_unknown` ON `order_items` (`order_id`) WHERE "order_items"."offer_code" is null;--> statement-breakpoint
CREATE INDEX `order_items_subscription` ON `order_items` (`provider_subscription_id`) WHERE "order_items"."provider_subscription_id" is not null;--> statement-breakpoint
CREATE TABLE `order_reach` (
	`account_n` integer NOT NULL,
	`order_n` integer NOT NULL,
	`ordered_at` integer NOT NULL,
	`total_minor` integer NOT NULL,
	`reference_key` text NOT NULL,
	`email_key` text NOT NULL,
	PRIMARY KEY(`account_n`, `order_n`)
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `order_reach_ordered` ON `order_reach` (`account_n`,`ordered_at`,`order_n`);--> statement-breakpoint
CREATE INDEX `order_reach_total` ON `order_reach` (`account_n`,`total_minor`,`order_n`);--> statement-breakpoint
CREATE INDEX `order_reach_reference` ON `order_reach` (`account_n`,`reference_key`,`order_n`);--> statement-breakpoint
CREATE INDEX `order_reach_email` ON `order_reach` (`account_n`,`email_key`,`order_n`);--> statement-breakpoint
CREATE INDEX `order_reach_order` ON `order_reach` (`order_n`);--> statement-breakpoint
CREATE TABLE `orders` (
	`n` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`id` text NOT NULL,
	`account_id` text NOT NULL,
	`contact_id` text NOT NULL,
	`reference` text NOT NULL,
	`reference_key` text NOT NULL,
	`provider` text NOT NULL,
	`provider_order_id` text NOT NULL,
	`live` integer NOT NULL,
	`name` text NOT NULL,
	`email` text NOT NULL,
	`email_key` text NOT NULL,
	`country` text,
	`city` text,
	`postal_code` text,
	`region` text,
	`currency` text NOT NULL,
	`total_minor` integer NOT NULL,
	`tax_minor` integer NOT NULL,
	`invoice_url` text,
	`ordered_at` integer NOT NULL,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`account_id`) REFERENCES `accounts`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`contact_id`) REFERENCES `contacts`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "order_currency" CHECK(length("orders"."currency") = 3)
);
--> statement-breakpoint
CREATE UNIQUE INDEX `orders_id_unique` ON `orders` (`id`);--> statement-breakpoint
CREATE UNIQUE INDEX `order_reference_taken` ON `orders` (`reference_key`);--> statement-breakpoint
CREATE UNIQUE INDEX `order_once` ON `orders` (`provider`,`provider_order_id`);--> statement-breakpoint
CREATE INDEX `orders_account` ON `orders` (`account_id`,`ordered_at`);--> statement-breakpoint
CREATE INDEX `orders_email` ON `orders` (`email_key`);--> statement-breakpoint
CREATE TABLE `provider_events` (
	`provider` text NOT NULL,
	`id` text NOT NULL,
	`type` text NOT NULL,
	`live` integer NOT NULL,
	`payload` text NOT NULL,
	`outcome` text NOT NULL,
	`note` text,
	`created_at` integer NOT NULL,
	`received_at` integer NOT NULL,
	PRIMARY KEY(`provider`, `id`),
	CONSTRAINT "provider_event_outcome" CHECK("provider_events"."outcome" in ('done', 'kept', 'refused'))
);
--> statement-breakpoint
CREATE INDEX `provider_events_waiting` ON `provider_events` (`outcome`,`type`,`created_at`) WHERE "provider_events"."outcome" <> 'done';--> statement-breakpoint
CREATE TABLE `event_reach` (
	`account_n` integer NOT NULL,
	`event_n` integer NOT NULL,
	`at` integer NOT NULL,
	`action` text NOT NULL,
	`subject_kind` text NOT NULL,
	`subject_id` text NOT NULL,
	`actor_id` text NOT NULL,
	PRIMARY KEY(`account_n`, `event_n`)
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `event_reach_at` ON `event_reach` (`account_n`,`at`,`event_n`);--> statement-breakpoint
CREATE INDEX `event_reach_action` ON `event_reach` (`account_n`,`action`,`at`,`event_n`);--> statement-breakpoint
CREATE INDEX `event_reach_subject` ON `event_reach` (`account_n`,`subject_id`,`at`,`event_n`);--> statement-breakpoint
CREATE INDEX `event_reach_event` ON `event_reach` (`event_n`);--> statement-breakpoint
CREATE TABLE `events` (
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
	CONSTRAINT "event_actor_kind" CHECK("events"."actor_kind" in ('login', 'customer', 'api-key', 'shop', 'clock'))
);
--> statement-breakpoint
CREATE UNIQUE INDEX `events_id_unique` ON `events` (`id`);--> statement-breakpoint
CREATE INDEX `events_account` ON `events` (`account_id`,`n`);--> statement-breakpoint
CREATE INDEX `events_subject` ON `events` (`subject_id`,`n`);--> statement-breakpoint
CREATE TABLE `expectations` (
	`name` text NOT NULL,
	`holds` integer
);
--> statement-breakpoint
CREATE TABLE `idempotency_records` (
	`scope` text NOT NULL,
	`key` text NOT NULL,
	`request_hash` text NOT NULL,
	`status` integer,
	`response` text,
	`created_at` integer NOT NULL,
	PRIMARY KEY(`scope`, `key`)
);
--> statement-breakpoint
CREATE INDEX `idempotency_records_created` ON `idempotency_records` (`created_at`);--> statement-breakpoint
CREATE TABLE `outbox` (
	`id` text PRIMARY KEY NOT NULL,
	`account_id` text,
	`template` text NOT NULL,
	`params` text NOT NULL,
	`recipient` text NOT NULL,
	`once_key` text NOT NULL,
	`state` text DEFAULT 'pending' NOT NULL,
	`attempts` integer DEFAULT 0 NOT NULL,
	`next_attempt_at` integer NOT NULL,
	`lease_until` integer,
	`provider_id` text,
	`error` text,
	`created_at` integer NOT NULL,
	`sent_at` integer,
	FOREIGN KEY (`account_id`) REFERENCES `accounts`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "letter_state" CHECK("outbox"."state" in ('pending', 'sending', 'sent', 'dead'))
);
--> statement-breakpoint
CREATE UNIQUE INDEX `letter_once` ON `outbox` (`once_key`);--> statement-breakpoint
CREATE INDEX `outbox_due` ON `outbox` (`state`,`next_attempt_at`);--> statement-breakpoint
CREATE INDEX `outbox_account` ON `outbox` (`account_id`);--> statement-breakpoint
CREATE TABLE `subscriptions` (
	`id` text PRIMARY KEY NOT NULL,
	`license_id` text NOT NULL,
	`term` text NOT NULL,
	`starts_on` text NOT NULL,
	`term_ends_on` text NOT NULL,
	`canceled_at` integer,
	`provider_subscription_id` text,
	`version` integer DEFAULT 1 NOT NULL,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`license_id`) REFERENCES `licenses`(`id`) ON UPDATE no action ON DELETE cascade,
	CONSTRAINT "subscription_term" CHECK("subscriptions"."term" in ('month', 'year')),
	CONSTRAINT "subscription_starts_on" CHECK("subscriptions"."starts_on" glob '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
	CONSTRAINT "subscription_term_ends_on" CHECK("subscriptions"."term_ends_on" glob '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
	CONSTRAINT "subscription_days" CHECK("subscriptions"."term_ends_on" >= "subscriptions"."starts_on")
);
--> statement-breakpoint
CREATE UNIQUE INDEX `subscriptions_license_id_unique` ON `subscriptions` (`license_id`);--> statement-breakpoint
CREATE UNIQUE INDEX `subscriptions_provider_subscription_id_unique` ON `subscriptions` (`provider_subscription_id`);--> statement-breakpoint
CREATE INDEX `subscriptions_due` ON `subscriptions` (`term_ends_on`) WHERE "subscriptions"."canceled_at" is null and "subscriptions"."provider_subscription_id" is null;--> statement-breakpoint
CREATE TABLE `trials` (
	`product_code` text NOT NULL,
	`subject_key` text NOT NULL,
	`license_id` text NOT NULL,
	`created_at` integer NOT NULL,
	PRIMARY KEY(`product_code`, `subject_key`),
	FOREIGN KEY (`product_code`) REFERENCES `products`(`code`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `trials_license` ON `trials` (`license_id`);--> statement-breakpoint
CREATE TABLE `links` (
	`id` text PRIMARY KEY NOT NULL,
	`purpose` text NOT NULL,
	`account_id` text NOT NULL,
	`login_id` text,
	`email` text NOT NULL,
	`token_hash` text NOT NULL,
	`details` text,
	`expires_at` integer NOT NULL,
	`used_at` integer,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`account_id`) REFERENCES `accounts`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`login_id`) REFERENCES `logins`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "link_purpose" CHECK("links"."purpose" in ('sign-in', 'set-password', 'accept-invitation', 'release-computer', 'confirm-email', 'unsubscribe'))
);
--> statement-breakpoint
CREATE UNIQUE INDEX `links_token_hash_unique` ON `links` (`token_hash`);--> statement-breakpoint
CREATE INDEX `links_account` ON `links` (`account_id`);--> statement-breakpoint
CREATE INDEX `links_expires` ON `links` (`expires_at`);--> statement-breakpoint
CREATE TABLE `sessions` (
	`id` text PRIMARY KEY NOT NULL,
	`account_id` text NOT NULL,
	`login_id` text,
	`remember` integer NOT NULL,
	`device` text NOT NULL,
	`address` text NOT NULL,
	`created_at` integer NOT NULL,
	`last_seen_at` integer NOT NULL,
	`idle_until` integer NOT NULL,
	`expires_at` integer NOT NULL,
	`proved_at` integer NOT NULL,
	`ended_at` integer,
	FOREIGN KEY (`account_id`) REFERENCES `accounts`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`login_id`) REFERENCES `logins`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `sessions_account` ON `sessions` (`account_id`,`created_at`);--> statement-breakpoint
CREATE INDEX `sessions_login` ON `sessions` (`login_id`);--> statement-breakpoint
CREATE INDEX `sessions_expires` ON `sessions` (`expires_at`);--> statement-breakpoint
CREATE TABLE `sign_in_attempts` (
	`subject` text NOT NULL,
	`window` integer NOT NULL,
	`count` integer NOT NULL,
	`expires_at` integer NOT NULL,
	PRIMARY KEY(`subject`, `window`)
);
--> statement-breakpoint
CREATE INDEX `sign_in_attempts_expires` ON `sign_in_attempts` (`expires_at`);--> statement-breakpoint
CREATE TABLE `spent_tokens` (
	`id` text PRIMARY KEY NOT NULL,
	`expires_at` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `spent_tokens_expires` ON `spent_tokens` (`expires_at`);