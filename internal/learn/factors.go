package learn

import (
	"math"
	"strings"

	"github.com/fiskl-mcp/fiskl-mcp/fisklapi"
	"github.com/fiskl-mcp/fiskl-mcp/internal/dialect"
)

// learnFactors finds out in which unit the numbers are that are no money.
func (s *session) learnFactors() {
	for _, op := range []fisklapi.Operation{fisklapi.OpGetInvoice, fisklapi.OpGetQuote} {
		s.factor(op, "items", "quantity", func(line *dialect.Node) (float64, bool) {
			net, okNet := amount(line, "net")
			price, okPrice := amount(line, "price")
			return float64(net) / float64(price), okNet && okPrice && price != 0 && net != 0
		})
		for _, path := range []string{"taxes", "items.taxes"} {
			s.factor(op, path, "rate", func(tax *dialect.Node) (float64, bool) { return percent(tax, "amount") })
		}
		s.lineRates(op)
	}
	s.factor(fisklapi.OpGetTaxReport, "agencies.sections.rows", "rate", func(row *dialect.Node) (float64, bool) { return percent(row, "tax") })
	s.factor(fisklapi.OpGetFinancialRatios, "ratios", "value", quotient)
	rates := s.rates()
	s.factor(fisklapi.OpListTaxes, "", "rate", func(tax *dialect.Node) (float64, bool) {
		v, ok := rates[text(tax, "id")]
		if !ok {
			v, ok = rates[text(tax, "name")]
		}
		return v, ok
	})
	s.factor(fisklapi.OpGetTax, "", "rate", s.listedRate)
}

// listedRate is the rate that the list has of a tax, once the list's own factor
// is known: a tax that is on no document has no amount beside it.
func (s *session) listedRate(tax *dialect.Node) (float64, bool) {
	list := s.readings[fisklapi.OpListTaxes]
	if list == nil {
		return 0, false
	}
	for _, row := range below(list, "") {
		if v, ok := decimal(row, "rate"); ok && v != 0 && text(row, "id") == text(tax, "id") {
			return v, true
		}
	}
	return 0, false
}

// percent is what an amount is of the net amount, of which it is the tax.
func percent(row *dialect.Node, part string) (float64, bool) {
	p, okPart := amount(row, part)
	w, okWhole := amount(row, "net")
	return 100 * float64(p) / float64(w), okPart && okWhole && p != 0 && math.Abs(float64(w)) >= 1000
}

// quotient is the value of a ratio that is one amount divided by another.
func quotient(ratio *dialect.Node) (float64, bool) {
	inputs := ratio.Get("inputs")
	if inputs == nil || len(inputs.Items) != 2 || strings.ContainsAny(text(ratio, "formula"), "*×+-()") || strings.Count(text(ratio, "formula"), "/") != 1 {
		return 0, false
	}
	a, okA := amount(&inputs.Items[0], "amount")
	b, okB := amount(&inputs.Items[1], "amount")
	return float64(a) / float64(b), okA && okB && a != 0 && b != 0
}

// lineRates holds the rate of a line's only tax against the line itself, for
// the tax of a line may not say of which amount it is.
func (s *session) lineRates(op fisklapi.Operation) {
	const path = "items.taxes.rate"
	r := s.readings[op]
	if !r.sound() || r.mapping.Factors[path] != 0 {
		return
	}
	var pairs [][2]float64
	for _, line := range below(r, "items") {
		taxes := line.Get("taxes")
		if taxes == nil || len(taxes.Items) != 1 {
			continue
		}
		rate, okRate := decimal(&taxes.Items[0], "rate")
		if want, ok := percent(line, "tax"); ok && okRate {
			pairs = append(pairs, [2]float64{rate, want})
		}
	}
	s.scaled(r, path, pairs)
}

// rates are the rates of taxes as the amounts of invoices and of the tax report
// tell them.
func (s *session) rates() map[string]float64 {
	all := make(map[string]float64)
	note := func(row *dialect.Node, rate float64, ok bool) {
		for _, name := range []string{"taxId", "name"} {
			if v := text(row, name); v != "" && ok {
				all[v] = rate
			}
		}
	}
	for _, row := range below(s.readings[fisklapi.OpGetTaxReport], "agencies.sections.rows") {
		rate, ok := percent(row, "tax")
		note(row, rate, ok)
	}
	for _, op := range []fisklapi.Operation{fisklapi.OpGetInvoice, fisklapi.OpGetQuote} {
		for _, tax := range below(s.readings[op], "taxes") {
			rate, ok := percent(tax, "amount")
			note(tax, rate, ok)
		}
	}
	return all
}

// below are the records at a path of what an operation answered.
func below(r *reading, path string) []*dialect.Node {
	if r == nil || r.problem != "" {
		return nil
	}
	var all []*dialect.Node
	for i := range r.ours {
		all = append(all, down(&r.ours[i], path)...)
	}
	return all
}

func down(n *dialect.Node, path string) []*dialect.Node {
	var all []*dialect.Node
	switch {
	case n == nil:
	case n.Type == dialect.Array:
		for i := range n.Items {
			all = append(all, down(&n.Items[i], path)...)
		}
	case path == "":
		all = append(all, n)
	default:
		name, rest, _ := strings.Cut(path, ".")
		return down(n.Get(name), rest)
	}
	return all
}

// factor finds how many times too large or small a number is, held against what
// other values make it.
func (s *session) factor(op fisklapi.Operation, path, name string, want func(*dialect.Node) (float64, bool)) {
	r := s.readings[op]
	if r == nil || len(r.bodies) == 0 || r.problem != "" {
		return
	}
	var pairs [][2]float64
	for _, row := range below(r, path) {
		have, okHave := decimal(row, name)
		if v, ok := want(row); ok && okHave {
			pairs = append(pairs, [2]float64{have, v})
		}
	}
	s.scaled(r, dialect.Join(path, name), pairs)
}

// scaled notes the one factor under which every pair agrees.
func (s *session) scaled(r *reading, path string, pairs [][2]float64) {
	if len(pairs) == 0 {
		return
	}
	found := 0.0
	for _, factor := range []float64{1, 0.0001, 0.001, 0.01, 0.1, 10, 100, 1000, 10000} {
		agrees := true
		for _, p := range pairs {
			agrees = agrees && math.Abs(p[0]-p[1]*factor) <= 0.02*math.Abs(p[1]*factor)
		}
		if agrees {
			found = factor
			break
		}
	}
	if found == 0 || found == 1 {
		return
	}
	if r.mapping.Factors == nil {
		r.mapping.Factors = make(map[string]float64)
	}
	r.mapping.Factors[path] = found
	r.proved("%s is %v times what it should be, by %d amounts beside it", path, found, len(pairs))
	s.read(r)
}
