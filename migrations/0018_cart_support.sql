PRAGMA foreign_keys=OFF;--> statement-breakpoint
CREATE TABLE `__new_cart_items` (
	`account_id` text NOT NULL,
	`offer_code` text NOT NULL,
	`quantity` integer NOT NULL,
	`support_years` integer DEFAULT 0 NOT NULL,
	`updated_at` integer NOT NULL,
	PRIMARY KEY(`account_id`, `offer_code`),
	FOREIGN KEY (`account_id`) REFERENCES `accounts`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`offer_code`) REFERENCES `offers`(`code`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "cart_item_quantity" CHECK("__new_cart_items"."quantity" between 1 and 100000),
	CONSTRAINT "cart_item_support" CHECK("__new_cart_items"."support_years" between 0 and 3)
);
--> statement-breakpoint
INSERT INTO `__new_cart_items`("account_id", "offer_code", "quantity", "support_years", "updated_at") SELECT "account_id", "offer_code", "quantity", 0, "updated_at" FROM `cart_items`;--> statement-breakpoint
DROP TABLE `cart_items`;--> statement-breakpoint
ALTER TABLE `__new_cart_items` RENAME TO `cart_items`;--> statement-breakpoint
PRAGMA foreign_keys=ON;