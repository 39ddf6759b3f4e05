package bind

import (
	"slices"
	"strings"
)

// called is the argument that a name which is none most likely means, of those
// that there are: what it was called before, what it is called in other tools
// or elsewhere in the field, or the same word in the plural or the singular.
func called(name string, valid []string) (argument string, ok bool) {
	for _, other := range append(synonyms(name), name+"s", strings.TrimSuffix(name, "s"), strings.TrimSuffix(name, "_id")) {
		if other != name && slices.Contains(valid, other) {
			return other, true
		}
	}
	return "", false
}

// synonyms are other names of what a name stands for, the likeliest first.
func synonyms(name string) []string {
	switch name {
	case "form", "file_format":
		return []string{"format"}
	case "invoice_date", "quote_date", "payment_date":
		return []string{"date"}
	case "due":
		return []string{"due_date"}
	case "client", "vendor", "customer", "supplier", "client_id", "vendor_id":
		return []string{"contact", "client", "vendor"}
	case "contact":
		return []string{"client", "vendor"}
	case "type", "kind", "record":
		return []string{"record_type", "type"}
	case "note", "memo":
		return []string{"notes"}
	case "as_of", "day":
		return []string{"date", "as_of", "period"}
	case "date":
		return []string{"as_of", "period"}
	case "from", "start_date", "date_from":
		return []string{"start"}
	case "to", "until", "end_date", "date_to":
		return []string{"end"}
	default:
		return nil
	}
}
