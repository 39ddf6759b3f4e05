package learn

import (
	"maps"
	"slices"
	"strings"

	"github.com/fiskl-mcp/fiskl-mcp/fisklapi"
	"github.com/fiskl-mcp/fiskl-mcp/internal/dialect"
)

// accountWords decides what the types of accounts mean by where the accounts
// stand in the reports.
func (s *session) accountWords() {
	const op = fisklapi.OpListAccounts
	unknown, known := s.strange(op, "type")
	if len(unknown) == 0 {
		return
	}
	stands := s.stands()
	for _, word := range slices.Sorted(maps.Keys(unknown)) {
		where := make(map[string]int)
		for _, row := range unknown[word] {
			if kind := stands[text(row, "id")]; kind != "" {
				where[kind]++
			}
		}
		if len(where) != 1 {
			continue
		}
		for kind := range where {
			if !known[kind] {
				s.learned(op, "account", word, kind, "such accounts stand in the reports only there")
				known[kind] = true
			}
		}
	}
	s.leftWords(op, "type", "account")
}

// stands are the types of accounts by the sections in which they stand.
func (s *session) stands() map[string]string {
	all := make(map[string]string)
	for _, report := range []fisklapi.Operation{fisklapi.OpGetBalanceSheet, fisklapi.OpGetProfitAndLoss} {
		r := s.readings[report]
		if !r.sound() {
			continue
		}
		totals, sections := r.ours[0].Get("totals"), r.ours[0].Get("sections")
		if totals == nil || sections == nil {
			continue
		}
		kinds := kindsOf(report, totals, sections.Items)
		for i := range sections.Items {
			rows := sections.Items[i].Get("rows")
			for k := 0; rows != nil && k < len(rows.Items); k++ {
				if id := text(&rows.Items[k], "accountId"); id != "" && kinds[i] != "" {
					all[id] = kinds[i]
				}
			}
		}
	}
	return all
}

// kindsOf are the types of accounts in the sections of a statement. They stand
// in its order, and add up to its totals.
func kindsOf(op fisklapi.Operation, totals *dialect.Node, sections []dialect.Node) []string {
	kinds := make([]string, len(sections))
	if op == fisklapi.OpGetProfitAndLoss {
		for i := range sections {
			t, _ := amount(&sections[i], "total")
			revenue, ok := amount(totals, "revenue")
			name := strings.ToLower(text(&sections[i], "name"))
			switch {
			case ok && t == revenue:
				kinds[i] = "Income"
			case strings.Contains(name, "expense") || strings.Contains(name, "cost"):
				kinds[i] = "Expenses"
			}
		}
		return kinds
	}
	at := 0
	for _, kind := range []struct{ total, kind string }{{"assets", "Assets"}, {"liabilities", "Liabilities"}, {"equity", "Equity"}} {
		want, ok := amount(totals, kind.total)
		var sum int64
		start := at
		for ok && at < len(sections) && (sum != want || at == start) {
			t, _ := amount(&sections[at], "total")
			sum += t
			at++
		}
		if !ok || sum != want {
			return make([]string, len(sections))
		}
		for i := start; i < at; i++ {
			kinds[i] = kind.kind
		}
	}
	return kinds
}
