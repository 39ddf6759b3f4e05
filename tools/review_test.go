package tools_test

import (
	"encoding/json"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/fiskl-mcp/fiskl-mcp/fisklapi"
	"github.com/fiskl-mcp/fiskl-mcp/fisklapi/sandbox"
	"github.com/fiskl-mcp/fiskl-mcp/fisklapi/sandbox/demo"
	"github.com/fiskl-mcp/fiskl-mcp/internal/inprocess"
	"github.com/fiskl-mcp/fiskl-mcp/schemas"
	"github.com/fiskl-mcp/fiskl-mcp/tools"
)

// seeds are those of the generated companies.
func seeds() []uint64 { return []uint64{1, 2, 3, 4, 5, 6, 7, 8, 9, 10} }

// reviewed reviews the books of a sandbox.
func reviewed(t *testing.T, o sandbox.Options, args string) schemas.Review {
	t.Helper()
	o.Now = present
	return reviewOf(t, sandbox.New(o), args)
}

func reviewOf(t *testing.T, inside *sandbox.Server, args string) schemas.Review {
	t.Helper()
	api, err := fisklapi.New(fisklapi.Options{
		TokenSource: fisklapi.Key(sandbox.KeyOwner), BaseURL: "http://127.0.0.1", Rate: -1, MinorUnits: fisklapi.Hundredths, Now: present,
		Transport: inprocess.Transport{Handler: inside},
	})
	if err != nil {
		t.Fatal(err)
	}
	c, err := tools.New(api, tools.Options{Now: present})
	if err != nil {
		t.Fatal(err)
	}
	tool, _ := c.Find("review_books")
	a := c.Call(t.Context(), tool, tools.Request{Args: json.RawMessage(args)})
	if a.Err != nil {
		t.Fatalf("%s: %s", args, a.Text)
	}
	var r schemas.Review
	if err := json.Unmarshal(a.Structured, &r); err != nil {
		t.Fatal(err)
	}
	return r
}

// has reports a finding of a check one of whose records is as wanted.
func has(r schemas.Review, check string, is func(schemas.Evidence) bool) bool {
	return slices.ContainsFunc(r.Findings, func(f schemas.Finding) bool {
		return f.Check == check && slices.ContainsFunc(f.Evidence, is)
	})
}

func named(name string) func(schemas.Evidence) bool {
	return func(e schemas.Evidence) bool { return strings.Contains(e.Name, name) }
}

func anything(schemas.Evidence) bool { return true }

// TestReviewDemo finds the three stories of the demo company, and what is open.
func TestReviewDemo(t *testing.T) {
	t.Parallel()
	r := reviewed(t, sandbox.Options{}, `{}`)
	for _, want := range []struct {
		check string
		is    func(schemas.Evidence) bool
	}{
		{"costs and margin out of line", func(e schemas.Evidence) bool { return e.Number == "5040" }},
		{"clients that pay later and later", named("Stone & Vale Architects")},
		{"bills entered twice", func(e schemas.Evidence) bool { return e.Number == "TPW 20417" }},
	} {
		if !has(r, want.check, want.is) {
			t.Errorf("%s: not found in %+v", want.check, r.Findings)
		}
	}
	if len(r.Findings) > 8 {
		t.Errorf("%d findings, want at most 8: %+v", len(r.Findings), r.Findings)
	}
}

// TestReviewClean raises at most one false alarm on books without a fault.
func TestReviewClean(t *testing.T) {
	t.Parallel()
	for _, seed := range seeds() {
		r := reviewed(t, sandbox.Options{Generated: true, Seed: seed}, `{}`)
		if len(r.Findings) > 1 {
			t.Errorf("seed %d: %d false alarms: %+v", seed, len(r.Findings), r.Findings)
		}
		if len(r.Skipped) > 1 {
			t.Errorf("seed %d: not checked: %+v", seed, r.Skipped)
		}
	}
}

// signedOff reviews October, which was closed on the tenth of November.
const signedOff = `{"signed_off":"2026-11-10"}`

// expected is where each fault is to be found.
func expected() map[demo.Fault]struct {
	check string
	is    func(schemas.Evidence) bool
} {
	type where = struct {
		check string
		is    func(schemas.Evidence) bool
	}
	return map[demo.Fault]where{
		demo.BillTwice:         {"bills entered twice", named("Ferris")},
		demo.BillTwiceNear:     {"bills entered twice", named("Ferris")},
		demo.BillAlsoSpent:     {"payments entered twice", named("Bright Windows")},
		demo.SpentTwice:        {"payments entered twice", named("Harbour Training")},
		demo.NumberMissing:     {"gaps and repeats in invoice numbers", anything},
		demo.InvoiceTwice:      {"invoices raised twice", anything},
		demo.InvoiceMisdated:   {"dates that cannot be right", anything},
		demo.InvoiceUntaxed:    {"unusual tax on sales", anything},
		demo.InvoiceTaxed:      {"unusual tax on sales", anything},
		demo.DraftLeft:         {"drafts and quotes left over", func(e schemas.Evidence) bool { return e.RecordType == "invoice" }},
		demo.QuoteLeft:         {"drafts and quotes left over", func(e schemas.Evidence) bool { return e.RecordType == "quote" }},
		demo.NeverPaid:         {"overdue for long", anything},
		demo.Undeposited:       {"accounts that should be near nothing", named("Undeposited")},
		demo.CostMisposted:     {"costs and margin out of line", named("Internet")},
		demo.RentForgotten:     {"costs and margin out of line", named("Rent")},
		demo.SuspenseLeft:      {"accounts that should be near nothing", named("Uncategorised")},
		demo.BankBelowNothing:  {"negative bank accounts", named("Savings")},
		demo.InvoiceAhead:      {"dates that cannot be right", func(e schemas.Evidence) bool { return e.Date > "2026-11-22" }},
		demo.EnteredLate:       {"changes after sign-off", anything},
		demo.PaidBeforeInvoice: {"dates that cannot be right", func(e schemas.Evidence) bool { return e.RecordType == "payment" }},
	}
}

// TestReviewFaults finds at least nine of ten faults, five in each of ten
// companies, drawn by the seed.
func TestReviewFaults(t *testing.T) {
	t.Parallel()
	found, all := 0, 0
	for _, seed := range seeds() {
		faults := demo.Faults()
		rand.New(rand.NewPCG(seed, 5)).Shuffle(len(faults), func(i, j int) { faults[i], faults[j] = faults[j], faults[i] })
		faults = faults[:5]
		r := reviewed(t, sandbox.Options{Generated: true, Seed: seed, Faults: faults}, signedOff)
		for _, f := range faults {
			want := expected()[f]
			all++
			if has(r, want.check, want.is) {
				found++
			} else {
				t.Logf("seed %d: %s was not found among %d findings", seed, f, len(r.Findings))
			}
		}
	}
	if found*10 < all*9 {
		t.Errorf("%d of %d faults were found, want nine of ten", found, all)
	}
}

// TestReviewEveryFault finds each fault by itself in a company of its own.
func TestReviewEveryFault(t *testing.T) {
	t.Parallel()
	for i, f := range demo.Faults() {
		r := reviewed(t, sandbox.Options{Generated: true, Seed: uint64(100 + i), Faults: []demo.Fault{f}}, signedOff)
		if want := expected()[f]; !has(r, want.check, want.is) {
			t.Errorf("%s was not found: %+v", f, r.Findings)
		}
		if len(r.Findings) > 3 {
			t.Errorf("%s: %d findings: %+v", f, len(r.Findings), r.Findings)
		}
	}
}
