CREATE TABLE `provider_charges` (
	`provider` text NOT NULL,
	`provider_order_id` text NOT NULL,
	`provider_subscription_id` text NOT NULL,
	`live` integer NOT NULL,
	`currency` text NOT NULL,
	`total_minor` integer NOT NULL,
	`quantity` integer,
	`charged_at` integer NOT NULL,
	`received_at` integer NOT NULL,
	PRIMARY KEY(`provider`, `provider_order_id`)
);
--> statement-breakpoint
CREATE INDEX `provider_charges_subscription` ON `provider_charges` (`provider_subscription_id`);--> statement-breakpoint
DROP INDEX `invoice_of_order`;--> statement-breakpoint
ALTER TABLE `invoices` ADD `provider_charge_key` text;--> statement-breakpoint
CREATE UNIQUE INDEX `invoice_of_charge` ON `invoices` (`provider_charge_key`) WHERE "invoices"."provider_charge_key" is not null;--> statement-breakpoint
CREATE UNIQUE INDEX `invoice_of_order` ON `invoices` (`order_id`) WHERE "invoices"."kind" = 'invoice' and "invoices"."provider_charge_key" is null;
--> statement-breakpoint
-- An order's own invoice is told from those of the charges that follow it.
DROP TRIGGER order_items_invoice;
--> statement-breakpoint
CREATE TRIGGER order_items_invoice AFTER INSERT ON order_items
WHEN NEW.path <> 'top-up' AND NOT EXISTS
  (SELECT 1 FROM invoices WHERE order_id = NEW.order_id AND kind = 'invoice' AND provider_charge_key IS NULL) BEGIN
  INSERT INTO invoices (account_id, kind, order_id, live, currency, total_minor, tax_minor, bill_to, created_at)
  SELECT o.account_id, 'invoice', o.id, o.live, o.currency, o.total_minor, o.tax_minor, b.named, o.created_at
  FROM orders AS o JOIN order_bill_to AS b ON b.order_id = o.id WHERE o.id = NEW.order_id AND o.total_minor > 0;
  INSERT INTO invoices (account_id, kind, order_id, refund_key, live, currency, total_minor, bill_to, created_at)
  SELECT o.account_id, 'refund', o.id, r.provider || ':' || r.provider_return_id, o.live, r.currency, r.total_minor,
    b.named, r.received_at
  FROM orders AS o JOIN order_bill_to AS b ON b.order_id = o.id
    JOIN refunds AS r ON (r.provider = o.provider AND r.provider_order_id = o.provider_order_id)
      OR r.order_reference_key = o.reference_key
  WHERE o.id = NEW.order_id AND r.total_minor > 0
    AND NOT EXISTS (SELECT 1 FROM invoices AS x WHERE x.refund_key = r.provider || ':' || r.provider_return_id)
  ORDER BY r.received_at, r.provider_return_id;
END;
--> statement-breakpoint
-- Charges that came before the order of their subscription.
CREATE TRIGGER order_items_charges AFTER INSERT ON order_items WHEN NEW.provider_subscription_id IS NOT NULL BEGIN
  INSERT INTO invoices (account_id, kind, order_id, provider_charge_key, live, period, currency, total_minor, bill_to, created_at)
  SELECT o.account_id, 'invoice', o.id, c.provider || ':' || c.provider_order_id, c.live,
    date(c.charged_at / 1000, 'unixepoch'), c.currency, c.total_minor, b.named, c.received_at
  FROM provider_charges AS c JOIN orders AS o ON o.id = NEW.order_id JOIN order_bill_to AS b ON b.order_id = o.id
  WHERE c.provider_subscription_id = NEW.provider_subscription_id
    AND NOT EXISTS (SELECT 1 FROM invoices AS x WHERE x.provider_charge_key = c.provider || ':' || c.provider_order_id)
  ORDER BY c.charged_at, c.provider_order_id;
END;
--> statement-breakpoint
-- A refund of a charge that came after it, and one that came before.
CREATE TRIGGER refunds_invoice_of_charge AFTER INSERT ON refunds WHEN NEW.total_minor > 0 BEGIN
  INSERT INTO invoices (account_id, kind, order_id, refund_key, live, currency, total_minor, bill_to, created_at)
  SELECT i.account_id, 'refund', i.order_id, NEW.provider || ':' || NEW.provider_return_id, i.live, NEW.currency,
    NEW.total_minor, b.named, NEW.received_at
  FROM invoices AS i CROSS JOIN order_bill_to AS b ON b.order_id = i.order_id
  WHERE i.provider_charge_key = NEW.provider || ':' || NEW.provider_order_id;
END;
--> statement-breakpoint
CREATE TRIGGER invoices_refunds AFTER INSERT ON invoices WHEN NEW.provider_charge_key IS NOT NULL BEGIN
  INSERT INTO invoices (account_id, kind, order_id, refund_key, live, currency, total_minor, bill_to, created_at)
  SELECT NEW.account_id, 'refund', NEW.order_id, r.provider || ':' || r.provider_return_id, NEW.live, r.currency,
    r.total_minor, b.named, r.received_at
  FROM provider_charges AS c JOIN refunds AS r ON r.provider = c.provider AND r.provider_order_id = c.provider_order_id
    JOIN order_bill_to AS b ON b.order_id = NEW.order_id
  WHERE c.provider = substr(NEW.provider_charge_key, 1, instr(NEW.provider_charge_key, ':') - 1)
    AND c.provider_order_id = substr(NEW.provider_charge_key, instr(NEW.provider_charge_key, ':') + 1)
    AND r.total_minor > 0
  ORDER BY r.received_at, r.provider_return_id;
END;
--> statement-breakpoint
DROP TRIGGER invoices_no_update;
--> statement-breakpoint
CREATE TRIGGER invoices_no_update BEFORE UPDATE OF number, account_id, kind, order_id, balance_entry_id, charge_id, refund_key,
  provider_charge_key, live, period, currency, total_minor, tax_minor, balance_after_minor, created_at ON invoices
BEGIN SELECT RAISE(ABORT, 'invoices_append_only'); END;
--> statement-breakpoint
-- A charge of a subscription whose order is there.
CREATE TRIGGER provider_charges_invoice AFTER INSERT ON provider_charges BEGIN
  INSERT INTO invoices (account_id, kind, order_id, provider_charge_key, live, period, currency, total_minor, bill_to, created_at)
  SELECT o.account_id, 'invoice', o.id, NEW.provider || ':' || NEW.provider_order_id, NEW.live,
    date(NEW.charged_at / 1000, 'unixepoch'), NEW.currency, NEW.total_minor, b.named, NEW.received_at
  FROM order_items AS i JOIN orders AS o ON o.id = i.order_id JOIN order_bill_to AS b ON b.order_id = o.id
  WHERE i.provider_subscription_id = NEW.provider_subscription_id ORDER BY o.n LIMIT 1;
END;
