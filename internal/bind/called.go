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
	contact := []string{"contact", "client", "vendor"}
	return map[string][]string{
		"form": {"format"}, "file_format": {"format"},
		"invoice_date": {"date"}, "quote_date": {"date"}, "payment_date": {"date"}, "due": {"due_date"},
		"client": contact, "vendor": contact, "customer": contact, "supplier": contact, "client_id": contact, "vendor_id": contact, "contact": contact,
		"type": {"record_type", "type"}, "kind": {"record_type", "type"}, "record": {"record_type", "type"},
		"note": {"notes"}, "memo": {"notes"},
		"as_of": {"date", "as_of", "period"}, "day": {"date", "as_of", "period"}, "date": {"as_of", "period"},
		"from": {"start"}, "start_date": {"start"}, "date_from": {"start"},
		"to": {"end"}, "until": {"end"}, "end_date": {"end"}, "date_to": {"end"},
	}[name]
}
