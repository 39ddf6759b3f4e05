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
		did := e.effects[name] > 0
		if entry := entries[name]; entry.Write.Operation == fisklapi.OpCreateInvoice {
			did = there[entry.Write.Reference]
		}
		told := fmt.Sprintf("%s of try %s: %s", t.wish.kind, name, t.told)
		switch {
		case !t.passed:
		case t.saysDone() && !did:
			v.toldDone = append(v.toldDone, told)
		case t.saysNot() && t.changes(made[name]) && e.effects[name] > 0:
			v.toldNot = append(v.toldNot, told)
		}
	}
}

// saysDone and saysNot are what the model was told: that it was carried out, or
// that nothing was changed.
func (t *try) saysDone() bool { return t.told == done || t.told == lostDone }

func (t *try) saysNot() bool { return t.told == otherwise || t.told == failed || t.told == refused }

// changes reports a try that was to change something: an update may find all as
// it should be.
func (t *try) changes(made []change) bool {
	return !strings.HasPrefix(t.wish.kind, "update") || len(made) > 0
}
