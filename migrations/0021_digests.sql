CREATE INDEX `account_products_over` ON `account_products` (`account_id`) WHERE active_computers > server_licenses;--> statement-breakpoint
CREATE INDEX `activation_keys_over` ON `activation_keys` (`id`) WHERE active_computers > computer_limit and removed_at is null;--> statement-breakpoint
CREATE INDEX `job_runs_expires` ON `job_runs` (`started_at`);--> statement-breakpoint
CREATE TRIGGER report_recipients_leave AFTER DELETE ON report_recipients BEGIN
  DELETE FROM outbox WHERE state = 'pending' AND template IN ('report', 'report-confirmation') AND params ->> '$.recipientId' = OLD.id;
END;
--> statement-breakpoint
CREATE TRIGGER reports_leave AFTER DELETE ON reports BEGIN
  DELETE FROM outbox WHERE state = 'pending' AND template = 'report-test' AND params ->> '$.reportId' = OLD.id;
END;
