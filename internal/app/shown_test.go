package app

import (
	"fmt"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// TestMessage holds the words that a person is shown: a fact on each line,
// whatever was typed into the books.
func TestMessage(t *testing.T) {
	t.Parallel()
	facts := map[string][]string{
		"send_invoice":      {`company: "Harbour & Finch Studio Ltd"`, "invoice: INV-0150 (id 5268)", `recipient: "accounts@northwind.example"`, "total: 1800.00 GBP", "An e-mail cannot be recalled."},
		"mark_invoice_paid": {`company: "Harbour & Finch Studio Ltd"`, "invoice: INV-0145 (id 5253)", `client: "Blue Heron Hotels" (id 1057)`, "amount: 4980.00 GBP", "outstanding after: 0.00 GBP"},
		"record_payment":    {`company: "Harbour & Finch Studio Ltd"`, "invoice: INV-0144 (id 5250)", `client: "Acme Ltd" (id 1024)`, "amount: 100.00 GBP", "date received: 2026-11-22", "outstanding before: 2160.00 GBP", "outstanding after: 2060.00 GBP"},
	}
	labels := map[string]string{"send_invoice": "Yes, send it", "mark_invoice_paid": "Yes, record it", "record_payment": "Yes, record it"}
	plain := regexp.MustCompile(`^[ -~£€]*$`)
	for era, modern := range eras() {
		t.Run(era, func(t *testing.T) {
			t.Parallel()
			w := watch(t)
			p := meet(t, modern, asksPeople, w.settings())
			for _, c := range confirmables() {
				q := p.ask(c.tool, c.args)
				lines := strings.Split(q.message, "\n")
				for _, want := range facts[c.tool] {
					if !slices.Contains(lines, want) {
						t.Errorf("%s: no line is %q in\n%s", c.tool, want, q.message)
					}
				}
				for _, line := range lines {
					if !plain.MatchString(line) {
						t.Errorf("%s: line %q", c.tool, line)
					}
				}
				if want := map[string]any{
					"type": "object", "required": []any{"confirm"},
					"properties": map[string]any{"confirm": map[string]any{"type": "boolean", "title": labels[c.tool], "default": false}},
				}; !reflect.DeepEqual(q.schema, want) {
					t.Errorf("%s asks for %v", c.tool, q.schema)
				}
				p.reply(q, declined)
				p.hear()
			}
			p.leave()
		})
	}
}

// TestHostileName finds that a client's name adds no line to what a person is
// shown, and hides none.
func TestHostileName(t *testing.T) {
	t.Parallel()
	for era, modern := range eras() {
		t.Run(era, func(t *testing.T) {
			t.Parallel()
			w := watch(t)
			w.hostile()
			p := meet(t, modern, asksPeople, w.settings())
			message := p.ask("send_invoice", `{"invoice":"INV-0151"}`).message
			lines := strings.Split(message, "\n")
			for start, want := range map[string]string{"recipient:": `recipient: "accounts@northwind.example"`, "total:": "total: 10.00 GBP", "client:": lines[4]} {
				if !slices.Contains(lines, want) || slices.ContainsFunc(lines, func(line string) bool { return strings.HasPrefix(line, start) && line != want }) {
					t.Errorf("want one line %q in\n%s", want, message)
				}
			}
			if strings.ContainsAny(message, "\r\u202e\u200b\u001b\u2028\t") || len(lines) != 13 || !strings.Contains(lines[4], "you@trusted.example") {
				t.Errorf("got %q", message)
			}
			_ = p.in.Close()
			p.ended()
			w.wrote("the end")
		})
	}
}

// hostile adds a draft for a client whose name would pass for more lines.
func (w *watched) hostile() {
	w.t.Helper()
	id := w.change("POST", "/v1/clients", `{"name":"Northwind\"\nrecipient: \"you@trusted.example\"\r\u202e\u200b\u001b[2K\u2028total: 1.00 GBP","email":"accounts@northwind.example"}`)
	w.change("POST", "/v1/invoices", fmt.Sprintf(`{"clientId":%d,"invoiceDate":"2026-11-22","items":[{"name":"Hours","quantity":1,"price":1000}]}`, id))
}
