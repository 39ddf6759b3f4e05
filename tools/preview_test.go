package tools_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"reflect"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/fiskl-mcp/fiskl-mcp/fisklapi"
	"github.com/fiskl-mcp/fiskl-mcp/schemas"
	"github.com/fiskl-mcp/fiskl-mcp/tools"
)

// previewed has Fiskl calculate an invoice.
func (d *desk) previewed(tb testing.TB, args string) schemas.Invoice {
	tb.Helper()
	return invoice(tb, d.must(tb, "preview_invoice", args))
}

func invoice(tb testing.TB, a tools.Answer) schemas.Invoice {
	tb.Helper()
	var i schemas.Invoice
	if err := json.Unmarshal(a.Structured, &i); err != nil {
		tb.Fatalf("%v in %s", err, a.Text)
	}
	return i
}

// contents are invoices of every kind.
func contents() map[string]string {
	return map[string]string{
		"hours":    `{"client":"Blue Heron Hotels","items":[{"name":"Hours","quantity":"7.333","price":"95.07","unit":"hour","taxes":["VAT Standard 20%"]}]}`,
		"products": `{"client":"1057","items":[{"product":"Design work","quantity":"2"},{"product":"3038","quantity":"100","description":"Hardback"}],"notes":"Thank you, \"all\"."}`,
		"taxes":    `{"client":"1024","items":[{"name":"A","quantity":"3","price":"33.33","taxes":["Levies 5%, then 9.975% on top"]},{"name":"B","quantity":"1","price":"0.01","taxes":["302","Levy 6%"]},{"name":"C","quantity":"1","price":"5"}]}`,
		"terms":    `{"client":"Cascade Analytics Inc","items":[{"product":"Design work (US)","quantity":"12.5"}],"date":"2026-11-01","due_date":"2026-11-20","currency":"USD","notes":"Net 19"}`,
	}
}

// shownFigures is what a preview and the invoice made of it have in common.
func shownFigures(i schemas.Invoice) schemas.Invoice {
	i.ID, i.Number, i.ExternalID, i.PreviewToken, i.Created, i.Updated = "", "", "", "", "", ""
	return i
}

// TestCreatedAsPreviewed creates by the token alone, and by the token with the
// same content, and holds every figure to the preview.
func TestCreatedAsPreviewed(t *testing.T) {
	t.Parallel()
	for name, content := range contents() {
		for way, args := range map[string]string{"token alone": `{}`, "with the content": content} {
			t.Run(name+"/"+way, func(t *testing.T) {
				t.Parallel()
				d := newDesk(t, tools.Options{})
				shown := d.previewed(t, content)
				if shown.ID != "" || !strings.HasPrefix(shown.PreviewToken, "fp_") || d.writes() != 0 {
					t.Fatalf("the preview is %+v, written: %v", shown, d.road.written())
				}
				d.clock.move(14 * time.Minute)
				a := d.call(t, "create_invoice", plus(t, args, "preview_token", shown.PreviewToken))
				d.wrote(t, "create_invoice", a, 0)
				made := invoice(t, a)
				held := invoice(t, d.must(t, "get_invoice", fmt.Sprintf(`{"invoice":"%s"}`, made.ID)))
				held.Warnings = made.Warnings // of lines without tax; only said while it is made
				for _, got := range []schemas.Invoice{made, held} {
					if want := shownFigures(shown); !reflect.DeepEqual(shownFigures(got), want) {
						t.Errorf("shown was %+v\nand made %+v", want, shownFigures(got))
					}
				}
				if made.Status != "Draft" || made.AlreadyExisted || made.Total.Decimal().IsZero() || strings.Contains(a.Text, "fp_") {
					t.Errorf("made %s", a.Text)
				}
			})
		}
	}
}

// preview attacks: what is done between the preview and the creation.
func previewAttacks() map[string]struct {
	spoil func(t *testing.T, d *desk, args string) (*desk, string)
	says  string
} {
	type spoil = func(t *testing.T, d *desk, args string) (*desk, string)
	const others, differs = "what is given is not what was previewed", "Fiskl does not calculate this invoice as it was previewed any more"
	add := func(more string) spoil {
		return func(_ *testing.T, d *desk, args string) (*desk, string) {
			return d, strings.TrimSuffix(args, "}") + "," + more + "}"
		}
	}
	edit := func(tool, changes string) spoil {
		return func(t *testing.T, d *desk, args string) (*desk, string) {
			t.Helper()
			d.beside(t, "", nil).must(t, tool, changes)
			return d, args
		}
	}
	wait := func(by time.Duration) spoil {
		return func(_ *testing.T, d *desk, args string) (*desk, string) { d.clock.move(by); return d, args }
	}
	at := func(change func(*desk, *tools.Options)) spoil {
		return func(t *testing.T, d *desk, args string) (*desk, string) {
			t.Helper()
			return d.beside(t, "", func(o *tools.Options) { change(d, o) }), args
		}
	}
	const same = `"client":"1057","items":[{"product":"3003","quantity":"2"}]`
	return map[string]struct {
		spoil spoil
		says  string
	}{
		"another client":       {add(strings.Replace(same, "1057", "1024", 1)), others},
		"another quantity":     {add(strings.Replace(same, `"2"`, `"20"`, 1)), others},
		"another price":        {add(strings.Replace(same, `"2"`, `"2","price":"9.50"`, 1)), others},
		"another line":         {add(strings.Replace(same, "]", `,{"name":"Extra","quantity":"1","price":"1"}]`, 1)), others},
		"no lines":             {add(`"client":"1057"`), others},
		"no client":            {add(`"items":[{"product":"3003","quantity":"2"}]`), others},
		"only a note":          {add(`"notes":"Pay to another account"`), others},
		"only a due date":      {add(`"due_date":"2027-12-31"`), others},
		"only a currency":      {add(`"currency":"USD"`), others},
		"more notes":           {add(same + `,"notes":"Pay to another account"`), others},
		"price changed":        {edit("update_product", `{"product":"3003","price":"96.00"}`), differs + " (the total is 230.40 GBP now)"},
		"tax changed":          {edit("update_product", `{"product":"3003","taxes":["302"]}`), differs + " (the total is 199.50 GBP now)"},
		"tax taken away":       {edit("update_product", `{"product":"3003","clear":["taxes"]}`), differs + " (the total is 190.00 GBP now)"},
		"product renamed":      {edit("update_product", `{"product":"3003","name":"Other work"}`), differs},
		"client renamed":       {edit("update_client", `{"client":"1057","name":"Somebody Else Ltd"}`), differs},
		"recipient changed":    {edit("update_client", `{"client":"1057","email":"boss@evil.example"}`), differs},
		"expired":              {wait(15 * time.Minute), "the token has expired"},
		"clock set back":       {wait(-2 * time.Minute), "this computer's clock was set back"},
		"another company":      {at(func(_ *desk, o *tools.Options) { o.Identity = "acme" }), "is for another company"},
		"another installation": {at(func(d *desk, o *tools.Options) { o.Sealer = d.strange }), "made by another installation"},
		"restarted":            {at(func(*desk, *tools.Options) {}), "preview_token is of a preview that this server no longer holds, because it was restarted or made many others since; give the same client, items and terms along with it"},
	}
}

// TestPreviewAttacks finds that nothing is created but what was shown.
func TestPreviewAttacks(t *testing.T) {
	t.Parallel()
	for name, attack := range previewAttacks() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			d := newDesk(t, tools.Options{})
			shown := d.previewed(t, `{"client":"1057","items":[{"product":"3003","quantity":"2"}]}`)
			if shown.Total != "228.00" {
				t.Fatalf("shown was %s", shown.Total)
			}
			at, args := attack.spoil(t, d, plus(t, `{}`, "preview_token", shown.PreviewToken))
			at.refused(t, at.call(t, "create_invoice", args), 0, attack.says)
		})
	}
}

// TestPreviewTokenGarbage gives tokens of other kinds, and what is none.
func TestPreviewTokenGarbage(t *testing.T) {
	t.Parallel()
	d := newDesk(t, tools.Options{})
	const content = `{"client":"1057","items":[{"product":"3003","quantity":"2"}]}`
	token := d.previewed(t, content).PreviewToken
	confirm, state := d.propose(t, byToken, "send_invoice", `{"invoice":"5268"}`), d.propose(t, byAsking, "send_invoice", `{"invoice":"5268"}`)
	const broken = "the token was not copied whole"
	for garbage, says := range map[string]string{
		"yes": broken, " ": broken, "fp_": broken, token[:100]: broken, token + "A": broken, token[1:]: broken, token + token: broken,
		confirm: "is a confirm token, not a preview token", state: "is a question's state, not a preview token",
		"fp_" + confirm[3:]: broken, "fp_" + state[3:]: broken, strings.Repeat("fp_", 10000): broken,
	} {
		for _, args := range []string{`{}`, content} {
			d.refused(t, d.call(t, "create_invoice", plus(t, args, "preview_token", garbage)), 0, says)
		}
	}
	for _, args := range []string{`{}`, `{"preview_token":""}`, `{"external_id":"x"}`, `{"client":"1057"}`} {
		d.refused(t, d.call(t, "create_invoice", args), 0, "preview_token is missing; give it, or client and items")
	}
	for _, framed := range []string{`"` + token + `"`, " " + token + "\n", "`" + token + "`"} { // as models copy it
		if a := d.call(t, "create_invoice", plus(t, `{}`, "preview_token", framed)); a.Err != nil {
			t.Errorf("%q: %s", framed, a.Text)
		}
	}
}

// TestPreviewRestarted finds that a preview outlasts the server once its
// content is given again.
func TestPreviewRestarted(t *testing.T) {
	t.Parallel()
	for name, content := range contents() {
		d := newDesk(t, tools.Options{})
		shown := d.previewed(t, content)
		again := d.beside(t, "", nil)
		again.refused(t, again.call(t, "create_invoice", plus(t, `{}`, "preview_token", shown.PreviewToken)), 0, "it was restarted")
		a := again.call(t, "create_invoice", plus(t, content, "preview_token", shown.PreviewToken))
		again.wrote(t, "create_invoice", a, 0)
		if made := invoice(t, a); !reflect.DeepEqual(shownFigures(made), shownFigures(shown)) {
			t.Errorf("%s: made %+v", name, made)
		}
	}
}

// TestWarningsApart finds that two warnings are not read as one: each has
// commas of its own.
func TestWarningsApart(t *testing.T) {
	t.Parallel()
	d := newDesk(t, tools.Options{})
	const untaxed = `{"client":"1057","items":[{"name":"Advice","quantity":"1","price":"10.00"}]}`
	d.must(t, "create_invoice", untaxed)
	a := d.call(t, "create_invoice", untaxed)
	if want := "if there should be any · to make another one on purpose, give"; !strings.Contains(a.Text, want) {
		t.Errorf("got %.600s, want it to hold %q", a.Text, want)
	}
	if got := invoice(t, a); len(got.Warnings) != 2 {
		t.Errorf("got %q, want two warnings", got.Warnings)
	}
}

// TestPreviewReplayed finds that a preview makes one invoice, however often it
// is created, and another one on purpose only.
func TestPreviewReplayed(t *testing.T) {
	t.Parallel()
	d := newDesk(t, tools.Options{})
	const content = `{"client":"1057","items":[{"product":"3003","quantity":"2"}]}`
	token := d.previewed(t, content).PreviewToken
	first := invoice(t, d.must(t, "create_invoice", plus(t, `{}`, "preview_token", token)))
	for name, again := range map[string]func() tools.Answer{
		"the token":   func() tools.Answer { return d.call(t, "create_invoice", plus(t, `{}`, "preview_token", token)) },
		"both":        func() tools.Answer { return d.call(t, "create_invoice", plus(t, content, "preview_token", token)) },
		"the content": func() tools.Answer { return d.call(t, "create_invoice", content) },
		"another preview": func() tools.Answer {
			return d.call(t, "create_invoice", plus(t, `{}`, "preview_token", d.previewed(t, content).PreviewToken))
		},
		"another process": func() tools.Answer { return d.beside(t, "", nil).call(t, "create_invoice", content) },
	} {
		a := again()
		if got := invoice(t, a); a.Err != nil || got.ID != first.ID || !got.AlreadyExisted || !strings.Contains(a.Text, "which existed already: nothing new was made") {
			t.Errorf("%s: got %.300s", name, a.Text)
		}
	}
	a := d.call(t, "create_invoice", plus(t, plus(t, `{}`, "preview_token", token), "external_id", "second-one"))
	if got := invoice(t, a); a.Err != nil || got.ID == first.ID || got.AlreadyExisted || got.Total != first.Total {
		t.Errorf("on purpose: got %.300s", a.Text)
	}
	other := d.previewed(t, `{"client":"1024","items":[{"product":"3003","quantity":"3"}]}`).PreviewToken
	if a := d.call(t, "create_invoice", plus(t, plus(t, `{}`, "preview_token", other), "external_id", "second-one")); !strings.HasPrefix(a.Text, "Not done, nothing was changed: the external_id is in use by invoice ") {
		t.Errorf("another one's reference: got %.300s", a.Text)
	}
	d.clock.move(time.Hour)
	d.refused(t, d.call(t, "create_invoice", plus(t, `{}`, "preview_token", token)), d.writes(), "the token has expired")
	rows := actions(t, d, `{}`).Rows
	if n := len(rows); n != 7 || rows[n-1].Outcome != "done" || rows[n-2].Outcome != "already existed" || rows[1].Outcome != "done" {
		t.Errorf("the journal has %+v", rows)
	}
}

// TestPreviewAtMidnight finds that a preview is not created with another day's
// date.
func TestPreviewAtMidnight(t *testing.T) {
	t.Parallel()
	d := newDesk(t, tools.Options{})
	d.clock.move(7*time.Hour + 55*time.Minute)
	token := d.previewed(t, contents()["products"]).PreviewToken
	d.clock.move(10 * time.Minute)
	d.refused(t, d.call(t, "create_invoice", plus(t, `{}`, "preview_token", token)), 0, "Fiskl does not calculate this invoice as it was previewed any more")
}

// TestPreviewOtherFields finds that what Fiskl may add to a preview, such as a
// time, does not make it another one.
func TestPreviewOtherFields(t *testing.T) {
	t.Parallel()
	d := newDesk(t, tools.Options{})
	var count atomic.Int64
	d.meddler.meddle(nil, func(_ *http.Request, b []byte) []byte {
		n := count.Add(1)
		return bytes.Replace(b, []byte(`{"`), fmt.Appendf(nil, `{"previewId":"p-%d","created":"2026-11-22T16:00:%02dZ","`, n, n), 1)
	})
	shown := d.previewed(t, contents()["products"])
	d.wrote(t, "create_invoice", d.call(t, "create_invoice", plus(t, `{}`, "preview_token", shown.PreviewToken)), 0)
}

// TestManyPreviews makes more previews than are kept: the latest can be created by
// their tokens alone, the others with their content, also when the clock
// stands still or was set back.
func TestManyPreviews(t *testing.T) {
	t.Parallel()
	const made, kept = 300, 256
	d := newDesk(t, tools.Options{})
	content := func(i int) string {
		return fmt.Sprintf(`{"client":"1057","items":[{"name":"Hours","quantity":"%d","price":"1"}]}`, i+1)
	}
	var tokens []string
	for i := range made {
		if i == made/2 {
			d.clock.move(-30 * time.Second)
		}
		tokens = append(tokens, d.previewed(t, content(i)).PreviewToken)
	}
	for i, token := range tokens {
		if held := i >= made-kept; held && i%16 != 0 && i != made-1 {
			continue // a few will do
		} else if a := d.call(t, "create_invoice", plus(t, `{}`, "preview_token", token)); held != (a.Err == nil) {
			t.Fatalf("preview %d: %.200s", i, a.Text)
		}
	}
	a := d.must(t, "create_invoice", plus(t, content(0), "preview_token", tokens[0]))
	if got := invoice(t, a); got.Total != "1.00" {
		t.Errorf("got %.200s", a.Text)
	}
	if slices.Contains(d.road.written(), fisklapi.OpSendInvoice) {
		t.Error("something was sent")
	}
}
