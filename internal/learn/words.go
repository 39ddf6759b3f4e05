package learn

import (
	"context"
	"maps"
	"net/url"
	"slices"
	"strings"

	"github.com/fiskl-mcp/fiskl-mcp/fisklapi"
	"github.com/fiskl-mcp/fiskl-mcp/internal/dialect"
)

// learnWords finds out what the words of statuses and types mean.
func (s *session) learnWords(ctx context.Context) {
	s.invoiceWords(ctx)
	s.spokenWords(ctx)
	s.quoteWords(ctx)
	s.accountWords()
	s.leftWords(fisklapi.OpListProducts, "type", "product")
	for _, op := range s.order {
		if r := s.readings[op]; r.form != nil && len(r.bodies) > 0 && r.problem == "" {
			r.mapping.Meanings = s.meanings(r.form)
			s.read(r)
		}
	}
}

// meanings are the words that were learned, for the fields of a form.
func (s *session) meanings(form *dialect.Form) map[string]map[string]string {
	all := make(map[string]map[string]string)
	form.Walk(func(path string, f dialect.Field) {
		if words := s.words[f.Form.Vocabulary]; f.Form.Vocabulary != "" && len(words) > 0 {
			all[path] = words
		}
	})
	return all
}

// strange groups the rows of a list by those of its words that are not known.
func (s *session) strange(op fisklapi.Operation, field string) (unknown map[string][]*dialect.Node, known map[string]bool) {
	unknown, known = make(map[string][]*dialect.Node), make(map[string]bool)
	r := s.readings[op]
	for _, row := range r.rows() {
		word := text(row, field)
		f := r.form.Elem.Field(field)
		if word == "" || f == nil {
			continue
		}
		if ours, ok := dialect.Meaning(f.Form.Meanings, word); ok {
			known[ours] = true
			continue
		}
		unknown[word] = append(unknown[word], row)
	}
	return unknown, known
}

// learned notes what a word means.
func (s *session) learned(op fisklapi.Operation, vocabulary, theirs, ours, why string) {
	if s.words[vocabulary] == nil {
		s.words[vocabulary] = make(map[string]string)
	}
	s.words[vocabulary][theirs] = ours
	s.readings[op].proved("the status or type %q is %s: %s", theirs, ours, why)
}

// invoiceWords decides by the accounting what the status of an invoice means.
func (s *session) invoiceWords(ctx context.Context) {
	const op = fisklapi.OpListInvoices
	if unknown, _ := s.strange(op, "status"); len(unknown) == 0 {
		return
	}
	s.moreInvoices(ctx)
	unknown, known := s.strange(op, "status")
	owing, told := s.owing()
	open := make(map[string][]string)
	for _, word := range slices.Sorted(maps.Keys(unknown)) {
		can := s.canBe(unknown[word], owing, told)
		if len(can) == 1 {
			s.learned(op, "invoice", word, can[0], reasons(can[0]))
			known[can[0]] = true
			continue
		}
		open[word] = can
	}
	s.byExclusion(ctx, op, "invoice", open, known)
}

// reasons says what speaks for a status.
func reasons(status string) string {
	return map[string]string{
		"Paid":     "nothing is left to pay, and all was paid",
		"Partial":  "a part is paid, and the rest is not due yet for all of them",
		"Overdue":  "something is left to pay, and all of them are past due",
		"Sent":     "nothing is paid, and they are in the report of what clients owe",
		"Rejected": "nothing is paid, they are not in the report of what clients owe, and they were sent",
	}[status]
}

// moreInvoices reads some pages more, for every word should be seen often.
func (s *session) moreInvoices(ctx context.Context) {
	r := s.readings[fisklapi.OpListInvoices]
	full := s.pages.Largest
	if full == 0 {
		full = rowsAsked
	}
	for n := len(r.bodies); n < 5; n++ {
		rows, body := s.at(ctx, r, or(s.pages.Page, "page"), n+s.pages.First, rowsAsked)
		if len(rows) == 0 || slices.ContainsFunc(r.bodies, func(b *dialect.Node) bool { return string(b.Append(nil)) == string(body.Append(nil)) }) {
			return
		}
		s.keep(r, body)
		if len(rows) < full {
			return
		}
	}
}

// byExclusion settles words of which only one meaning is left, or for which the
// API itself answers when it is asked for ours.
func (s *session) byExclusion(ctx context.Context, op fisklapi.Operation, vocabulary string, open map[string][]string, known map[string]bool) {
	s.byFilter(ctx, op, vocabulary, open, known)
	for again := true; again; {
		again = false
		for _, word := range slices.Sorted(maps.Keys(open)) {
			left := slices.DeleteFunc(slices.Clone(open[word]), func(ours string) bool { return known[ours] })
			if len(left) == 1 {
				s.learned(op, vocabulary, word, left[0], "it is the only meaning that is left")
				known[left[0]], again = true, true
				delete(open, word)
			}
		}
	}
	for _, word := range slices.Sorted(maps.Keys(open)) {
		s.doubt(op, "the status "+word, open[word]...)
	}
}

// byFilter asks for our words, and sees which of theirs comes.
func (s *session) byFilter(ctx context.Context, op fisklapi.Operation, vocabulary string, open map[string][]string, known map[string]bool) {
	var asked []string
	for _, all := range open {
		asked = append(asked, all...)
	}
	slices.Sort(asked)
	for _, ours := range slices.Compact(asked) {
		if known[ours] {
			continue
		}
		word := s.comes(ctx, op, ours)
		if slices.Contains(open[word], ours) {
			s.learned(op, vocabulary, word, ours, "it is what comes when "+ours+" is asked for")
			s.spoken[vocabulary], known[ours] = true, true
			delete(open, word)
		}
	}
}

// comes is the one word that comes when ours is asked for; empty where there
// are several, or all records come.
func (s *session) comes(ctx context.Context, op fisklapi.Operation, ours string) string {
	r := s.readings[op]
	name := or(s.parameters[fisklapi.OpListInvoices]["status"], "status")
	one, err := s.variant(ctx, r, s.page(url.Values{name: {ours}}, 0))
	if err != nil || one.problem != "" || len(one.rows()) == 0 || len(one.rows()) >= len(r.rows()) {
		return ""
	}
	if word := text(one.rows()[0], "status"); only(one.rows(), "status", word) {
		return word
	}
	return ""
}

// quoteWords finds out what the status of a quote means: nothing in the books
// tells, so the API is asked for our words.
func (s *session) quoteWords(ctx context.Context) {
	unknown, known := s.strange(fisklapi.OpListQuotes, "status")
	if len(unknown) == 0 {
		return
	}
	open := make(map[string][]string)
	words := s.readings[fisklapi.OpListQuotes].form.Elem.Field("status").Form.Meanings
	for word := range unknown {
		open[word] = slices.DeleteFunc(slices.Clone(words), func(ours string) bool { return known[ours] })
	}
	s.byExclusion(ctx, fisklapi.OpListQuotes, "quote", open, known)
}

// leftWords says which words of a list are not known.
func (s *session) leftWords(op fisklapi.Operation, field, vocabulary string) {
	unknown, known := s.strange(op, field)
	if len(unknown) == 0 {
		return
	}
	r := s.readings[op]
	open := make(map[string][]string)
	for word := range unknown {
		if _, ok := s.words[vocabulary][word]; ok {
			continue
		}
		open[word] = slices.DeleteFunc(slices.Clone(r.form.Elem.Field(field).Form.Meanings), func(ours string) bool { return known[ours] })
	}
	if len(open) == 1 && len(known) > 0 {
		for word, can := range open {
			if len(can) == 1 {
				s.learned(op, vocabulary, word, can[0], "it is the only meaning that is left")
				return
			}
		}
	}
	for _, word := range slices.Sorted(maps.Keys(open)) {
		s.doubt(op, strings.TrimSpace("the "+field+" "+word), open[word]...)
	}
}

// spokenWords finds out whether invoices are asked for by our words, though the
// answers have others.
func (s *session) spokenWords(ctx context.Context) {
	words := s.words["invoice"]
	if len(words) == 0 || s.spoken["invoice"] || !s.usable(fisklapi.OpListInvoices) {
		return
	}
	r := s.readings[fisklapi.OpListInvoices]
	name := or(s.parameters[fisklapi.OpListInvoices]["status"], "status")
	theirs := slices.Sorted(maps.Keys(words))[0]
	_, asTheirs := s.attempt(ctx, r, s.page(url.Values{name: {theirs}}, 0), func(one *reading) bool { return only(one.rows(), "status", theirs) })
	if asTheirs == honoured {
		return
	}
	_, asOurs := s.attempt(ctx, r, s.page(url.Values{name: {words[theirs]}}, 0), func(one *reading) bool { return only(one.rows(), "status", theirs) })
	s.spoken["invoice"] = asOurs == honoured
}
