package fisklapi

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"unicode"

	"github.com/fiskl-mcp/fiskl-mcp/schemas"
)

// meanwhile says what somebody else changed in a record between its reading
// and an update of it, which writes all of it back. The record's history
// tells: its entry of this update has, as the value before, what was read, or
// else what came between. A credential that may not read it sees nothing.
func (c *Client) meanwhile(ctx context.Context, op Operation, key schemas.ID, read map[string]json.RawMessage, changes fields) []string {
	kind := map[Operation]schemas.RecordType{OpUpdateClient: "client", OpUpdateVendor: "vendor", OpUpdateProduct: "product", OpUpdateInvoice: "invoice"}[op]
	history, err := c.Audit.Of(ctx, kind, key)
	if err != nil {
		return nil // the update is done all the same
	}
	own := slices.IndexFunc(history, func(entry schemas.RecordChange) bool { return isOwn(entry, changes) })
	if own < 0 {
		return nil
	}
	var found []string
	for _, f := range history[own].Changes {
		was, known := shownValue(read[f.Field])
		set, isSet := changes[f.Field]
		switch {
		case known && f.Before != was:
			found = append(found, overtaken(f, was, set, isSet, by(history[own+1:], f))...)
		case !known && !isSet && !sameDigits(read[f.Field], f.Before) && putBack(history[own+1:], f):
			found = append(found, overtaken(f, f.After, set, isSet, by(history[own+1:], f))...)
		}
	}
	return found
}

// overtaken tells of a field that somebody changed from what was read, and that
// the update set or put back.
func overtaken(f schemas.FieldChange, was string, set any, isSet bool, by string) []string {
	switch {
	case !isSet && f.After == was:
		return []string{fmt.Sprintf("%s was changed to %s%s while this was under way, and the update put back what had been read before, %s. Ask which is right, and set it",
			argument(f.Field), orNothing(f.Before), by, orNothing(was))}
	case isSet && oneOf(set):
		return []string{fmt.Sprintf("%s had been changed from %s to %s%s while this was under way; it is what was asked for now",
			argument(f.Field), orNothing(was), orNothing(f.Before), by)}
	default:
		return nil
	}
}

// isOwn reports an entry of the history that has a change which was asked for.
func isOwn(entry schemas.RecordChange, changes fields) bool {
	return slices.ContainsFunc(entry.Changes, func(f schemas.FieldChange) bool {
		set, ok := changes[f.Field]
		if !ok {
			return false
		}
		b, err := json.Marshal(set)
		if err != nil {
			return false
		}
		is, known := shownValue(b)
		return !known || is == f.After
	})
}

// putBack reports a field that an update had back as it was before somebody
// changed it. Of numbers and lines that is all that can be told: in what form the
// history shows them is not documented.
func putBack(older []schemas.RecordChange, f schemas.FieldChange) bool {
	return slices.ContainsFunc(older, func(entry schemas.RecordChange) bool {
		return slices.ContainsFunc(entry.Changes, func(c schemas.FieldChange) bool {
			return c.Field == f.Field && c.After == f.Before && c.Before == f.After && c.Before != c.After
		})
	})
}

// sameDigits reports a number or ids as the history shows them: 24000 for 240.00.
func sameDigits(raw json.RawMessage, shown string) bool {
	return digitsOf(string(raw)) == digitsOf(shown)
}

func digitsOf(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsDigit(r) {
			return r
		}
		return -1
	}, s)
}

// oneOf reports a new value whose form the history writes as it is sent.
func oneOf(v any) bool {
	switch v.(type) {
	case string, []string, schemas.Date:
		return true
	default:
		return false
	}
}

// shownValue is a text or a list of texts as the history shows it (inferred);
// not known for other values, whose form it is not documented in.
func shownValue(raw json.RawMessage) (string, bool) {
	if bareValue(raw) {
		return "", true
	}
	var one string
	if json.Unmarshal(raw, &one) == nil {
		return schemas.Excerpt(one), true
	}
	var several []string
	if json.Unmarshal(raw, &several) == nil {
		return schemas.Excerpt(strings.Join(several, "; ")), true
	}
	return "", false
}

// by says who changed a field to what it was before, and when.
func by(older []schemas.RecordChange, f schemas.FieldChange) string {
	for _, entry := range older {
		for _, change := range entry.Changes {
			if change.Field == f.Field && change.After == f.Before {
				return fmt.Sprintf(" (by %s, %s)", schemas.Quoted(entry.Actor, nameLength), entry.At)
			}
		}
	}
	return ""
}

func orNothing(s string) string {
	if s == "" {
		return "nothing"
	}
	return schemas.Quoted(schemas.OneLine(s), 100)
}
