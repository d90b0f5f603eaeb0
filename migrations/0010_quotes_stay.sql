-- What somebody was quoted stays as it was said: only what became of it changes.
CREATE TRIGGER quotes_fixed
BEFORE UPDATE OF id, account_id, currency, total_minor, quoted_on, valid_until, items, licenses, prices ON quotes
BEGIN SELECT RAISE(ABORT, 'quotes_fixed'); END;
--> statement-breakpoint
CREATE TRIGGER quotes_applied_stay BEFORE UPDATE OF state ON quotes
WHEN OLD.state = 'applied' AND NEW.state NOT IN ('applied', 'refunded')
BEGIN SELECT RAISE(ABORT, 'quotes_applied_stay'); END;
--> statement-breakpoint
CREATE TRIGGER quote_lines_no_update BEFORE UPDATE ON quote_lines
BEGIN SELECT RAISE(ABORT, 'quote_lines_fixed'); END;
