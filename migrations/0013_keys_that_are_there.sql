-- A key that was removed activates nothing, whoever asks and however late: a removal and an activation race here.
CREATE TRIGGER activations_key_there BEFORE INSERT ON activations
WHEN NEW.released_at IS NULL AND (SELECT removed_at FROM activation_keys WHERE id = NEW.key_id) IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'activation_key_removed'); END;
--> statement-breakpoint
CREATE TRIGGER activations_key_still_there BEFORE UPDATE OF key_id, released_at ON activations
WHEN NEW.released_at IS NULL AND (NEW.key_id <> OLD.key_id OR OLD.released_at IS NOT NULL)
  AND (SELECT removed_at FROM activation_keys WHERE id = NEW.key_id) IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'activation_key_removed'); END;
