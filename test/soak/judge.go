package main

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/fiskl-mcp/fiskl-mcp/fisklapi"
	"github.com/fiskl-mcp/fiskl-mcp/internal/journal"
)

// verdict is what holding the journal against the books comes to. What is
// wrong is listed one by one.
type verdict struct {
	duplicates  []string // made twice though it was wished for once
	lost        []string // the journal says done, or not done, and the books say otherwise
	unjournaled []string // in the books without exactly one entry
	open        []string // entries without an end
	toldDone    []string // told as done, and not done
	toldNot     []string // done, and told as not done
	unseen      []string // e-mailed to whom nobody was shown
	over        []string // days with more than the limits allow
	outcomes    map[fisklapi.Outcome]int
	settled     map[fisklapi.Outcome]int // of those entries whose end was not known at first
	unknown     map[string]int           // what stayed unknown, by tool
	changes     int                      // in the books
	idle        int                      // done, and changed nothing because it was so already
	resent      int                      // invoices e-mailed more than once for one wish
}

func (v verdict) wrong() int {
	return len(v.duplicates) + len(v.lost) + len(v.unjournaled) + len(v.open) + len(v.over) + len(v.toldDone) + len(v.toldNot) + len(v.unseen)
}

// judge holds the journal against the books, line by line.
func (e *evidence) judge() verdict {
	v := verdict{outcomes: make(map[fisklapi.Outcome]int), settled: make(map[fisklapi.Outcome]int), unknown: make(map[string]int)}
	entries := e.byTry(&v)
	made := e.byChange(&v, entries)
	for _, entry := range e.entries {
		v.entry(entry, e, made)
	}
	e.twice(&v, made)
	e.undone(&v)
	e.tellings(&v, entries, made)
	v.unseen = e.unseen
	e.limits(&v)
	return v
}

// limits counts what was or may have been done a day.
func (e *evidence) limits(v *verdict) {
	days := make(map[string]int)
	for _, entry := range e.entries {
		kind := map[fisklapi.Operation]string{
			fisklapi.OpSendInvoice: "sent invoices", fisklapi.OpRecordPayment: "payments", fisklapi.OpMarkInvoicePaid: "payments",
		}[entry.Write.Operation]
		if kind != "" && entry.Result.Outcome != fisklapi.NotDone {
			days[kind+" on "+entry.Begun.Format(time.DateOnly)]++ // in winter London's day is that of UTC
		}
	}
	for _, day := range slices.Sorted(maps.Keys(days)) {
		if days[day] > maxADay {
			v.over = append(v.over, fmt.Sprintf("%d %s", days[day], day))
		}
	}
}

// byTry finds the entry of each try, of which there must be one at most.
func (e *evidence) byTry(v *verdict) map[string]journal.Entry {
	entries := make(map[string]journal.Entry, len(e.entries))
	for _, entry := range e.entries {
		if _, there := entries[entry.Arguments]; there {
			v.unjournaled = append(v.unjournaled, fmt.Sprintf("try %s has two entries", entry.Arguments))
		}
		entries[entry.Arguments] = entry
	}
	return entries
}

// byChange counts what each try changed. Whatever was carried out at Fiskl
// must have an entry. Several lines of the audit trail at one moment are one
// change: a payment changes its invoice too.
func (e *evidence) byChange(v *verdict, entries map[string]journal.Entry) map[string][]change {
	for _, t := range e.arrivals {
		if _, there := entries[t.name]; !there {
			v.unjournaled = append(v.unjournaled, fmt.Sprintf("%s of try %s was sent without an entry", t.wish.kind, t.name))
		}
	}
	made := make(map[string][]change)
	var last time.Time
	for _, c := range e.changes {
		if c.At.Equal(last) {
			continue
		}
		last = c.At
		if e.others[c.At.Unix()] {
			continue
		}
		v.changes++
		t, there := e.arrivals[c.At.Unix()]
		if !there {
			v.unjournaled = append(v.unjournaled, fmt.Sprintf("%s %s %s at %s belongs to no try", c.Action, c.Type, c.RecordID, c.At))
			continue
		}
		made[t.name] = append(made[t.name], c)
	}
	return made
}

// entry holds one entry against what its try changed.
func (v *verdict) entry(entry journal.Entry, e *evidence, made map[string][]change) {
	if entry.Open() {
		v.open = append(v.open, about(entry))
		return
	}
	outcome, changes := entry.Result.Outcome, len(made[entry.Arguments])
	v.outcomes[outcome]++
	if t := e.tries[entry.Arguments]; t != nil && t.unclear() {
		v.settled[outcome]++
		v.told(entry, t)
	}
	switch {
	case outcome == fisklapi.Unknown:
		v.unknown[entry.Tool]++
	case elsewhere(entry.Write.Operation):
	case changes == 0 && e.idle(entry):
		v.idle++
	case changes != map[fisklapi.Outcome]int{fisklapi.Done: 1}[outcome]:
		v.lost = append(v.lost, fmt.Sprintf("%s, and %d changes were made", about(entry), changes))
	}
}

// told holds what the model was told at once against what was written down.
func (v *verdict) told(entry journal.Entry, t *try) {
	if t.told == lostDone && t.first == fisklapi.Unknown && !elsewhere(entry.Write.Operation) {
		v.lost = append(v.lost, about(entry)+", and its model was told at once that it is done")
	}
}

// elsewhere reports what is not judged one by one: invoices are held together
// by their reference, and of feature requests Fiskl keeps no trail.
func elsewhere(op fisklapi.Operation) bool {
	return op == fisklapi.OpCreateInvoice || op == fisklapi.OpCreateFeatureRequest
}

// idle reports an update that was carried out and found everything as it was to
// be, of which the audit trail does not tell.
func (e *evidence) idle(entry journal.Entry) bool {
	return entry.Result.Outcome == fisklapi.Done && strings.HasPrefix(string(entry.Write.Operation), "update") && e.carriedOut[entry.Arguments]
}

func about(entry journal.Entry) string {
	w := entry.Write
	return fmt.Sprintf("%s %s of try %s at %s: %s (%s)", entry.Tool, w.Name+w.Reference, entry.Arguments, entry.Begun.Format(time.DateTime), entry.Result.Outcome, entry.Result.Found)
}

// undone looks for changes of which the books no longer tell though nobody
// changed the field after them: another change took them back.
func (e *evidence) undone(v *verdict) {
	last := make(map[setting]*try) // by what it sets, without the value
	for _, second := range slices.Sorted(maps.Keys(e.arrivals)) {
		if t := e.arrivals[second]; t.wish.sets.field != "" {
			what := t.wish.sets
			what.value = ""
			last[what] = t
		}
	}
	var undone []string
	for _, t := range last {
		if s := t.wish.sets; !e.contacts[s] {
			undone = append(undone, fmt.Sprintf("%s of try %s set the %s of %s, which is otherwise", t.wish.kind, t.name, s.field, s.id))
		}
	}
	v.lost = append(v.lost, slices.Sorted(slices.Values(undone))...)
}

// twice looks for what was made twice.
func (e *evidence) twice(v *verdict, made map[string][]change) {
	there := make(map[string]int) // invoices, by reference
	for _, i := range e.invoices {
		there[i.ExternalID]++
	}
	done := make(map[string]int) // entries that say so
	for _, entry := range e.entries {
		if entry.Write.Reference != "" && entry.Result.Outcome == fisklapi.Done {
			done[entry.Write.Reference]++
		}
	}
	all := maps.Clone(there)
	maps.Copy(all, done)
	for _, r := range slices.Sorted(maps.Keys(all)) {
		if there[r] > 1 {
			v.duplicates = append(v.duplicates, fmt.Sprintf("%d invoices under reference %s", there[r], r))
		}
		if there[r] != done[r] {
			v.lost = append(v.lost, fmt.Sprintf("%d invoices under reference %s, and the journal says done %d times", there[r], r, done[r]))
		}
	}
	e.wishes(v, made)
}

// wishes counts what came of each wish.
func (e *evidence) wishes(v *verdict, made map[string][]change) {
	once, sent := make(map[string]int), make(map[int]int)
	for name, changes := range made {
		w := e.tries[name].wish
		if w.once != "" {
			once[w.once] += len(changes)
		}
		if w.kind == "send_invoice" {
			sent[w.id] += len(changes)
		}
	}
	for _, what := range slices.Sorted(maps.Keys(once)) {
		if once[what] > 1 {
			v.duplicates = append(v.duplicates, fmt.Sprintf("%s was made %d times", what, once[what]))
		}
	}
	for _, n := range sent {
		if n > 1 {
			v.resent++
		}
	}
}
