DROP INDEX `balance_entry_item`;--> statement-breakpoint
CREATE INDEX `balance_entries_item` ON `balance_entries` (`order_item_id`) WHERE "balance_entries"."order_item_id" is not null;--> statement-breakpoint
CREATE UNIQUE INDEX `balance_entry_item` ON `balance_entries` (`order_item_id`) WHERE "balance_entries"."reason" = 'top-up';