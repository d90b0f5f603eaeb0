DROP INDEX `licenses_activation_key`;--> statement-breakpoint
CREATE INDEX `licenses_free` ON `licenses` (`activation_key_id`,`product_code`,(ends_on is null),`ends_on`) WHERE computer_id is null;--> statement-breakpoint
CREATE INDEX `licenses_activation_key` ON `licenses` (`activation_key_id`,`product_code`,(ends_on is null),`ends_on`);