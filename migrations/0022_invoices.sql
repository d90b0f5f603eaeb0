CREATE TABLE `invoices` (
	`number` integer PRIMARY KEY NOT NULL,
	`account_id` text NOT NULL,
	`kind` text NOT NULL,
	`order_id` text,
	`balance_entry_id` text,
	`charge_id` text,
	`refund_key` text,
	`live` integer DEFAULT true NOT NULL,
	`period` text DEFAULT '' NOT NULL,
	`currency` text NOT NULL,
	`total_minor` integer NOT NULL,
	`tax_minor` integer DEFAULT 0 NOT NULL,
	`balance_after_minor` integer DEFAULT 0 NOT NULL,
	`bill_to` text NOT NULL,
	`version` integer DEFAULT 1 NOT NULL,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`account_id`) REFERENCES `accounts`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`order_id`) REFERENCES `orders`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`balance_entry_id`) REFERENCES `balance_entries`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`charge_id`) REFERENCES `charges`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "invoice_kind" CHECK("invoices"."kind" in ('invoice', 'payment', 'refund')),
	CONSTRAINT "invoice_total" CHECK("invoices"."total_minor" > 0 and "invoices"."tax_minor" >= 0)
);
--> statement-breakpoint
CREATE UNIQUE INDEX `invoice_of_order` ON `invoices` (`order_id`) WHERE "invoices"."kind" = 'invoice';--> statement-breakpoint
CREATE UNIQUE INDEX `invoice_of_entry` ON `invoices` (`balance_entry_id`);--> statement-breakpoint
CREATE UNIQUE INDEX `invoice_of_refund` ON `invoices` (`refund_key`);--> statement-breakpoint
CREATE INDEX `invoices_order` ON `invoices` (`order_id`);--> statement-breakpoint
CREATE INDEX `invoices_created` ON `invoices` (`account_id`,`created_at`,`number`);--> statement-breakpoint
CREATE INDEX `invoices_kind` ON `invoices` (`account_id`,`kind`,`number`);--> statement-breakpoint
CREATE INDEX `invoices_period` ON `invoices` (`account_id`,`period`,`number`);--> statement-breakpoint
CREATE INDEX `invoices_total` ON `invoices` (`account_id`,`total_minor`,`number`);--> statement-breakpoint
CREATE INDEX `invoices_balance` ON `invoices` (`account_id`,`balance_after_minor`,`number`);
--> statement-breakpoint
-- Whom a document names, as the account's data are at that moment.
CREATE VIEW account_bill_to AS SELECT a.id AS account_id, json_object(
  'name', a.name, 'billingFirstName', a.billing_first_name, 'billingLastName', a.billing_last_name,
  'billingEmail', CASE WHEN a.billing_email = '' THEN a.email ELSE a.billing_email END, 'vatNumber', a.vat_number,
  'addressLine1', a.address_line_1, 'addressLine2', a.address_line_2, 'addressLine3', a.address_line_3,
  'zip', a.zip, 'city', coalesce(a.city, ''), 'country', coalesce(a.country, '')) AS named FROM accounts AS a;
--> statement-breakpoint
-- An order's documents name the buyer and the place that the order names; the street is the account's where it fits.
CREATE VIEW order_bill_to AS SELECT o.id AS order_id, json_set(b.named,
  '$.name', CASE WHEN coalesce(c.company, '') = '' THEN o.name ELSE c.company END, '$.billingFirstName', c.first_name,
  '$.billingLastName', c.last_name, '$.billingEmail', o.email, '$.zip', coalesce(o.postal_code, ''),
  '$.city', coalesce(o.city, ''), '$.country', coalesce(o.country, ''),
  '$.addressLine1', iif(a.zip = o.postal_code, a.address_line_1, ''),
  '$.addressLine2', iif(a.zip = o.postal_code, a.address_line_2, ''),
  '$.addressLine3', iif(a.zip = o.postal_code, a.address_line_3, '')) AS named
FROM orders AS o JOIN contacts AS c ON c.id = o.contact_id JOIN accounts AS a ON a.id = o.account_id
  JOIN account_bill_to AS b ON b.account_id = o.account_id;
--> statement-breakpoint
-- What paid into a balance is told by the path of its item from now on.
UPDATE order_items SET path = 'top-up' WHERE order_id IN (SELECT order_id FROM balance_entries WHERE reason = 'top-up');
--> statement-breakpoint
-- A line of the ledger: a month is invoiced, money was paid in, money went back.
CREATE TRIGGER balance_entries_invoice AFTER INSERT ON balance_entries BEGIN
  INSERT INTO invoices (account_id, kind, order_id, balance_entry_id, charge_id, live, period, currency, total_minor,
    balance_after_minor, bill_to, created_at)
  SELECT NEW.account_id, CASE NEW.reason WHEN 'charge' THEN 'invoice' WHEN 'top-up' THEN 'payment' ELSE 'refund' END,
    NEW.order_id, NEW.id, NEW.charge_id, coalesce((SELECT o.live FROM orders AS o WHERE o.id = NEW.order_id), 1),
    coalesce((SELECT c.period FROM charges AS c WHERE c.id = NEW.charge_id), ''), NEW.currency, abs(NEW.amount_minor),
    NEW.balance_after_minor, b.named, NEW.created_at
  FROM account_bill_to AS b WHERE b.account_id = NEW.account_id;
END;
--> statement-breakpoint
-- A refund of an order that is there; of what was paid into a balance, the ledger tells.
CREATE TRIGGER refunds_invoice AFTER INSERT ON refunds BEGIN
  INSERT INTO invoices (account_id, kind, order_id, refund_key, live, currency, total_minor, bill_to, created_at)
  SELECT o.account_id, 'refund', o.id, NEW.provider || ':' || NEW.provider_return_id, o.live, NEW.currency,
    NEW.total_minor, b.named, NEW.received_at
  FROM orders AS o JOIN order_bill_to AS b ON b.order_id = o.id
  WHERE NEW.total_minor > 0
    AND ((o.provider = NEW.provider AND o.provider_order_id = NEW.provider_order_id) OR o.reference_key = NEW.order_reference_key)
    AND EXISTS (SELECT 1 FROM order_items AS i WHERE i.order_id = o.id AND i.path <> 'top-up');
END;
--> statement-breakpoint
-- The first item of an order that came in, unless it pays into a balance; refunds may have been told before.
CREATE TRIGGER order_items_invoice AFTER INSERT ON order_items
WHEN NEW.path <> 'top-up' AND NOT EXISTS (SELECT 1 FROM invoices WHERE order_id = NEW.order_id AND kind = 'invoice') BEGIN
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
-- What was there before documents were made gets its own, the oldest first.
INSERT INTO invoices (account_id, kind, order_id, balance_entry_id, charge_id, refund_key, live, period, currency, total_minor,
  tax_minor, balance_after_minor, bill_to, created_at)
SELECT d.account_id, d.kind, d.order_id, d.balance_entry_id, d.charge_id, d.refund_key, d.live, d.period, d.currency,
  d.total_minor, d.tax_minor, d.balance_after_minor, coalesce(ob.named, b.named), d.created_at
FROM (
  SELECT account_id, 'invoice' AS kind, id AS order_id, NULL AS balance_entry_id, NULL AS charge_id, NULL AS refund_key, live,
    '' AS period, currency, total_minor, tax_minor, 0 AS balance_after_minor, created_at
  FROM orders AS o WHERE total_minor > 0 AND NOT EXISTS (SELECT 1 FROM balance_entries AS e WHERE e.order_id = o.id)
  UNION ALL
  SELECT e.account_id, CASE e.reason WHEN 'charge' THEN 'invoice' WHEN 'top-up' THEN 'payment' ELSE 'refund' END, e.order_id,
    e.id, e.charge_id, NULL, coalesce(o.live, 1), coalesce(c.period, ''), e.currency, abs(e.amount_minor), 0,
    e.balance_after_minor, e.created_at
  FROM balance_entries AS e LEFT JOIN orders AS o ON o.id = e.order_id LEFT JOIN charges AS c ON c.id = e.charge_id
  UNION ALL
  SELECT o.account_id, 'refund', o.id, NULL, NULL, r.provider || ':' || r.provider_return_id, o.live, '', r.currency,
    r.total_minor, 0, 0, r.received_at
  FROM refunds AS r JOIN orders AS o ON (o.provider = r.provider AND o.provider_order_id = r.provider_order_id)
    OR o.reference_key = r.order_reference_key
  WHERE r.total_minor > 0 AND NOT EXISTS (SELECT 1 FROM balance_entries AS e WHERE e.order_id = o.id)
) AS d JOIN account_bill_to AS b ON b.account_id = d.account_id
  LEFT JOIN order_bill_to AS ob ON ob.order_id = d.order_id AND d.balance_entry_id IS NULL ORDER BY d.created_at, d.kind;
--> statement-breakpoint
CREATE TRIGGER invoices_no_delete BEFORE DELETE ON invoices
BEGIN SELECT RAISE(ABORT, 'invoices_append_only'); END;
--> statement-breakpoint
CREATE TRIGGER invoices_no_gap BEFORE INSERT ON invoices
WHEN NEW.number IS NOT NULL AND NEW.number <> -1 AND NEW.number <> (SELECT coalesce(max(number), 0) + 1 FROM invoices)
BEGIN SELECT RAISE(ABORT, 'invoices_no_gap'); END;
--> statement-breakpoint
CREATE TRIGGER invoices_no_update BEFORE UPDATE OF number, account_id, kind, order_id, balance_entry_id, charge_id, refund_key,
  live, period, currency, total_minor, tax_minor, balance_after_minor, created_at ON invoices
BEGIN SELECT RAISE(ABORT, 'invoices_append_only'); END;
