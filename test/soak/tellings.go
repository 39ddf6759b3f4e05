package main

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/fiskl-mcp/fiskl-mcp/fisklapi"
	"github.com/fiskl-mcp/fiskl-mcp/internal/journal"
)

// tellings holds what every model was told of its tries against what Fiskl did.
func (e *evidence) tellings(v *verdict, entries map[string]journal.Entry, made map[string][]change) {
	there := make(map[string]bool) // references of invoices in the books
	for _, i := range e.invoices {
		there[i.ExternalID] = true
	}
	for _, name := range slices.Sorted(maps.Keys(e.tries)) {
		t := e.tries[name]
		entry, written := entries[name]
		did := e.effects[name] > 0
		if written && entry.Write.Operation == fisklapi.OpCreateInvoice {
			did = there[entry.Write.Reference]
		}
		switch {
		case !t.passed:
		case (t.told == done || t.told == lostDone) && !did:
			v.toldDone = append(v.toldDone, fmt.Sprintf("%s of try %s: %s", t.wish.kind, name, t.told))
		case strings.HasPrefix(t.wish.kind, "update") && len(made[name]) == 0: // all was so already
		case (t.told == otherwise || t.told == failed || t.told == refused) && e.effects[name] > 0:
			v.toldNot = append(v.toldNot, fmt.Sprintf("%s of try %s: %s", t.wish.kind, name, t.told))
		}
	}
}
