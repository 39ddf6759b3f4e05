package contract

import (
	"encoding/json"
	"net/url"
)

// fill finds what an operation has to be asked with in the answers to others.
// lacks names what cannot be had.
func (p *probe) fill(i inquiry) (ids []string, query url.Values, lacks string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	known := p.known(i)
	for _, name := range i.ids {
		if known[name] == "" {
			return nil, nil, "record"
		}
		ids = append(ids, known[name])
	}
	query = make(url.Values)
	for _, name := range i.query {
		if known[name] == "" {
			return nil, nil, name
		}
		query.Set(name, known[name])
	}
	return ids, query, ""
}

// known are the values that parameters can have. The caller holds the lock.
func (p *probe) known(i inquiry) map[string]string {
	known := map[string]string{"clientId": text(first(p.found["/v1/clients"]), "id")}
	row := first(p.found[i.list()])
	known["id"], known["type"] = text(row, "id"), text(row, "type")
	if known["type"] != "" && text(row, "recordId") != "" {
		known["id"] = text(row, "recordId") // a change tells of a record, and is none
	}
	for _, period := range rows(p.found["/v1/date-periods"]) {
		if start, end := text(period, "start"), text(period, "end"); known["start"] == "" || start < known["start"] {
			known["start"], known["end"] = start, end
		}
	}
	return known
}

// rows are the records of a list, also of one that came wrapped.
func rows(found any) []map[string]any {
	if wrapper, is := found.(map[string]any); is {
		for _, member := range wrapper {
			if _, is := member.([]any); is {
				found = member
			}
		}
	}
	list, _ := found.([]any)
	var all []map[string]any
	for _, one := range list {
		if row, is := one.(map[string]any); is {
			all = append(all, row)
		}
	}
	return all
}

func first(found any) map[string]any {
	if all := rows(found); len(all) > 0 {
		return all[0]
	}
	return nil
}

// text is a field as a parameter has it; empty when there is none.
func text(row map[string]any, name string) string {
	switch v := row[name].(type) {
	case string:
		return v
	case json.Number:
		return v.String()
	default:
		return ""
	}
}
