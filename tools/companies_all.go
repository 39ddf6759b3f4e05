package tools

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"sync"

	"github.com/fiskl-mcp/fiskl-mcp/internal/bind"
)

// allCompanies stands for every company in the reads that compare.
const allCompanies = "all"

// compares reports a read of figures that somebody who keeps the books of
// several companies looks at side by side.
func (t Tool) compares() bool {
	return slices.Contains([]string{"review_books", "list_invoices", "get_invoice_totals", "get_receivables_aging", "get_payables_aging"}, t.Name)
}

// sideBySide is how many companies are asked at once.
const sideBySide = 4

// section is what one company answered.
type section struct {
	Company string          `json:"company"`
	Answer  json.RawMessage `json:"answer,omitempty"`
	Error   string          `json:"error,omitempty"`
}

// everyCompany is the answer for all companies: a section each, and never a sum
// over companies or currencies.
type everyCompany struct {
	Companies []section `json:"companies"`
	Unread    []string  `json:"unread,omitempty"`
	Note      string    `json:"note"`
}

// notSummed is said of every such answer.
const notSummed = "each company by itself; nothing is summed over companies"

// callAll carries a read out for every company. What one company cannot answer
// is said in its section, and at the top which those are.
func (p *Companies) callAll(ctx context.Context, t Tool, req Request) Answer {
	if cursor, _, err := bind.Take(req.Args, "cursor"); err != nil || cursor != nil && cursor != "" {
		return t.failure(&bind.Error{Problem: "cursor is of one company's list; name the company whose list goes on"})
	}
	answers := make([]Answer, len(p.named))
	free := make(chan struct{}, sideBySide)
	var all sync.WaitGroup
	for i, n := range p.named {
		all.Go(func() {
			free <- struct{}{}
			defer func() { <-free }()
			own := n.signed(t)
			own.budget = Budget / len(p.named)
			answers[i] = n.Call(ctx, own, req)
		})
	}
	all.Wait()
	return p.joined(answers)
}

// joined puts the answers of all companies into one. It fails only where every
// company's did.
func (p *Companies) joined(answers []Answer) Answer {
	out := everyCompany{Note: notSummed}
	var text strings.Builder
	for i, a := range answers {
		name := p.named[i].Name
		s := section{Company: name, Answer: a.Structured}
		if a.Err != nil {
			s = section{Company: name, Error: a.Text}
			out.Unread = append(out.Unread, name)
		}
		out.Companies = append(out.Companies, s)
		fmt.Fprintf(&text, "\n== %s\n%s\n", name, strings.TrimSuffix(a.Text, "\n"))
	}
	head := fmt.Sprintf("%d companies, %s", len(answers), notSummed)
	if len(out.Unread) > 0 {
		head += "; could not be read: " + strings.Join(out.Unread, ", ")
	}
	structured, err := json.Marshal(out)
	if err == nil && len(out.Unread) == len(answers) {
		err = answers[0].Err
	}
	return Answer{Text: head + "\n" + text.String(), Structured: structured, Err: err}
}
