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

// kindsOf are the types of accounts in the sections of a statement.
func kindsOf(op fisklapi.Operation, totals *dialect.Node, sections []dialect.Node) []string {
	if op == fisklapi.OpGetProfitAndLoss {
		return profitKinds(totals, sections)
	}
	kinds := make([]string, 0, len(sections))
	for _, kind := range []struct{ total, kind string }{{"assets", "Assets"}, {"liabilities", "Liabilities"}, {"equity", "Equity"}} {
		n, ok := addingUp(totals, kind.total, sections[len(kinds):])
		if !ok {
			return make([]string, len(sections))
		}
		for range n {
			kinds = append(kinds, kind.kind)
		}
	}
	return append(kinds, make([]string, len(sections)-len(kinds))...)
}

func profitKinds(totals *dialect.Node, sections []dialect.Node) []string {
	kinds := make([]string, len(sections))
	revenue, known := amount(totals, "revenue")
	for i := range sections {
		total, _ := amount(&sections[i], "total")
		name := strings.ToLower(text(&sections[i], "name"))
		switch {
		case known && total == revenue:
			kinds[i] = "Income"
		case strings.Contains(name, "expense") || strings.Contains(name, "cost"):
			kinds[i] = "Expenses"
		}
	}
	return kinds
}

// addingUp is how many of the sections, from the first, add up to a total.
func addingUp(totals *dialect.Node, name string, sections []dialect.Node) (int, bool) {
	want, ok := amount(totals, name)
	var sum int64
	for i := range sections {
		total, _ := amount(&sections[i], "total")
		if sum += total; ok && sum == want {
			return i + 1, true
		}
	}
	return 0, false
}
