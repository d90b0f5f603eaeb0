CREATE TABLE `payments` (
	`n` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`id` text NOT NULL,
	`provider` text NOT NULL,
	`provider_order_id` text NOT NULL,
	`event_id` text NOT NULL,
	`reference` text NOT NULL,
	`reference_key` text NOT NULL,
	`live` integer NOT NULL,
	`currency` text NOT NULL,
	`total_minor` integer NOT NULL,
	`tax_minor` integer NOT NULL,
	`email` text NOT NULL,
	`name` text NOT NULL,
	`quote_id` text NOT NULL,
	`checkout_id` text,
	`account_id` text,
	`order_id` text,
	`state` text NOT NULL,
	`problem` text,
	`paid_at` integer NOT NULL,
	`received_at` integer NOT NULL,
	`settled_at` integer,
	`settled_by` text,
	`version` integer DEFAULT 1 NOT NULL,
	FOREIGN KEY (`account_id`) REFERENCES `accounts`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`order_id`) REFERENCES `orders`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "payment_state" CHECK("payments"."state" in ('applied', 'held', 'refunded'))
);
--> statement-breakpoint
CREATE UNIQUE INDEX `payments_id_unique` ON `payments` (`id`);--> statement-breakpoint
CREATE UNIQUE INDEX `payment_once` ON `payments` (`provider`,`provider_order_id`);--> statement-breakpoint
CREATE UNIQUE INDEX `payment_applies_once` ON `payments` (`quote_id`) WHERE "payments"."state" = 'applied';--> statement-breakpoint
CREATE INDEX `payments_reference` ON `payments` (`reference_key`);--> statement-breakpoint
CREATE INDEX `payments_checkout` ON `payments` (`checkout_id`);--> statement-breakpoint
CREATE INDEX `payments_quote` ON `payments` (`quote_id`);--> statement-breakpoint
CREATE INDEX `payments_held` ON `payments` (`n`) WHERE "payments"."state" = 'held';--> statement-breakpoint
CREATE TABLE `provider_subscriptions` (
	`provider` text NOT NULL,
	`id` text NOT NULL,
	`told` text NOT NULL,
	`version` integer DEFAULT 1 NOT NULL,
	`updated_at` integer NOT NULL,
	PRIMARY KEY(`provider`, `id`)
);
--> statement-breakpoint
CREATE TABLE `refunds` (
	`provider` text NOT NULL,
	`provider_return_id` text NOT NULL,
	`reference` text NOT NULL,
	`provider_order_id` text,
	`order_reference_key` text,
	`live` integer NOT NULL,
	`currency` text NOT NULL,
	`total_minor` integer NOT NULL,
	`items` text NOT NULL,
	`reason` text,
	`returned_at` integer NOT NULL,
	`received_at` integer NOT NULL,
	PRIMARY KEY(`provider`, `provider_return_id`)
);
--> statement-breakpoint
CREATE INDEX `refunds_order` ON `refunds` (`provider`,`provider_order_id`);--> statement-breakpoint
CREATE INDEX `refunds_reference` ON `refunds` (`order_reference_key`);--> statement-breakpoint
ALTER TABLE `order_items` ADD `refunded_on` text;--> statement-breakpoint
ALTER TABLE `subscriptions` ADD `unpaid_at` integer;